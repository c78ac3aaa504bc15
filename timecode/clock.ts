import { factsOf, type Rate } from './rate.ts'
import { wrapFrame } from './timecode.ts'

/** What timecode a picture shows: `frame` at the instant `at` (ms), and whether it runs from there. */
export interface TimecodeClock {
  rate: Rate
  /** Frames since 00:00:00:00. */
  frame: number
  at: number
  running: boolean
}

/** Rounds down, also below zero. */
const floorDiv = (a: bigint, b: bigint): bigint => (a >= 0n || a % b === 0n ? a / b : a / b - 1n)

/** Whole frames that have begun within so many ms, to the microsecond; negative before the beginning. Does not drift. */
export function framesIn(ms: number, rate: Rate): number {
  const { num, den } = factsOf(rate)
  return Number(floorDiv(BigInt(Math.round(ms * 1000)) * BigInt(num), BigInt(den) * 1_000_000n))
}

/** The frame on the picture at an instant (ms, the clock that `at` is on). */
export const frameAt = ({ rate, frame, at, running }: TimecodeClock, now: number): number =>
  wrapFrame(running ? frame + framesIn(now - at, rate) : frame, rate)

/** The instant at which a frame begins, so many frames after another began at `at`: ms, the first whole one in it. */
function beginOf(at: number, frames: number, rate: Rate): number {
  const { num, den } = factsOf(rate)
  return at - Number(floorDiv(-BigInt(frames) * BigInt(den) * 1000n, BigInt(num)))
}

/**
 * The same clock, told by the frame that is on the picture at an instant and by when that began: it can be paused or
 * corrected there and loses nothing. One that stands is told as of that instant.
 */
export function toldAnew(clock: TimecodeClock, now: number): TimecodeClock {
  const { rate, frame, at, running } = clock
  if (!running) return { ...clock, at: now }
  const passed = framesIn(now - at, rate)
  return { rate, frame: wrapFrame(frame + passed, rate), at: beginOf(at, passed, rate), running }
}

/** As many frames of one rate as last as long as those of another: the nearest, of two equally near the earlier. */
export function convertFrames(frames: number, from: Rate, to: Rate): number {
  if (from === to) return frames
  const a = factsOf(from)
  const b = factsOf(to)
  const num = BigInt(frames) * BigInt(a.den) * BigInt(b.num)
  const den = BigInt(a.num) * BigInt(b.den)
  // ⌈x − ½⌉ = −⌊½ − x⌋
  return Number(-floorDiv(den - 2n * num, 2n * den))
}
