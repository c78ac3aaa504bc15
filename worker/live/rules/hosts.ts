import type { LiveEvent, LiveState } from './state.ts'
import type { Turn } from './telling.ts'

/** What could not be written down is tried again after so long, in ms. */
export const HOSTS_RETRY = 10_000

/**
 * What is to be written down about the room's hosts: true that there is one, false that there is none any more, undefined
 * that the database knows. A host is whoever is in with `op`, until they are gone for good.
 */
export function hostsOwed({ room, people }: LiveState): boolean | undefined {
  if (!room) return undefined
  const here = [...people.values()].some(
    ({ waiting, facts }) => waiting === null && facts.permissions.includes('op'),
  )
  return here === (room.hostSince !== null) ? undefined : here
}

/** Asks for it to be written down, as often as it takes. */
export function noteHosts(turn: Turn): void {
  const here = hostsOwed(turn.state)
  if (here !== undefined) turn.effects.push({ do: 'hosts', here })
}

/** It is written down; what has changed meanwhile is next. */
export function noted(turn: Turn, { since }: Extract<LiveEvent, { type: 'noted' }>): void {
  const { room } = turn.state
  if (room) turn.state = { ...turn.state, room: { ...room, hostSince: since } }
  noteHosts(turn)
}

/** Whether a room can be forgotten: nobody is there, and nothing is left to write down. */
export const isDone = (state: LiveState): boolean => !state.people.size && hostsOwed(state) === undefined
