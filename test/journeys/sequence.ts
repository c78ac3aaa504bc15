import type { Sight } from './eye.ts'

/** The clip's frames, in a loop, and how long each is shown in ms. */
const LOOP = 200
const FRAME_MS = 40

/** How the picture went on over a stretch of time. */
export interface Sequence {
  /** Frames of the clip that passed, shown or dropped. */
  passed: number
  /** Times the picture went back to an earlier frame. */
  backwards: number
  /** Times nothing, or something else than the clip, was on screen. */
  blanks: number
  /** How many frames the picture went on from one look to the next, other than by a swap: 1 is every frame shown. */
  steps: { at: number; step: number }[]
  /** The longest that one frame stood, in ms. */
  longestMs: number
  /** One element taking over from another. */
  swaps: Swap[]
}

export interface Swap {
  at: number
  /** Frames from the last one of the old picture to the first of the new one; 1 is the next frame. */
  step: number
  /** By how many frames the picture jumped beyond what the time between the two looks accounts for. */
  jump: number
}

/** Reads what was seen between two instants. */
export function readSequence(sights: readonly Sight[], from = 0, to = Number.POSITIVE_INFINITY): Sequence {
  const result: Sequence = { passed: 0, backwards: 0, blanks: 0, steps: [], longestMs: 0, swaps: [] }
  let last: (Sight & { frame: number }) | undefined
  for (const { at, video, frame } of sights.filter(sight => sight.at >= from && sight.at <= to)) {
    if (frame === null) {
      result.blanks++
      continue
    }
    if (last) {
      const ahead = (frame - last.frame + LOOP) % LOOP
      const step = ahead > LOOP / 2 ? ahead - LOOP : ahead
      const gap = at - last.at
      if (step < 0) result.backwards++
      result.passed += step
      result.longestMs = Math.max(result.longestMs, gap)
      if (video !== last.video) result.swaps.push({ at, step, jump: step - gap / FRAME_MS })
      else result.steps.push({ at, step })
    }
    last = { at, video, frame }
  }
  return result
}
