import { MIN_LIFETIME } from '../../admission/decide.ts'
import { HOSTS_RETRY, hostsOwed } from './hosts.ts'
import { GONE_AFTER } from './presence.ts'
import type { LiveState } from './state.ts'

/** With nobody to tell of anybody's leaving, a room is looked at this seldom (ms), and may sleep in between. */
export const SELDOM = 60_000

/**
 * When the clock may next change something in a room, ms: somebody falls silent, is gone, may come in or must go.
 * @param heard when each connection was last heard of, ms
 */
export function nextTick(state: LiveState, heard: ReadonlyMap<string, number>, now: number): number {
  const { room, people, sockets } = state
  const due: (number | null)[] = [lastMoment(room?.endsAt)]
  for (const { waiting, goneAt, facts } of people.values())
    due.push(waiting?.for === 'start' ? waiting.opensAt : null, goneAt, lastMoment(facts.linkEndsAt))
  if (people.size > 1) for (const socket of sockets.keys()) due.push((heard.get(socket) ?? 0) + GONE_AFTER)
  for (const { until } of sockets.values()) due.push(until)
  if (hostsOwed(state) !== undefined) due.push(now + HOSTS_RETRY)
  const next = due.reduce<number>((first, at) => Math.min(first, at ?? first), now + SELDOM)
  return Math.max(next, now + 1)
}

/** With less than that left nobody may watch. */
const lastMoment = (endsAt: number | null | undefined) => (endsAt == null ? null : endsAt - MIN_LIFETIME + 1)
