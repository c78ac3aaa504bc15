import type { Point } from '../../../worker/live/messages/drawing-fields.ts'

/** Between two messages of a pointer that moves, in ms: 30 a second. */
const EVERY = 1000 / 30
/** One that rests is told again so often, in ms, because others see it fade after {@link import('./dots.ts').FADES_AFTER}. */
const AGAIN = 1000

/** Tells the room where somebody points, no more often than needs be. */
export interface Cadence {
  /** Null: not at the picture any more. */
  to(at: Point | null): void
}

export function createCadence(tell: (at: Point | null) => void): Cadence {
  let last: Point | null = null
  let told: Point | null = null
  let toldAt = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined

  function say(): void {
    clearTimeout(timer)
    told = last
    toldAt = Date.now()
    tell(last)
    timer = last ? setTimeout(say, AGAIN) : undefined
  }

  return {
    to(at) {
      if (last === at || (last && at && last[0] === at[0] && last[1] === at[1])) return
      last = at
      if (!at) {
        if (told) say()
        return
      }
      clearTimeout(timer)
      const due = toldAt + EVERY - Date.now()
      if (due <= 0) say()
      else timer = setTimeout(say, due)
    },
  }
}
