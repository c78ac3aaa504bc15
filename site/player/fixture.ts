import { type PlayerEffect, type PlayerEvent, reduce } from './reduce.ts'
import { type PlayerState, startingState, type Ticket } from './state.ts'

/** For tests: addresses of a 30 s lease, good for 90 s. */
export const ticket: Ticket = {
  webrtc: 'ws://o/app/r?stream_token=t',
  llhls: 'http://o/r.m3u8',
  usableUntil: 90_000,
  leaseMs: 30_000,
}
/** The same, asked for at that moment. */
export const later = (now: number): Ticket => ({ ...ticket, usableUntil: now + 90_000 })
export const udp = 'ws://o/app/r?transport=udp&stream_token=t'

/** Feeds events to a player and keeps the effects of each. */
export function played(events: PlayerEvent[], from: PlayerState = startingState(0.5)) {
  const effects: PlayerEffect[][] = []
  let state = from
  for (const event of events) {
    const step = reduce(state, event)
    state = step.state
    effects.push(step.effects)
  }
  return { state, effects }
}

/** From nothing to the first picture at 900 ms. */
export const toPlaying: PlayerEvent[] = [
  { now: 0, type: 'stream', stream: 'playable' },
  { now: 20, type: 'ticket', ticket },
  { now: 150, type: 'connected', id: 1 },
  { now: 900, type: 'frame', id: 1 },
]
export const playing = played(toPlaying).state
