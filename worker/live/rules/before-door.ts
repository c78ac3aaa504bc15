import type { Waiting } from '../messages/control.ts'
import type { Member } from './state.ts'
import { holds, isIn, type Turn, tell, waiterOf } from './telling.ts'

/** Who of these stands before the door, by their ids. */
export const waitersOf = (members: Iterable<Member>): ReadonlyMap<string, Waiting> =>
  new Map([...members].flatMap(waiterOf).map(waiter => [waiter.id, waiter]))

/** Tells hosts that somebody has come before the door, waits for something else now, or is not there any more. */
export function tellDoor(turn: Turn, id: string, before: Waiting | undefined): void {
  const member = turn.state.people.get(id)
  const [now] = member ? waiterOf(member) : []
  if (JSON.stringify(now) === JSON.stringify(before)) return
  tell(turn, 'hosts', now ? { type: 'waiting.joined', person: now } : { type: 'waiting.left', id })
}

/** Tells somebody who has become a host who stands before the door. A new host's page begins with a welcome instead. */
export function tellNewHost(turn: Turn, before: Member): void {
  const { id } = before.facts
  const member = turn.state.people.get(id)!
  if (!isIn(before) || !isIn(member) || holds(before, 'op') || !holds(member, 'op')) return
  tellWaiting(turn, id)
}

/** Tells a host of all who stand before the door. Who knows of them already learns nothing new. */
export function tellWaiting(turn: Turn, id: string): void {
  for (const person of waitersOf(turn.state.people.values()).values())
    tell(turn, [id], { type: 'waiting.joined', person })
}
