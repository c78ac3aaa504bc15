import type { Waiting } from '../people/may-watch.ts'
import type { LiveState } from './rules/state.ts'

/** Somebody who is in a room or waits before it, as far as staff see it from outside. Plain data. */
export interface Present {
  id: string
  /** When they came, ms. */
  since: number
  /** What keeps them before the door; null = they are in. */
  waitingFor: Waiting['for'] | null
  /** Where their pages connect from, as far as it is known. */
  addresses: string[]
}

export function snapshotOf({ room, people, sockets }: LiveState): Present[] {
  const addresses = new Map<string, Set<string>>()
  for (const { person, address } of sockets.values())
    if (address !== null) addresses.set(person, (addresses.get(person) ?? new Set()).add(address))
  return [...people].map(([id, { since, waiting }]) => ({
    id,
    since,
    // Who stands before a locked sub-room is in the room.
    waitingFor: room?.sub && waiting?.for === 'unlock' ? null : (waiting?.for ?? null),
    addresses: [...(addresses.get(id) ?? [])],
  }))
}

/** A room's people wherever in it they are, each once: who is in one place and waits before another is in. */
export function together(places: readonly Present[][]): Present[] {
  const people = new Map<string, Present>()
  for (const present of places.flat()) {
    const other = people.get(present.id)
    people.set(present.id, other ? merged(other, present) : present)
  }
  return [...people.values()]
}

const merged = (one: Present, other: Present): Present => ({
  id: one.id,
  since: Math.min(one.since, other.since),
  waitingFor: one.waitingFor && other.waitingFor,
  addresses: [...new Set([...one.addresses, ...other.addresses])],
})
