import { beforeEach, describe, expect, it } from 'vitest'
import { addressOf, idOf, personFacts, TestRoom } from '../../../test/support/live.ts'

const ann = personFacts('Ann', ['op', 'message'])
const ben = personFacts('Ben', ['message'], { watermark: 'corner' })
const cem = personFacts('Cem')

let room: TestRoom
beforeEach(() => {
  room = new TestRoom()
  for (const [socket, facts] of Object.entries({ a1: ann, b1: ben, c1: cem })) room.enter(socket, facts)
})

const words = (facts: typeof ben) =>
  `${facts.name} · ${facts.link.label} · 21 Nov 2026 · ${addressOf(facts.name)}`
const clear = () => {
  for (const socket of room.inbox.keys()) room.read(socket)
}
const unmarked = { type: 'notice', kind: 'unmarked', from: { id: ben.id, name: 'Ben' }, text: '' }

describe('a page is told how its picture is marked', () => {
  it('in its welcome, with what the server knows of it', () => {
    const marks = ['a1', 'b1', 'c1'].map(socket =>
      room.read(socket).flatMap(said => (said.type === 'welcome' ? [said.you.watermark] : [])),
    )
    expect(marks).toEqual([[null], [{ mode: 'corner', text: words(ben) }], [null]])
  })

  it('when it changes, and nobody else is', () => {
    clear()
    room.look([ann, { ...ben, watermark: 'tiled' }, cem])
    room.look([ann, { ...ben, watermark: 'off' }, cem])
    expect([room.read('a1'), room.read('b1'), room.read('c1')]).toEqual([
      [],
      [
        { type: 'watermark', watermark: { mode: 'tiled', text: words(ben) } },
        { type: 'watermark', watermark: null },
      ],
      [],
    ])
  })

  it('when it comes back, after it was changed meanwhile', () => {
    room.happens({ type: 'closed', socket: 'c1' })
    const marked = { ...cem, watermark: 'tiled' as const }
    room.open('c2', marked)
    room.says('c2', { type: 'hello', since: { epoch: idOf('epoch'), seq: room.state.seq } })
    expect(room.read('c2')).toEqual([
      expect.objectContaining({ type: 'resumed', watermark: { mode: 'tiled', text: words(cem) } }),
    ])
  })
})

describe('a mark that was taken off', () => {
  it('is told to hosts and to the audit, once a minute and person', () => {
    clear()
    for (let i = 0; i < 3; i++) room.says('b1', { type: 'watermark.removed' })
    expect([room.read('a1'), room.read('b1'), room.read('c1')]).toEqual([
      [{ ...unmarked, seq: expect.any(Number) }],
      [],
      [],
    ])
    expect(room.records).toEqual([
      {
        action: 'person.unmark',
        by: { id: ben.id, name: 'Ben' },
        address: addressOf('Ben'),
        userAgent: 'Ben’s browser',
        target: { kind: 'person', id: ben.id, name: 'Ben' },
        params: {},
      },
    ])
    room.pass(60_001)
    room.says('b1', { type: 'watermark.removed' })
    expect(room.records.length).toBe(2)
  })

  it('is nothing on a page that has none', () => {
    clear()
    room.says('c1', { type: 'watermark.removed' })
    expect([room.read('a1'), room.records]).toEqual([[], []])
  })

  it('is nothing from somebody who waits before the door', () => {
    const dea = personFacts('Dea', [], { admittedAt: null, watermark: 'corner' })
    room.enter('d1', dea)
    clear()
    room.says('d1', { type: 'watermark.removed' })
    expect([room.read('d1').map(said => said.type), room.read('a1'), room.records]).toEqual([
      ['refused'],
      [],
      [],
    ])
  })
})
