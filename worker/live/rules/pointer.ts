import type { ToServer } from '../protocol.ts'
import { fullAllowance, POINTERS, type Rule, STROKES, take } from './allowance.ts'
import type { Fleeting } from './state.ts'
import type { Speaker } from './talking.ts'
import { holds, isIn, nameOf, refuse, send, type Turn } from './telling.ts'

type Of<T extends ToServer['type']> = Extract<ToServer, { type: T }>

const rules: Record<keyof Fleeting, Rule> = { pointer: POINTERS, strokes: STROKES }

/** Takes from an allowance of what is shown and gone. Nothing of it is written anywhere. */
export function takeFleeting(turn: Turn, person: string, what: keyof Fleeting, cost = 1) {
  const { state, at } = turn
  const before = state.fleeting.get(person) ?? {
    pointer: fullAllowance(at, POINTERS),
    strokes: fullAllowance(at, STROKES),
  }
  const { allowance, verdict } = take(before[what], at, rules[what], cost)
  turn.state = { ...state, fleeting: new Map(state.fleeting).set(person, { ...before, [what]: allowance }) }
  return verdict
}

/** Relayed to the others who are in, and forgotten. */
export function point(turn: Turn, { socket, member }: Speaker, message: Of<'pointer'>) {
  if (!holds(member, 'annotate')) return refuse(turn, socket, message, 'forbidden')
  const { at, streamId } = message
  const others = [...turn.state.sockets].flatMap(([id, { current, person }]) =>
    current && person !== member.facts.id && isIn(turn.state.people.get(person)!) ? [id] : [],
  )
  if (others.length)
    send(turn, others, {
      type: 'pointer',
      from: nameOf(member),
      at,
      ...(streamId === undefined ? {} : { streamId }),
    })
}
