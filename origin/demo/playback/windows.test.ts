import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadClip } from '../media/clip.ts'
import { ClipSource } from '../media/clip-source.ts'
import type { MediaPacket } from '../media/media-source.ts'
import { CLIP_DIR } from '../testing/stage.ts'
import { CameraWindow } from './camera-window.ts'
import { ClipWindow } from './clip-window.ts'
import { type HlsWindow, SEGMENTS_KEPT } from './hls-window.ts'

const clip = loadClip(CLIP_DIR)

beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A fragment's start and length in ticks, and how much media it holds. */
function read(bytes: Buffer) {
  const tfdt = bytes.indexOf('tfdt', 0, 'latin1')
  const trun = bytes.indexOf('trun', 0, 'latin1')
  const samples = bytes.readUInt32BE(trun + 8)
  const ticks = Array.from({ length: samples }, (_, i) => bytes.readUInt32BE(trun + 16 + 12 * i))
  return {
    start: Number(bytes.readBigUInt64BE(tfdt + 8)),
    ticks: ticks.reduce((sum, each) => sum + each, 0),
    samples,
  }
}
const shape = (window: HlsWindow) =>
  window.segments().map(each => [each.number, each.parts.length, each.complete])
/** Where each fragment of a track should begin is where the one before it ended. */
function gaps(window: HlsWindow, kind: 'video' | 'audio') {
  const parts = window.segments().flatMap(segment => segment.parts.map(part => read(part.bytes(kind))))
  return parts.slice(1).map((part, i) => part.start - parts[i]!.start - parts[i]!.ticks)
}

describe('ClipWindow', () => {
  const open = (firstFrame = 0) => {
    const source = new ClipSource(clip, firstFrame)
    return { source, window: new ClipWindow(clip, source) }
  }

  it('has nothing before the first part, then grows part by part', () => {
    const { window } = open()
    expect(shape(window)).toEqual([])
    vi.advanceTimersByTime(399)
    expect(shape(window)).toEqual([])
    vi.advanceTimersByTime(1)
    expect(shape(window)).toEqual([[0, 1, false]])
    vi.advanceTimersByTime(1600)
    expect(shape(window)).toEqual([[0, 5, true]])
    vi.advanceTimersByTime(400)
    expect(shape(window)).toEqual([
      [0, 5, true],
      [1, 1, false],
    ])
  })

  it('keeps ten whole segments', () => {
    const { window } = open()
    vi.advanceTimersByTime(100_500)
    const numbers = window.segments().map(segment => segment.number)
    expect(numbers).toEqual(Array.from({ length: SEGMENTS_KEPT + 1 }, (_, i) => 40 + i))
  })

  it.each([0, 160])('has no gap in picture or sound over the seam, begun at frame %i', firstFrame => {
    const { window } = open(firstFrame)
    vi.advanceTimersByTime(20_000)
    expect(new Set(gaps(window, 'video'))).toEqual(new Set([0]))
    expect(new Set(gaps(window, 'audio'))).toEqual(new Set([0]))
  })

  it('has as much sound as picture, to a frame of sound', () => {
    const { window } = open()
    vi.advanceTimersByTime(20_000)
    for (const kind of ['video', 'audio'] as const) {
      const length = window
        .segments()
        .reduce((sum, each) => sum + each.parts.reduce((s, p) => s + p.duration(kind), 0), 0)
      expect(Math.abs(length - 20)).toBeLessThan(1024 / 48_000)
    }
  })

  it('stands still while its source is frozen', () => {
    const { source, window } = open()
    vi.advanceTimersByTime(3000)
    source.freeze()
    const before = shape(window)
    vi.advanceTimersByTime(30_000)
    expect(shape(window)).toEqual(before)
  })
})

describe('CameraWindow', () => {
  /** The clip as a browser would send it: a key frame every two seconds and nothing in between. */
  const film = (options: { hasSound: boolean }, keep: (packet: MediaPacket) => boolean = () => true) => {
    const window = new CameraWindow(options)
    new ClipSource(clip).watch({ packet: packet => keep(packet) && window.packet(packet), clock: () => {} })
    return window
  }

  it('describes what it gets', () => {
    const window = film({ hasSound: true })
    expect(window.tracks).toEqual([])
    vi.advanceTimersByTime(500)
    expect(window.tracks.map(({ id, kind, codec, size }) => ({ id, kind, codec, size }))).toEqual([
      { id: 0, kind: 'video', codec: 'avc3.42c01f', size: { width: 1280, height: 720, framerate: 30 } },
      { id: 3, kind: 'audio', codec: 'opus', size: undefined },
    ])
    expect(film({ hasSound: false }).tracks).toEqual([])
  })

  it('cuts parts at key frames and segments after a second, and keeps ten', () => {
    const window = film({ hasSound: true })
    vi.advanceTimersByTime(30_000)
    expect(window.segments().length).toBeLessThanOrEqual(SEGMENTS_KEPT + 1)
    const whole = window.segments().filter(segment => segment.complete)
    expect(new Set(whole.map(segment => segment.parts.length))).toEqual(new Set([5]))
    expect(whole.every(segment => segment.parts.every(part => part.independent))).toBe(true)
    const lengths = whole.map(segment => segment.parts.reduce((sum, part) => sum + part.duration('video'), 0))
    expect(lengths.every(length => Math.abs(length - 1) < 1e-6)).toBe(true)
  })

  it('has no gap in picture or sound', () => {
    const window = film({ hasSound: true })
    vi.advanceTimersByTime(10_000)
    expect(new Set(gaps(window, 'video'))).toEqual(new Set([0]))
    expect(new Set(gaps(window, 'audio'))).toEqual(new Set([0]))
  })

  it('leaves out everything from a loss to the next key frame', () => {
    let pictures = 0
    const window = film({ hasSound: false }, packet => packet.kind === 'video')
    const lossy = new CameraWindow({ hasSound: false })
    new ClipSource(clip).watch({
      clock: () => {},
      packet: packet => {
        if (packet.kind !== 'video') return
        if (packet.marker) pictures++
        // One packet of the eighth picture is missing.
        lossy.packet(pictures === 8 && packet.marker ? { ...packet, step: 2 } : packet)
      },
    })
    vi.advanceTimersByTime(5000)
    const samples = (of: CameraWindow) =>
      of
        .segments()
        .flatMap(segment => segment.parts.map(part => read(part.bytes('video')).samples))
        .slice(0, 3)
    expect(samples(window)).toEqual([5, 5, 5])
    expect(samples(lossy)[1]).toBeLessThan(5)
    expect(samples(lossy)[2]).toBe(5)
  })
})
