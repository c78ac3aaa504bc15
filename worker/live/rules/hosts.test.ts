import { beforeEach, describe, expect, it } from 'vitest'
import { personFacts, roomFacts, TestRoom } from '../../../test/support/live.ts'
import { hostsOwed, isDone } from './hosts.ts'
import { GONE_AFTER } from './presence.ts'

/** When the reducer wants it written down that a host is in, or that none is any more. */

const ann = personFacts('Ann')
const ben = personFacts('Ben', ['op'])
const eli = personFacts('Eli', ['op', 'message'])

let room: TestRoom
beforeEach(() => {
  room = new TestRoom()
})

describe('that a host is in', () => {
  it('is written down for the first of them, and for nobody else', () => {
    room.enter('a1', ann)
    expect(room.hosts()).toEqual([])
    room.enter('b1', ben)
    expect(room.hosts()).toEqual([true])
    room.enter('e1', eli)
    room.enter('a2', ann)
    expect(room.hosts()).toEqual([])
  })

  it('is not, of one who still waits for the start', () => {
    room.enter('b1', { ...ben, linkStartsAt: room.now + 1_000 })
    expect(room.hosts()).toEqual([])
    room.pass(1_000)
    expect(room.hosts()).toEqual([true])
  })

  it('is, of one who was in the room before being given `op`', () => {
    room.enter('a1', ann)
    room.look([{ ...ann, permissions: ['op'] }])
    expect(room.hosts()).toEqual([true])
  })

  it('is not, where the database knows', () => {
    room.room = roomFacts({ hostSince: 1 })
    room.enter('b1', ben)
    expect(room.hosts()).toEqual([])
  })

  it('is asked for again and again, until it is', () => {
    room.noting = false
    room.enter('b1', ben)
    room.pass(1)
    room.look([ben])
    expect(room.hosts()).toEqual([true, true, true])
    room.noting = true
    room.pass(1)
    room.pass(1)
    expect(room.hosts()).toEqual([true])
  })
})

describe('that none is any more', () => {
  beforeEach(() => {
    room.enter('a1', ann)
    room.enter('b1', ben)
    room.hosts()
  })

  it.each<[string, () => void]>([
    ['is gone for good', () => room.happens({ type: 'closed', socket: 'b1' })],
    ['fell silent', () => room.pass(GONE_AFTER, ['b1'])],
  ])('is written down when the last one %s', (_, goes) => {
    goes()
    room.pass(GONE_AFTER)
    expect(room.hosts()).toEqual([false])
  })

  it.each<[string, () => void]>([
    ['is removed', () => room.look([ann, { ...ben, removedAt: room.now }])],
    ['loses `op`', () => room.look([ann, { ...ben, permissions: ['message'] }])],
    ['is not in the room’s list any more', () => room.look([ann])],
    ['must wait again', () => room.look([ann, { ...ben, linkStartsAt: room.now + 1 }])],
    ['comes back with a link that was revoked', () => room.open('b2', { ...ben, linkRevokedAt: room.now })],
  ])('is written down at once when the last one %s', (_, goes) => {
    goes()
    expect(room.hosts()).toEqual([false])
  })

  it('is not, while they may come back, while another page of theirs is there, or another host', () => {
    room.enter('b2', ben)
    room.happens({ type: 'closed', socket: 'b1' })
    room.pass(GONE_AFTER * 2)
    room.happens({ type: 'closed', socket: 'b2' })
    room.pass(GONE_AFTER - 1)
    room.enter('e1', eli)
    room.pass(GONE_AFTER)
    expect([room.hosts(), room.state.people.size]).toEqual([[], 2])
  })

  it('is still owed when everybody has left: the room is not forgotten before', () => {
    room.noting = false
    for (const socket of ['a1', 'b1']) room.happens({ type: 'closed', socket })
    room.pass(GONE_AFTER)
    expect([room.state.people.size, isDone(room.state), hostsOwed(room.state)]).toEqual([0, false, false])
    room.noting = true
    room.pass(1)
    expect([isDone(room.state), hostsOwed(room.state)]).toEqual([true, undefined])
  })
})

it('what changes while it is written down is written down next', () => {
  room.noting = false
  room.enter('b1', ben)
  room.look([])
  expect(room.hosts()).toEqual([true])
  room.happens({ type: 'noted', since: room.now })
  expect(room.hosts()).toEqual([false])
})
