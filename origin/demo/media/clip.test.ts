import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CLIP_DIR } from '../testing/stage.ts'
import { Nal, nalType } from './annex-b.ts'
import { CLIP, loadClip } from './clip.ts'
import { nalsOf, payloadsOf, startsKeyFrame } from './rtp-payload.ts'
import { pictureSize } from './sps.ts'

const clip = loadClip(CLIP_DIR)

describe('the clip', () => {
  it('has a key frame with its parameter sets every five frames', () => {
    const types = clip.frames.map(frame => frame.nals.map(nalType))
    const expected = Array.from({ length: CLIP.frames }, (_, i) =>
      i % CLIP.keyFrameEvery === 0 ? [Nal.parameters, Nal.pictureParameters, Nal.keySlice] : [Nal.slice],
    )
    expect(types).toEqual(expected)
  })

  it('is constrained baseline, 1280×720', () => {
    expect([...clip.parameters.subarray(1, 3)]).toEqual([0x42, 0xc0])
    expect(pictureSize(clip.parameters)).toEqual({ width: CLIP.width, height: CLIP.height })
  })

  it('has as much sound as picture', () => {
    const seconds = CLIP.frames / CLIP.fps
    expect(clip.opus.length * 960).toBe(seconds * 48_000)
    expect(clip.aac.length * 1024).toBe(seconds * 48_000)
    // One CELT frame of 20 ms in every packet: the first byte of RFC 6716, 3.1.
    expect(clip.opus.every(([first]) => first! >= 0x80 && (first! & 0b11011) === 0b11000)).toBe(true)
  })

  it('beeps in the first 80 ms of every second', () => {
    const loud = clip.opus.map(packet => packet.length > 60)
    for (let second = 0; second < 8; second++)
      expect(loud.slice(second * 50 + 1, second * 50 + 4)).toEqual([true, true, true])
    expect(loud.slice(40, 48)).toEqual(loud.slice(40, 48).map(() => false))
  })

  it('comes out of its RTP payloads as it went in', () => {
    clip.frames.forEach((frame, i) => {
      const nals: Buffer[] = []
      let unfinished: Buffer[] = []
      for (const payload of clip.payloads[i]!) {
        expect(payload.length).toBeLessThanOrEqual(1180)
        const step = nalsOf(payload, unfinished)
        nals.push(...step.nals)
        unfinished = step.unfinished
      }
      expect(Buffer.concat(nals).equals(Buffer.concat(frame.nals))).toBe(true)
      expect(startsKeyFrame(clip.payloads[i]![0]!)).toBe(frame.key)
      expect(
        clip.payloads[i]!.slice(1).some(payload => startsKeyFrame(payload) && frame.nals.length === 1),
      ).toBe(false)
    })
  })

  it('is refused when it is not there, or not whole', () => {
    const empty = mkdtempSync(join(tmpdir(), 'clip-'))
    expect(() => loadClip(empty)).toThrow('picture.h264')
    rmSync(empty, { recursive: true })
  })
})

describe('RTP payloads', () => {
  it('without their beginning are thrown away', () => {
    const [first, ...rest] = payloadsOf([Buffer.concat([Buffer.from([0x65]), Buffer.alloc(3000, 1)])])
    expect(startsKeyFrame(first!)).toBe(true)
    expect(nalsOf(rest[0]!, [])).toEqual({ nals: [], unfinished: [] })
    expect(rest.map(startsKeyFrame)).toEqual(rest.map(() => false))
  })
})
