import type { Point } from '../../../worker/live/messages/drawing-fields.ts'

/** A pointer that moves from one place that was told to the next, so that 30 places a second look like one movement. */
export interface Glide {
  from: Point
  to: Point
  /** When it began, ms. */
  since: number
}

/** So long a pointer takes to the place that it is told, in ms: it is never farther behind. */
export const GLIDE = 80

/** It stays where it is. */
export const resting = (at: Point, now: number): Glide => ({ from: at, to: at, since: now - GLIDE })

/** Where it is now. */
export function placeAt({ from, to, since }: Glide, now: number): Point {
  const part = Math.min(1, Math.max(0, (now - since) / GLIDE))
  return [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part]
}

/** It is told a new place: it sets out from where it is. */
export const towards = (glide: Glide, to: Point, now: number): Glide => ({
  from: placeAt(glide, now),
  to,
  since: now,
})

export const isMoving = ({ since }: Glide, now: number): boolean => now < since + GLIDE
