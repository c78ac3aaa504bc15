import { describe, expect, test } from 'vitest'
import type { ChatMessage, ToClient } from '../../../worker/live/protocol.ts'
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

describe('the chat', () => {
  const said = (id: string, second: number, from = 'p2'): ChatMessage => ({
    id,
    at: `2026-11-21T14:00:0${second}.000Z`,
    from: { id: from, name: from },
    to: null,
    me: false,
    text: id,
    replyTo: null,
    editedAt: null,
    ref: id,
  })
  const chat = (message: ChatMessage): ToClient => ({ type: 'chat', seq: 5, message })
  const begun = welcome({ chat: { items: [said('m2', 2), said('m3', 3, 'p1')], next: '2.m2' } })

  test('of another place is not unread here: a sub-room has a conversation of its own', () => {
    const sub = { name: 'colour', title: 'Colour' }
    const inside = told({ ...begun, sub }, chat(said('m4', 4)), chat(said('m5', 5)))
    expect([inside.room!.sub, inside.unread]).toEqual([sub, 2])
    const outside = stateAfter(inside, { ...begun, chat: { items: [said('m9', 9)], next: null } })
    expect([outside.room!.sub, outside.unread]).toEqual([undefined, 0])
  })

  test('in the order in which it was said, each once', () => {
    const state = told(begun, chat(said('m5', 5)), chat(said('m4', 4)), chat(said('m5', 5)))
    expect(ids(state.chat.items)).toEqual(['m2', 'm3', 'm4', 'm5'])
  })

  test('edited in its place', () => {
    const edited = { ...said('m2', 2), text: 'better', editedAt: '2026-11-21T14:00:09.000Z' }
    const state = told(begun, { type: 'chat.edited', seq: 5, message: edited })
    expect(state.chat.items).toEqual([edited, said('m3', 3, 'p1')])
  })

  test.each<[object, string[]]>([
    [{ id: 'm2' }, ['m3']],
    [{ id: 'unknown' }, ['m2', 'm3']],
    [{ of: 'p1' }, ['m2']],
    [{ all: true }, []],
  ])('deleted: %o', (which, left) => {
    expect(ids(told(begun, { type: 'chat.deleted', seq: 5, which } as ToClient).chat.items)).toEqual(left)
  })

  test('turned back to, page by page', () => {
    const page: ToClient = { type: 'history', items: [said('m1', 1), said('m2', 2)], next: null }
    const { chat: all } = told(begun, page)
    expect([ids(all.items), all.next]).toEqual([['m1', 'm2', 'm3'], null])
  })

  test('not to be had now, or not meant for who waits', () => {
    expect(told(welcome({ chat: null })).chat).toEqual({ items: [], next: null, missing: true })
    const you = { ...welcome().you, state: 'waiting' as const }
    expect(told(welcome({ chat: null, you })).chat).toEqual({ items: [], next: null, missing: false })
  })

  test('what others said while the line was down is unread; what there was at first is not', () => {
    expect(told(begun).unread).toBe(0)
    const again = welcome({
      epoch: 'e2',
      chat: { items: [said('m2', 2), said('m3', 3, 'p1'), said('m4', 4), said('m5', 5, 'p1')], next: null },
    })
    expect(told(begun, again).unread).toBe(1)
    const somebody = { ...again, you: { ...again.you, id: 'p9' } }
    expect(told(begun, chat(said('m4', 4)), somebody).unread).toBe(0)
  })
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
    demo: false,
  })
  expect(state.room).toEqual({ room: locked, publishing: true, playable: null, demo: false })
})
