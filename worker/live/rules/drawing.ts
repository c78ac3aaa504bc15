import type { Drawn } from '../messages/drawing.ts'
import type { Mark, Point } from '../messages/drawing-fields.ts'
import type { News, ToServer } from '../protocol.ts'
import { fits, pointsOf } from './marks.ts'
import type { KeptMark } from './state.ts'
import type { Speaker } from './talking.ts'
import { done, holds, isIn, nameOf, refuse, send, type Turn, tell, without } from './telling.ts'

type Of<T extends ToServer['type']> = Extract<ToServer, { type: T }>

export type DrawingMessage = Of<'draw.mark' | 'draw.extend' | 'draw.end' | 'draw.undo' | 'draw.clear'>

/** What a message takes of the allowance: as much as it makes everybody read. */
export const strokeCost = (message: ToServer): number => 1 + Math.floor(pointsIn(message).length / 100)

function pointsIn(message: ToServer): readonly Point[] {
  if (message.type === 'draw.mark') return message.mark.points
  return message.type === 'draw.extend' || message.type === 'draw.end' ? message.points : []
}

/** Marks are of this moment: kept nowhere but here, until somebody takes them away. */
export function draw(turn: Turn, speaker: Speaker, message: DrawingMessage) {
  const { socket, member } = speaker
  if (message.type === 'draw.clear') return clear(turn, speaker, message)
  if (!holds(member, 'annotate')) return refuse(turn, socket, message, 'forbidden')
  switch (message.type) {
    case 'draw.mark':
      return begin(turn, speaker, message)
    case 'draw.extend':
      return extend(turn, speaker, message)
    case 'draw.end':
      return end(turn, speaker, message)
    case 'draw.undo':
      return undo(turn, speaker, message)
  }
}

function begin(turn: Turn, { socket, member }: Speaker, message: Of<'draw.mark'>) {
  const { id, mark, streamId } = message
  if (turn.state.marks.has(id)) return refuse(turn, socket, message, 'already_sent')
  const by = nameOf(member)
  if (!fits(turn.state, by.id, 1, mark.points.length)) return refuse(turn, socket, message, 'too_much_drawn')
  const drawn: Drawn = { id, by, mark, ...(streamId === undefined ? {} : { streamId }) }
  put(turn, { ...drawn, seq: turn.state.seq + 1 })
  tell(turn, 'admitted', { type: 'draw.marked', drawn })
  done(turn, socket, message)
}

function extend(turn: Turn, { socket, member }: Speaker, message: Of<'draw.extend'>) {
  const { id, points } = message
  const kept = own(turn, member.facts.id, id)
  if (!kept) return refuse(turn, socket, message, 'not_drawn')
  const before = pointsOf(turn.state, kept)
  const after = extended({ ...kept.mark, points: [...before] }, points)
  if (!fits(turn.state, member.facts.id, 0, after.length - before.length))
    return refuse(turn, socket, message, 'too_much_drawn')
  turn.state = { ...turn.state, strokes: new Map(turn.state.strokes).set(id, after) }
  const others = [...turn.state.sockets].flatMap(([other, { current, person }]) =>
    other !== socket && current && isIn(turn.state.people.get(person)!) ? [other] : [],
  )
  if (others.length) send(turn, others, { type: 'draw.extended', id, points })
}

/** A pen goes on; the last point of any other tool moves. */
const extended = ({ tool, points }: Mark, more: readonly Point[]): Point[] =>
  tool === 'pen' ? [...points, ...more] : [points[0]!, more.at(-1)!]

function end(turn: Turn, { socket, member }: Speaker, message: Of<'draw.end'>) {
  const { id, points } = message
  const kept = own(turn, member.facts.id, id)
  if (!kept) return refuse(turn, socket, message, 'not_drawn')
  if (!fits(turn.state, member.facts.id, 0, points.length - pointsOf(turn.state, kept).length))
    return refuse(turn, socket, message, 'too_much_drawn')
  finish(turn, kept, points)
  done(turn, socket, message)
}

function finish(turn: Turn, kept: KeptMark, points: Point[]): void {
  const { seq, ...drawn } = { ...kept, mark: { ...kept.mark, points } }
  forgetTold(turn, ({ id }) => id === kept.id)
  put(turn, { ...drawn, seq })
  turn.state = { ...turn.state, strokes: without(turn.state.strokes, kept.id) }
  tell(turn, 'admitted', { type: 'draw.marked', drawn })
}

/** What somebody was drawing when their page went is done, as far as it came. */
export function finishOf(turn: Turn, person: string): void {
  for (const [id, points] of turn.state.strokes) {
    const kept = own(turn, person, id)
    if (kept) finish(turn, kept, [...points])
  }
}

function undo(turn: Turn, { socket, member }: Speaker, message: Of<'draw.undo'>): void {
  const last = [...turn.state.marks.values()].findLast(({ by }) => by.id === member.facts.id)
  if (last) erase(turn, { id: last.id })
  done(turn, socket, message)
}

function clear(turn: Turn, { socket, member }: Speaker, message: Of<'draw.clear'>) {
  const { id } = member.facts
  const which = message.which ?? { of: id }
  const others = 'all' in which || which.of !== id
  if (!holds(member, others ? 'op' : 'annotate')) return refuse(turn, socket, message, 'forbidden')
  erase(turn, which)
  done(turn, socket, message)
}

type Which = Extract<News, { type: 'draw.erased' }>['which']

function erase(turn: Turn, which: Which): void {
  const goes = ({ id, by }: Drawn) => 'all' in which || ('of' in which ? by.id === which.of : id === which.id)
  const marks = new Map([...turn.state.marks].filter(([, kept]) => !goes(kept)))
  if (marks.size === turn.state.marks.size) return
  const strokes = new Map([...turn.state.strokes].filter(([id]) => marks.has(id)))
  turn.state = { ...turn.state, marks, strokes }
  forgetTold(turn, goes)
  tell(turn, 'admitted', { type: 'draw.erased', which })
}

/** What has changed since, or is gone, nobody who comes back needs to be told. */
function forgetTold(turn: Turn, goes: (drawn: Drawn) => boolean): void {
  const { state } = turn
  const replay = state.replay.filter(({ news }) => news.type !== 'draw.marked' || !goes(news.drawn))
  if (replay.length < state.replay.length) turn.state = { ...state, replay }
}

function put(turn: Turn, kept: KeptMark): void {
  turn.state = { ...turn.state, marks: new Map(turn.state.marks).set(kept.id, kept) }
}

function own({ state }: Turn, person: string, id: string): KeptMark | undefined {
  const kept = state.marks.get(id)
  return kept?.by.id === person ? kept : undefined
}
