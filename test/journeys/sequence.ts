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
  /** From one look to the next, as long as the same element showed it. */
  steps: Step[]
  /** From the last look at one element to the first at the one that took over. */
  swaps: Step[]
  /** The longest that one frame stood, in ms. */
  longestMs: number
}

export interface Step {
  at: number
  /** How many frames the picture went on; 1 is the next frame. */
  step: number
  /** How many of them the time between the two looks does not account for: 0 is a picture that keeps its pace. */
  jump: number
}

/** Reads what was seen between two instants. */
export function readSequence(sights: readonly Sight[], from = 0, to = Number.POSITIVE_INFINITY): Sequence {
  const result: Sequence = { passed: 0, backwards: 0, blanks: 0, steps: [], swaps: [], longestMs: 0 }
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
      const into = video === last.video ? result.steps : result.swaps
      into.push({ at, step, jump: step - gap / FRAME_MS })
    }
    last = { at, video, frame }
  }
  return result
}
