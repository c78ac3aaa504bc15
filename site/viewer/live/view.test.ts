import { expect, test } from 'vitest'
import type { ToClient } from '../../../worker/live/protocol.ts'
import { roomView } from '../fixture.ts'
import { person, welcome } from './fixture.ts'
import { viewAfter } from './view.ts'

const view = roomView()
const now = '2026-11-21T14:00:09.000Z'

test('a welcome says everything that asking for the room would', () => {
  const you = {
    ...welcome().you,
    state: 'waiting' as const,
    waiting: { for: 'unlock' as const, message: 'Later' },
  }
  expect(viewAfter(null, welcome({ you, now }))).toEqual(
    roomView({ state: 'waiting', waiting: you.waiting, now }),
  )
})

test('before a locked sub-room somebody is in the room all the same, before anything else they are not', () => {
  const you = (why: 'unlock' | 'host') => ({
    ...welcome().you,
    state: 'waiting' as const,
    waiting: { for: why, message: null },
  })
  const sub = { name: 'colour', title: 'Colour' }
  expect(viewAfter(null, welcome({ you: you('unlock'), sub, now }))).toEqual(roomView({ now }))
  expect(viewAfter(null, welcome({ you: you('host'), sub, now }))).toEqual(
    roomView({ state: 'waiting', waiting: you('host').waiting, now }),
  )
})

test('the room changes, the person stays', () => {
  const { room } = roomView()
  const ended = { ...room, state: 'ended' as const }
  expect(
    viewAfter(view, {
      type: 'room.changed',
      seq: 5,
      now,
      room: ended,
      publishing: true,
      playable: null,
      streams: [],
      demo: true,
    }),
  ).toEqual(roomView({ room: ended, publishing: true, playable: null, demo: true, now }))
})

test('one’s own permissions change, nobody else’s matter', () => {
  const changed = (id: string): ToClient => ({
    type: 'person.changed',
    seq: 5,
    person: person(id, { name: 'Client', permissions: ['op'] }),
  })
  expect(viewAfter(view, changed('p1'))).toEqual(roomView({ permissions: ['op'] }))
  expect(viewAfter(view, changed('p2'))).toBe(view)
})

test('coming back brings the clock', () => {
  expect(viewAfter(view, { type: 'resumed', seq: 9, now, watermark: null })).toEqual(roomView({ now }))
})

test('how the picture is marked is told alone, and by coming back', () => {
  const watermark = { mode: 'corner', text: 'Client · 24 Nov 2026' } as const
  expect(viewAfter(view, { type: 'watermark', watermark })).toEqual(roomView({ watermark }))
  expect(viewAfter(view, { type: 'resumed', seq: 9, now, watermark })).toEqual(roomView({ now, watermark }))
  expect(viewAfter(null, { type: 'watermark', watermark })).toBeNull()
})

test('before the first welcome nothing is known, and what is no news changes nothing', () => {
  expect(viewAfter(null, { type: 'resumed', seq: 9, now, watermark: null })).toBeNull()
  expect(viewAfter(view, { type: 'person.left', seq: 5, id: 'p1' })).toBe(view)
})
