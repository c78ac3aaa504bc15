import type { Drawn } from '../messages/drawing.ts'
import { MAX_MARKS, MAX_POINTS, type Point } from '../messages/drawing-fields.ts'
import type { KeptMark, LiveState } from './state.ts'

/** What may be drawn in a room at once; beside it, what one person may: {@link MAX_MARKS} and {@link MAX_POINTS}. */
export const ROOM_MARKS = 500
export const ROOM_POINTS = 10_000

/** As far as it is drawn. */
export const pointsOf = ({ strokes }: LiveState, { id, mark }: KeptMark): readonly Point[] =>
  strokes.get(id) ?? mark.points

/** Whether so many more marks and points of one person fit, beside theirs and into the room. */
export function fits(state: LiveState, person: string, marks: number, points: number): boolean {
  const all = [...state.marks.values()]
  const theirs = all.filter(({ by }) => by.id === person)
  const count = (of: readonly KeptMark[]) =>
    of.reduce((sum, kept) => sum + pointsOf(state, kept).length, points)
  return (
    theirs.length + marks <= MAX_MARKS &&
    count(theirs) <= MAX_POINTS &&
    all.length + marks <= ROOM_MARKS &&
    count(all) <= ROOM_POINTS
  )
}

/** For somebody who comes now. */
export const marksNow = (state: LiveState): Drawn[] =>
  [...state.marks.values()].map(kept => {
    const { seq: _, ...drawn } = kept
    return { ...drawn, mark: { ...drawn.mark, points: [...pointsOf(state, kept)] } }
  })
