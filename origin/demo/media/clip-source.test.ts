import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CLIP_DIR } from '../testing/stage.ts'
import { loadClip } from './clip.ts'
import { ClipSource } from './clip-source.ts'
import type { ClockPair, MediaPacket } from './media-source.ts'

const clip = loadClip(CLIP_DIR)

beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

function record(source: ClipSource) {
  const packets: MediaPacket[] = []
  const clocks: ClockPair[] = []
  const stop = source.watch({ packet: packet => packets.push(packet), clock: pair => clocks.push(pair) })
  const of = (kind: string) => packets.filter(packet => packet.kind === kind)
  const frames = () => of('video').filter(packet => packet.marker)
  return { packets, clocks, stop, of, frames }
}
const steps = (values: readonly number[]) => new Set(values.slice(1).map((value, i) => value - values[i]!))

describe('ClipSource', () => {
  it('sends 25 frames and 50 packets of sound a second, loop after loop', () => {
    const { frames, of } = record(new ClipSource(clip))
    vi.advanceTimersByTime(20_000)
    expect(frames()).toHaveLength(501)
    expect(of('audio')).toHaveLength(1001)
  })

  it('keeps RTP time going where the loop closes', () => {
    const { frames, of } = record(new ClipSource(clip))
    vi.advanceTimersByTime(20_000)
    expect(steps(frames().map(packet => packet.timestamp))).toEqual(new Set([3600]))
    expect(steps(of('audio').map(packet => packet.timestamp))).toEqual(new Set([960]))
  })

  it('wraps RTP time after 32 bits', () => {
    const source = new ClipSource(clip)
    const wrapMs = (2 ** 32 / 90_000) * 1000
    vi.advanceTimersByTime(wrapMs - 1000)
    const { frames } = record(source)
    vi.advanceTimersByTime(2000)
    const timestamps = frames().map(packet => packet.timestamp)
    const wrapped = timestamps.map((value, i) =>
      i === 0 ? 3600 : (value - timestamps[i - 1]! + 2 ** 32) % 2 ** 32,
    )
    expect(timestamps.some((value, i) => i > 0 && value < timestamps[i - 1]!)).toBe(true)
    expect(new Set(wrapped)).toEqual(new Set([3600]))
  })

  it('begins at a key frame for whoever comes, and is the same for all', () => {
    const source = new ClipSource(clip)
    vi.advanceTimersByTime(1234)
    const first = record(source)
    vi.advanceTimersByTime(500)
    const second = record(source)
    vi.advanceTimersByTime(500)
    expect(first.of('video')[0]!.startsKeyFrame).toBe(true)
    expect(first.packets.slice(-10)).toEqual(second.packets.slice(-10))
  })

  it('does nothing while nobody watches', () => {
    const source = new ClipSource(clip)
    expect(vi.getTimerCount()).toBe(0)
    const { stop } = record(source)
    expect(vi.getTimerCount()).toBe(1)
    stop()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('puts picture and sound on one clock, every second', () => {
    const { clocks } = record(new ClipSource(clip))
    vi.advanceTimersByTime(3000)
    expect(clocks.length).toBeGreaterThanOrEqual(6)
    for (let i = 0; i < clocks.length; i += 2) {
      const [video, audio] = [clocks[i]!, clocks[i + 1]!]
      expect(video.ntp).toBe(audio.ntp)
      expect(video.timestamp / 90_000).toBeCloseTo(audio.timestamp / 48_000, 3)
    }
  })

  it('counts what it has sent without sending it', () => {
    const source = new ClipSource(clip)
    vi.advanceTimersByTime(16_010)
    expect(source.received().bytes).toBeCloseTo(2 * clip.bytes, -5)
    expect(source.received().lastAt).toBe(1_800_000_016_000)
  })

  it('stands still while frozen, and goes on where it stopped', () => {
    const source = new ClipSource(clip)
    const { frames } = record(source)
    vi.advanceTimersByTime(1000)
    source.freeze()
    const [before, seen] = [source.received(), frames().length]
    vi.advanceTimersByTime(60_000)
    expect([source.received(), frames().length, source.frozen]).toEqual([before, seen, true])
    source.freeze()
    source.thaw()
    source.thaw()
    vi.advanceTimersByTime(1000)
    expect(frames().length).toBeGreaterThan(seen + 20)
    expect(frames()[seen]!.timestamp - frames()[seen - 1]!.timestamp).toBeLessThanOrEqual(5 * 3600)
  })

  it('can be joined while frozen', () => {
    const source = new ClipSource(clip)
    source.freeze()
    const { packets } = record(source)
    vi.advanceTimersByTime(1000)
    expect(packets).toEqual([])
    source.thaw()
    vi.advanceTimersByTime(1000)
    expect(packets[0]!.startsKeyFrame || packets[0]!.kind === 'audio').toBe(true)
  })

  it('leaves out what a sleeping machine missed', () => {
    const source = new ClipSource(clip)
    const { frames, of } = record(source)
    vi.advanceTimersByTime(1000)
    const seen = frames().length
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 3_600_000)
    vi.advanceTimersToNextTimer()
    vi.restoreAllMocks()
    expect(frames().length - seen).toBeLessThanOrEqual(1)
    expect(of('video').at(-1)).toBeDefined()
  })
})
