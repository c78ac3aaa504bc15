import { type Signal, signal } from '@preact/signals'
import { beforeEach, describe, expect, test } from 'vitest'
import type { TimecodeClock } from '../../../timecode/clock.ts'
import { welcome } from '../live/fixture.ts'
import { emptyState, type RoomState, stateAfter } from '../live/room-state.ts'
import { createMoments, type Delay, type Moments } from './moment.ts'

const NOW = 1_795_000_000_000
const CLOCK = { rate: '25', frame: 90_000, at: NOW, running: true, by: 'Hal' } as const

let now: number
let delay: Signal<Delay | null>
let stream: Signal<TimecodeClock | null>
let room: Signal<RoomState['room']>
let moments: Moments
const tell = (timecode?: typeof CLOCK | (Omit<typeof CLOCK, 'running'> & { running: boolean })) => {
  room.value = stateAfter(emptyState, welcome(timecode ? { timecode } : {})).room
}
beforeEach(() => {
  now = NOW
  delay = signal<Delay | null>(null)
  stream = signal<TimecodeClock | null>(null)
  room = signal<RoomState['room']>(null)
  moments = createMoments({ room, now: () => now }, delay, stream)
})

describe('without a timecode', () => {
  const none = { frame: null, rate: null, source: null }
  test('a moment is an instant', () => {
    expect([moments.now(), moments.clock()]).toEqual([
      { at: NOW, delayMs: null, measured: false, ...none },
      null,
    ])
    tell()
    expect(moments.at(NOW - 500)).toEqual({ at: NOW - 500, delayMs: null, measured: false, ...none })
  })

  test('less the delay, as far as it is known', () => {
    delay.value = { ms: 240.4, how: 'estimate' }
    expect(moments.now()).toEqual({ at: NOW - 240, delayMs: 240, measured: false, ...none })
    delay.value = { ms: 199.6, how: 'chart' }
    expect(moments.now()).toEqual({ at: NOW - 200, delayMs: 200, measured: true, ...none })
  })
})

test('the room’s clock goes on, minus the delay', () => {
  tell(CLOCK)
  now += 1_000
  expect(moments.now()).toMatchObject({ frame: 90_025, rate: '25', source: 'room' })
  delay.value = { ms: 240, how: 'chart' }
  expect(moments.now()).toMatchObject({ at: NOW + 760, frame: 90_019, rate: '25' })
  expect(moments.at(NOW + 240)).toMatchObject({ at: NOW, frame: 90_000 })
})

test('one that stands shows what it stands at', () => {
  tell({ ...CLOCK, running: false })
  now += 60_000
  expect(moments.now()).toMatchObject({ at: NOW + 60_000, frame: 90_000 })
})

test('what the stream carries goes before, and is on screen already', () => {
  tell(CLOCK)
  delay.value = { ms: 240, how: 'chart' }
  stream.value = { rate: '24', frame: 1_000, at: NOW, running: true }
  now += 500
  expect(moments.now()).toMatchObject({ at: NOW + 260, frame: 1_012, rate: '24', source: 'stream' })
  stream.value = null
  expect(moments.now()).toMatchObject({ rate: '25', source: 'room' })
})
