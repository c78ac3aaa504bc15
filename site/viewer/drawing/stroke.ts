import type { Mark, Point } from '../../../worker/live/messages/drawing-fields.ts'
import { simplified, thinned } from './simplify.ts'

/** A mark in somebody's hand. */
export interface Stroke {
  id: string
  mark: Mark
  /** The picture that it is on; null = the programme. */
  streamId: string | null
  /** The picture's height by its width. */
  shape: number
}

/** How a stroke is drawn. */
export type Pen = Omit<Mark, 'points'>
export type Tool = Mark['tool']
export type Ink = Mark['ink']
export type Weight = Mark['weight']

/** A hand that draws on after so many points is not followed any farther. */
const MOST = 5_000
/** A shape smaller than this, by the picture's width and height, is a slip of the hand. */
const SLIP = 0.004

export function begun(id: string, pen: Pen, at: Point, streamId: string | null, shape: number): Stroke {
  return { id, mark: { ...pen, points: pen.tool === 'pen' ? [at] : [at, at] }, streamId, shape }
}

/** The hand went on: the stroke as it is, and what is new of it. */
export function goneOn(stroke: Stroke, points: readonly Point[]): { stroke: Stroke; more: Point[] } {
  const { mark, shape } = stroke
  const to = points.at(-1)
  if (!to) return { stroke, more: [] }
  if (mark.tool !== 'pen')
    return { stroke: { ...stroke, mark: { ...mark, points: [mark.points[0]!, to] } }, more: [to] }
  const room = Math.max(0, MOST - mark.points.length)
  const more = thinned(mark.points.at(-1)!, points, shape).slice(0, room)
  if (!more.length) return { stroke, more }
  return { stroke: { ...stroke, mark: { ...mark, points: [...mark.points, ...more] } }, more }
}

/** Nothing that anybody meant to draw. A dot of the pen is meant. */
export function isSlip({ mark: { tool, points } }: Stroke): boolean {
  const [a, b] = [points[0]!, points.at(-1)!]
  return tool !== 'pen' && Math.abs(a[0] - b[0]) < SLIP && Math.abs(a[1] - b[1]) < SLIP
}

/** As it is kept: with no more points than it needs. */
export const finished = ({ mark, shape }: Stroke): Mark =>
  mark.tool === 'pen' ? { ...mark, points: simplified(mark.points, shape) } : mark
