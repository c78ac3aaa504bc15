import { beforeEach, describe, expect, it } from 'vitest'
import { healthNumbers, idOf, personFacts, TestRoom } from '../../../test/support/live.ts'
import type { HealthReport } from '../messages/health.ts'
import { refusalDetails } from '../protocol.ts'
import { INCIDENT_AFTER } from './health.ts'

/** What pages say of their pictures: who hears it, and what becomes an incident. */

const ann = personFacts('Ann', ['op'])
const ben = personFacts('Ben', ['message'])
const cem = personFacts('Cem', [])
const dea = personFacts('Dea', [], { admittedAt: null })

const good: HealthReport = { level: 'good', side: 'unknown', cause: 'none', numbers: healthNumbers() }
const fair: HealthReport = { level: 'fair', side: 'device', cause: 'decoding', numbers: healthNumbers() }
const poor: HealthReport = { level: 'poor', side: 'network', cause: 'loss', numbers: healthNumbers() }

let room: TestRoom
beforeEach(() => {
  room = new TestRoom()
  for (const [socket, facts] of Object.entries({ a1: ann, b1: ben, c1: cem, d1: dea }))
    room.enter(socket, facts)
  for (const socket of ['a1', 'b1', 'c1', 'd1']) room.read(socket)
})

const says = (socket: string, report: HealthReport) => room.says(socket, { type: 'health', ...report })
/** The incidents that the database was given since the last time. */
const written = () => {
  const incidents = room.asks.flatMap(ask => (ask.kind === 'incident' ? [ask.incident] : []))
  room.settle()
  return incidents
}
const incident = (change: object) => ({
  id: expect.stringMatching(/^[a-z2-7]{16}$/) as string,
  personId: ben.id,
  personName: 'Ben',
  ...change,
})

describe('who hears it', () => {
  it('hosts alone, and not who said it', () => {
    says('b1', poor)
    expect(['a1', 'b1', 'c1', 'd1'].map(socket => room.read(socket))).toEqual([
      [{ type: 'health', of: ben.id, ...poor }],
      [],
      [],
      [],
    ])
    says('a1', poor)
    expect(room.read('a1')).toEqual([])
  })

  it('changes nothing that others see, and has no number', () => {
    const { seq, replay } = room.state
    says('b1', poor)
    expect({ seq: room.state.seq, replay: room.state.replay }).toEqual({ seq, replay })
  })

  it('a host who comes later hears the last of each', () => {
    says('b1', poor)
    says('b1', fair)
    room.enter('a2', ann)
    expect(room.read('a2').filter(({ type }) => type === 'health')).toEqual([
      { type: 'health', of: ben.id, ...fair },
    ])
    room.enter('c2', cem)
    expect(room.read('c2').filter(({ type }) => type === 'health')).toEqual([])
  })

  it('not from who waits before the door', () => {
    says('d1', poor)
    expect(room.read('a1')).toEqual([])
    expect(room.read('d1')).toEqual([
      { type: 'refused', about: 'health', code: 'waiting', detail: refusalDetails.waiting },
    ])
  })

  it('so many at once, then one each 2 s, and chat has its own', () => {
    for (let i = 0; i < 6; i++) says('b1', good)
    expect(room.read('a1')).toHaveLength(4)
    expect(room.read('b1').map(message => 'code' in message && message.code)).toEqual([
      'too_fast',
      'too_fast',
    ])
    room.now += 6_000
    says('b1', good)
    room.says('b1', { type: 'hand', raised: true })
    expect(room.read('a1').map(({ type }) => type)).toEqual(['health', 'person.changed'])
  })
})

describe('incidents', () => {
  it('what passes within 5 s is none', () => {
    says('b1', poor)
    room.now += INCIDENT_AFTER - 1
    says('b1', good)
    expect(written()).toEqual([])
  })

  it('what stays is written down, once, and ends when it is good again', () => {
    const beganAt = room.now
    says('b1', fair)
    room.now += INCIDENT_AFTER
    says('b1', fair)
    const open = { level: 'fair', side: 'device', cause: 'decoding', beganAt, endedAt: null }
    const [first, ...more] = written()
    expect([first, more]).toEqual([incident(open), []])
    room.now += INCIDENT_AFTER
    says('b1', fair)
    expect(written()).toEqual([])
    room.now += 2_000
    says('b1', good)
    expect(written()).toEqual([incident({ ...open, id: first!.id, endedAt: room.now })])
  })

  it('keeps the worst of it', () => {
    const beganAt = room.now
    says('b1', fair)
    room.now += INCIDENT_AFTER
    says('b1', fair)
    says('b1', poor)
    says('b1', fair)
    expect(written().map(({ level, cause }) => [level, cause])).toEqual([
      ['fair', 'decoding'],
      ['poor', 'loss'],
    ])
    room.now += 3_000
    says('b1', good)
    expect(written()).toEqual([
      incident({ level: 'poor', side: 'network', cause: 'loss', beganAt, endedAt: room.now }),
    ])
  })

  it.each([
    ['nobody can judge it any more', () => says('b1', { ...good, level: 'unknown' })],
    ['they are gone', () => room.look([ann, cem, dea, { ...ben, removedAt: room.now }])],
  ])('ends when %s, even if nothing was written yet', (_, ends) => {
    const beganAt = room.now
    says('b1', poor)
    room.now += INCIDENT_AFTER
    ends()
    expect(written()).toEqual([
      incident({ level: 'poor', side: 'network', cause: 'loss', beganAt, endedAt: room.now }),
    ])
  })

  it('begins anew after a good one', () => {
    says('b1', poor)
    room.now += INCIDENT_AFTER
    says('b1', good)
    const [first] = written()
    says('b1', poor)
    room.now += INCIDENT_AFTER
    says('b1', poor)
    const [second] = written()
    expect(second!.id).not.toBe(first!.id)
  })
})

describe('the display check', () => {
  it('is seen by all once it is saved', () => {
    room.says('b1', { type: 'display', checked: true, ref: 'x' })
    expect(room.asks).toEqual([
      {
        kind: 'display',
        socket: 'b1',
        by: { id: ben.id, name: 'Ben' },
        ref: 'x',
        checked: true,
        at: room.now,
      },
    ])
    expect(room.read('c1')).toEqual([])
    room.settle()
    expect(room.read('c1')).toMatchObject([
      { type: 'person.changed', person: { id: idOf('ben'), displayChecked: true } },
    ])
    expect(room.read('b1').at(-1)).toEqual({ type: 'done', about: 'display', ref: 'x' })
  })

  it('is not there when it could not be saved', () => {
    room.says('b1', { type: 'display', checked: true, ref: 'x' })
    room.settle(false)
    expect(room.read('c1')).toEqual([])
    expect(room.read('b1')).toEqual([
      { type: 'refused', about: 'display', ref: 'x', code: 'not_saved', detail: refusalDetails.not_saved },
    ])
  })

  it('said twice it is told once', () => {
    for (const ref of ['x', 'y']) {
      room.says('b1', { type: 'display', checked: true, ref })
      room.settle()
    }
    expect(room.read('c1').map(({ type }) => type)).toEqual(['person.changed'])
  })
})
