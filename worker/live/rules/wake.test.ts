import { expect, it } from 'vitest'
import { personFacts, roomFacts, TestRoom } from '../../../test/support/live.ts'
import { GONE_AFTER } from './presence.ts'
import { nextTick, SELDOM } from './wake.ts'

const ann = personFacts('Ann')
const ben = personFacts('Ben')

function nextIn(room: TestRoom, heardAgo: Record<string, number> = {}): number {
  const heard = new Map([...room.state.sockets.keys()].map(id => [id, room.now - (heardAgo[id] ?? 0)]))
  return nextTick(room.state, heard, room.now) - room.now
}

it('one alone is looked at seldom', () => {
  const room = new TestRoom()
  room.enter('a1', ann)
  room.enter('a2', ann)
  expect(nextIn(room, { a1: 9_000 })).toBe(SELDOM)
})

it('of two, whoever falls silent first', () => {
  const room = new TestRoom()
  room.enter('a1', ann)
  room.enter('b1', ben)
  expect([nextIn(room), nextIn(room, { b1: 9_000 })]).toEqual([GONE_AFTER, 1_000])
})

it('what is overdue is a moment away', () => {
  const room = new TestRoom()
  room.enter('a1', ann)
  room.enter('b1', ben)
  expect(nextIn(room, { b1: GONE_AFTER })).toBe(1)
})

it('who may not come back in time is gone', () => {
  const room = new TestRoom()
  room.enter('a1', ann)
  room.happens({ type: 'closed', socket: 'a1' })
  expect(nextIn(room)).toBe(GONE_AFTER)
})

it('the doors open, the link ends and the room ends on time', () => {
  const room = new TestRoom()
  room.enter('a1', { ...ann, linkStartsAt: room.now + 7_000, linkEndsAt: room.now + 50_000 })
  expect(nextIn(room)).toBe(7_000)
  room.pass(7_000)
  const untilEnd = nextIn(room)
  room.pass(untilEnd - 1)
  expect(room.state.people.size).toBe(1)
  room.pass(1)
  expect(room.state.people.size).toBe(0)
  room.enter('b1', ben)
  room.look([ben], roomFacts({ endsAt: room.now + 30_000 }))
  room.pass(nextIn(room))
  expect(room.state.people.size).toBe(0)
})
