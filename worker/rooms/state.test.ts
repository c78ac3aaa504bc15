import { expect, test } from 'vitest'
import type { RoomState } from './schema.ts'
import { roomState } from './state.ts'

const NOW = 1_000
const past = NOW - 1
const future = NOW + 1

test.each<
  [
    startsAt: number | null,
    endsAt: number | null,
    endedAt: number | null,
    idle: RoomState,
    publishing: RoomState,
  ]
>([
  [null, null, null, 'open', 'live'],
  [past, null, null, 'open', 'live'],
  [NOW, null, null, 'open', 'live'],
  [past, future, null, 'open', 'live'],
  [null, future, null, 'open', 'live'],
  [future, null, null, 'scheduled', 'scheduled'],
  [future, future + 1, null, 'scheduled', 'scheduled'],
  [null, NOW, null, 'ended', 'ended'],
  [null, past, null, 'ended', 'ended'],
  [past - 1, past, null, 'ended', 'ended'],
  [null, null, past, 'ended', 'ended'],
  [null, null, future, 'ended', 'ended'],
  [null, future, past, 'ended', 'ended'],
  [future, null, past, 'ended', 'ended'],
  [future, past, null, 'ended', 'ended'],
])('starts %s, ends %s, ended %s: %s, while publishing %s', (startsAt, endsAt, endedAt, idle, publishing) => {
  expect(roomState({ startsAt, endsAt, endedAt, publishing: false }, NOW)).toBe(idle)
  expect(roomState({ startsAt, endsAt, endedAt, publishing: true }, NOW)).toBe(publishing)
})
