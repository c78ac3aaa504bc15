import { describe, expect, test } from 'vitest'
import type { ToClient } from '../../../worker/live/protocol.ts'
import { person, welcome } from './fixture.ts'
import { emptyState, type RoomState, stateAfter } from './room-state.ts'

const told = (...messages: ToClient[]): RoomState => messages.reduce(stateAfter, emptyState)
const ids = (things: readonly { id: string }[]) => things.map(({ id }) => id)

const waiter = (id: string) => ({
  id,
  name: id,
  since: '2026-11-21T14:00:00.000Z',
  for: 'admission' as const,
  link: { id: 'l1', label: 'Agency' },
})
const host = { ...welcome().you, permissions: ['op' as const] }

describe('people', () => {
  const at = (minute: number) => `2026-11-21T13:${minute}:00.000Z`

  test('stand in the order in which they came, each once', () => {
    const state = told(
      welcome({ people: [person('p3', { since: at(30) }), person('p1', { since: at(20) })] }),
      { type: 'person.joined', seq: 5, person: person('p2', { since: at(25) }) },
      { type: 'person.joined', seq: 6, person: person('p2', { since: at(25) }) },
    )
    expect(ids(state.people)).toEqual(['p1', 'p2', 'p3'])
  })

  test('change and leave', () => {
    const raised = person('p2', { hand: true })
    const state = told(
      welcome({ people: [person('p1'), person('p2'), person('p3')] }),
      { type: 'person.changed', seq: 5, person: raised },
      { type: 'person.left', seq: 6, id: 'p3' },
      { type: 'person.left', seq: 7, id: 'nobody' },
    )
    expect(state.people).toEqual([person('p1'), raised])
  })

  test('you are one of them: what changes of you is yours', () => {
    const demoted = person('p1', { role: 'observer', permissions: [] })
    const state = told(
      welcome({ you: host }),
      { type: 'person.changed', seq: 5, person: person('p2') },
      { type: 'person.changed', seq: 6, person: demoted },
    )
    expect(state.you).toEqual({ ...host, ...demoted })
  })
})

describe('who waits', () => {
  const arrivals: ToClient[] = [
    welcome({ you: host, waiting: [waiter('w1')] }),
    { type: 'waiting.joined', seq: 5, person: waiter('w2') },
    { type: 'waiting.joined', seq: 6, person: waiter('w2') },
  ]

  test('the longest first, each once, until they are in or gone', () => {
    expect(ids(told(...arrivals).waiting)).toEqual(['w1', 'w2'])
    expect(ids(told(...arrivals, { type: 'waiting.left', seq: 7, id: 'w1' }).waiting)).toEqual(['w2'])
  })

  test('who loses the door loses the list', () => {
    const changed = (id: string, op: boolean): ToClient => ({
      type: 'person.changed',
      seq: 7,
      person: person(id, { permissions: op ? ['op'] : ['message'] }),
    })
    expect(told(...arrivals, changed('p1', false)).waiting).toEqual([])
    expect(told(...arrivals, changed('p1', true)).waiting).toHaveLength(2)
    expect(told(...arrivals, changed('p2', false)).waiting).toHaveLength(2)
  })
})

test('the place is that of the last welcome', () => {
  const sub = { name: 'colour', title: 'Colour' }
  expect([told(welcome({ sub })).room!.sub, told(welcome({ sub }), welcome()).room!.sub]).toEqual([
    sub,
    undefined,
  ])
})

test('the room is as it was told last', () => {
  const { room } = welcome()
  const locked = { ...room, lock: { message: 'Later' } }
  const now = '2026-11-21T14:00:01.000Z'
  const state = told(welcome(), {
    type: 'room.changed',
    seq: 5,
    now,
    room: locked,
    publishing: true,
    playable: null,
    streams: [],
    demo: false,
  })
  expect(state.room).toEqual({ room: locked, publishing: true, playable: null, streams: [], demo: false })
})

describe('the still that everybody is shown', () => {
  const still = {
    id: 's1',
    name: 'grade_x',
    at: '2026-11-21T14:00:00.000Z',
    width: 2,
    height: 1,
    streamId: null,
    by: { id: 'p2', name: 'Ann' },
  }
  const shown: ToClient = { type: 'still.shown', seq: 5, still }

  test('is the last that was told, until it is put away', () => {
    expect(told(welcome()).shown).toBeNull()
    expect(told(welcome({ shownStill: still })).shown).toEqual(still)
    expect(told(welcome(), shown).shown).toEqual(still)
    expect(told(welcome(), shown, { type: 'still.shown', seq: 6, still: null }).shown).toBeNull()
  })

  test('is none after a welcome that tells of none', () => {
    expect(told(welcome(), shown, welcome()).shown).toBeNull()
  })
})
