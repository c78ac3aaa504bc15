import { beforeEach, describe, expect, it } from 'vitest'
import { NOON } from '../../../test/support/app.ts'
import { idOf, personFacts, roomFacts, TestRoom } from '../../../test/support/live.ts'
import type { ToClient, ToServer } from '../protocol.ts'
import { GONE_AFTER } from './presence.ts'
import type { PersonFacts } from './state.ts'

/** Who stands before the door: what they are told, and what hosts are told of them. */

const ann = personFacts('Ann', ['message'])
const ben = personFacts('Ben', ['op', 'message'])
const knocking = (name: string, change: Partial<PersonFacts> = {}) =>
  personFacts(name, ['message'], { admittedAt: null, ...change })
const dea = knocking('Dea')
const eli = knocking('Eli')

let room: TestRoom
beforeEach(() => {
  room = new TestRoom()
  room.room = roomFacts({ waitingRoom: true })
  room.enter('a1', ann)
  room.enter('b1', ben)
  for (const socket of ['a1', 'b1']) room.read(socket)
})

const waiter = (facts: PersonFacts, change: object = {}) => ({
  id: facts.id,
  name: facts.name,
  since: new Date(NOON).toISOString(),
  for: 'admission',
  link: facts.link,
  ...change,
})
const types = (socket: string) => room.read(socket).map(message => message.type)
const welcomes = (socket: string) =>
  room.read(socket).map(message => {
    const { you, people, waiting, chat } = message as Extract<ToClient, { type: 'welcome' }>
    return { you: [you.state, you.opensAt, you.waiting], people: people.length, waiting, chat }
  })
const letIn = (facts: PersonFacts) => ({ ...facts, admittedAt: room.now })

describe('somebody who knocks', () => {
  it('is told what they wait for, and nothing of people and chat; hosts are told of them, others are not', () => {
    room.enter('d1', dea)
    expect(welcomes('d1')).toEqual([
      { you: ['waiting', null, { for: 'admission', message: null }], people: 0, waiting: [], chat: null },
    ])
    expect(room.read('b1')).toEqual([
      { type: 'waiting.joined', seq: expect.any(Number), person: waiter(dea) },
    ])
    expect(room.read('a1')).toEqual([])
  })

  it.each<[string, Partial<Parameters<typeof roomFacts>[0]>, Partial<PersonFacts>, object]>([
    [
      'a locked door',
      { lockedAt: 1, lockMessage: 'Back at two.' },
      {},
      { for: 'unlock', message: 'Back at two.' },
    ],
    ['a room that wants a host', { hostless: true }, { admittedAt: 1 }, { for: 'host', message: null }],
  ])('before %s is told so', (_, facts, person, waiting) => {
    room.room = roomFacts(facts)
    room.enter('d1', { ...dea, ...person })
    expect(welcomes('d1')).toMatchObject([{ you: ['waiting', null, waiting] }])
  })

  it('with another page is one who waits', () => {
    room.enter('d1', dea)
    room.enter('d2', dea)
    room.happens({ type: 'closed', socket: 'd1' })
    room.pass(GONE_AFTER * 2)
    expect(types('b1')).toEqual(['waiting.joined'])
  })

  it('too early waits for the start alone, of which hosts need not be told', () => {
    room.enter('d1', { ...dea, linkStartsAt: room.now + 1_000 })
    expect([welcomes('d1')[0]!.you, room.read('b1')]).toEqual([
      ['waiting', '2026-11-21T12:00:01.000Z', { for: 'start', message: null }],
      [],
    ])
    room.pass(1_000)
    expect([welcomes('d1')[0]!.you, room.read('b1')]).toEqual([
      ['waiting', null, { for: 'admission', message: null }],
      [{ type: 'waiting.joined', seq: expect.any(Number), person: waiter(dea) }],
    ])
  })

  it.each<ToServer>([
    { type: 'chat', text: 'let me in', ref: '1' },
    { type: 'hand', raised: true },
    { type: 'history', before: `1.${idOf('x')}` },
    { type: 'door.admit', who: { all: true } },
    { type: 'signal', to: ben.id, data: 'x' },
    { type: 'caption', text: 'x' },
  ])('may not say $type', message => {
    room.enter('d1', dea)
    room.read('d1')
    room.says('d1', message)
    expect([room.read('d1'), room.asks]).toEqual([
      [expect.objectContaining({ type: 'refused', about: message.type, code: 'waiting' })],
      [],
    ])
  })

  it('is not told what is said or done behind the door, nor can be written to', () => {
    room.enter('d1', dea)
    room.read('d1')
    room.says('a1', { type: 'chat', text: 'secret', ref: '1' })
    room.says('a1', { type: 'chat', text: 'psst', ref: '2', to: dea.id })
    room.says('b1', { type: 'hand', raised: true })
    room.enter('e1', eli)
    room.settle()
    expect(room.read('d1')).toEqual([])
    expect(room.read('a1').filter(message => message.type === 'refused')).toEqual([
      expect.objectContaining({ code: 'not_here', ref: '2' }),
    ])
  })

  it('learns what everybody may know of the room', () => {
    room.enter('d1', dea)
    room.read('d1')
    room.look([ann, ben, dea], { ...room.room, publishing: true, playable: true })
    expect(types('d1')).toEqual(['room.changed'])
  })
})

