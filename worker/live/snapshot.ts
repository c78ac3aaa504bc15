import type { Waiting } from '../people/may-watch.ts'
import type { LiveState } from './state.ts'

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

export function snapshotOf({ people, sockets }: LiveState): Present[] {
  const addresses = new Map<string, Set<string>>()
  for (const { person, address } of sockets.values())
    if (address !== null) addresses.set(person, (addresses.get(person) ?? new Set()).add(address))
  return [...people].map(([id, { since, waiting }]) => ({
    id,
    since,
    waitingFor: waiting?.for ?? null,
    addresses: [...(addresses.get(id) ?? [])],
  }))
}