describe('who is let in', () => {
  it('begins with a fresh welcome; hosts see them leave the door, and everybody sees them come', () => {
    room.enter('d1', dea)
    for (const socket of ['b1', 'd1']) room.read(socket)
    room.look([ann, ben, letIn(dea)])
    room.settle()
    expect(welcomes('d1')).toEqual([
      { you: ['admitted', null, null], people: 3, waiting: [], chat: { items: [], next: null } },
    ])
    expect([types('b1'), types('a1')]).toEqual([['waiting.left', 'person.joined'], ['person.joined']])
  })

  it('is greeted with nothing before they have said hello', () => {
    room.open('d1', dea)
    room.look([ann, ben, letIn(dea)])
    expect(room.read('d1')).toEqual([])
    room.says('d1', { type: 'hello' })
    room.settle()
    expect(welcomes('d1')).toMatchObject([{ you: ['admitted', null, null] }])
  })
})

describe('who is not', () => {
  it('is sent away with the reason; hosts see them leave the door, others see nothing', () => {
    room.enter('d1', dea)
    for (const socket of ['b1', 'd1']) room.read(socket)
    room.look([ann, ben, { ...dea, removedAt: room.now, removedReason: 'Wrong review.' }])
    expect([room.read('d1'), types('b1'), room.read('a1')]).toEqual([
      [{ type: 'bye', code: 'removed', reason: 'Wrong review.' }],
      ['waiting.left'],
      [],
    ])
  })

  it.each<[string, () => void]>([
    ['goes away', () => room.happens({ type: 'closed', socket: 'd1' })],
    ['falls silent', () => room.pass(GONE_AFTER, ['d1'])],
  ])('and %s has left the door when they are gone for good', (_, goes) => {
    room.enter('d1', dea)
    room.read('b1')
    goes()
    room.pass(GONE_AFTER)
    expect(types('b1')).toEqual(['waiting.left'])
  })
})

describe('a host', () => {
  beforeEach(() => {
    room.enter('d1', dea)
    room.enter('e1', eli)
    for (const socket of ['a1', 'b1']) room.read(socket)
  })
  const both = [waiter(dea), waiter(eli)]

  it('who comes later is welcomed with all who wait; a viewer with none of them', () => {
    room.enter('b2', ben)
    room.enter('a2', ann)
    expect([welcomes('b2')[0]!.waiting, welcomes('a2')[0]!.waiting]).toEqual([both, []])
  })

  it('made of a viewer is told of all who wait, once', () => {
    const host = { ...ann, permissions: ['op', 'message'] as PersonFacts['permissions'] }
    room.look([host, ben, dea, eli])
    room.look([host, ben, dea, eli])
    const told = both.map(person => ({ type: 'waiting.joined', seq: expect.any(Number), person }))
    expect(room.read('a1')).toEqual([expect.objectContaining({ type: 'person.changed' }), ...told])
    expect(types('b1')).toEqual(['person.changed'])
  })

  it('who is one no more is told nothing of the door', () => {
    room.look([ann, { ...ben, permissions: [] }, dea, eli])
    room.read('b1')
    room.look([ann, { ...ben, permissions: [] }, letIn(dea), eli])
    expect(types('b1')).toEqual(['person.joined'])
  })

  it('who comes back gets what happened at the door meanwhile', () => {
    const { epoch, seq } = room.state
    room.happens({ type: 'closed', socket: 'b1' })
    room.look([ann, ben, letIn(dea), eli])
    room.open('b2', ben)
    room.says('b2', { type: 'hello', since: { epoch, seq } })
    expect(types('b2')).toEqual(['resumed', 'waiting.left', 'person.joined'])
  })

  it('made one while they were gone is told of all who wait when they come back', () => {
    const { epoch } = room.state
    room.happens({ type: 'closed', socket: 'a1' })
    room.pass(GONE_AFTER)
    const { seq } = room.state
    room.open('a2', { ...ann, permissions: ['op', 'message'] })
    room.says('a2', { type: 'hello', since: { epoch, seq } })
    const told = room.read('a2')
    expect(told.filter(({ type }) => type === 'waiting.joined')).toMatchObject(
      both.map(person => ({ person })),
    )
  })

  it('comes in whatever stands before the door', () => {
    room.room = roomFacts({ waitingRoom: true, lockedAt: 1, hostless: true })
    room.enter('f1', personFacts('Fay', ['op'], { admittedAt: null }))
    expect(welcomes('f1')[0]!.you[0]).toBe('admitted')
  })
})

it('who was in and must wait again sees nothing of the room any more, and hosts see them at the door', () => {
  room.look([ann, ben], roomFacts({ waitingRoom: true, hostless: true }))
  room.settle()
  expect(welcomes('a1')).toEqual([
    { you: ['waiting', null, { for: 'host', message: null }], people: 0, waiting: [], chat: null },
  ])
  expect(types('b1')).toEqual(['person.left', 'waiting.joined'])
})
