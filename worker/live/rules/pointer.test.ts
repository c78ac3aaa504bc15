import { beforeEach, describe, expect, it } from 'vitest'
import { idOf, personFacts, TestRoom } from '../../../test/support/live.ts'
import { grants } from '../../links/permissions.ts'
import { refusalDetails, type ToServer } from '../protocol.ts'
import { MESSAGES, POINTERS } from './allowance.ts'

/** A pointer is shown to the others and leaves nothing behind. */

const ann = personFacts('Ann', ['op', 'annotate'])
const ben = personFacts('Ben', ['annotate'])
const cem = personFacts('Cem', [])
const dea = personFacts('Dea', ['annotate'], { admittedAt: null })

let room: TestRoom
beforeEach(() => {
  room = new TestRoom()
  for (const [socket, facts] of Object.entries({ a1: ann, b1: ben, b2: ben, c1: cem, d1: dea }))
    room.enter(socket, facts)
  room.open('c2', cem)
  forget()
})
const sockets = ['a1', 'b1', 'b2', 'c1', 'c2', 'd1']
const forget = () => sockets.map(socket => room.read(socket))
const here: ToServer = { type: 'pointer', at: [0.25, 0.75] }
const from = { id: ben.id, name: ben.name }
const refused = (code: keyof typeof refusalDetails) => ({
  type: 'refused',
  about: 'pointer',
  code,
  detail: refusalDetails[code],
})

it.each<[ToServer, object]>([
  [here, { type: 'pointer', from, at: [0.25, 0.75] }],
  [
    { type: 'pointer', at: null },
    { type: 'pointer', from, at: null },
  ],
  [
    { type: 'pointer', at: [0, 1], streamId: idOf('camera') },
    { type: 'pointer', from, at: [0, 1], streamId: idOf('camera') },
  ],
])('%j goes to the others who are in and have said hello', (message, told) => {
  room.says('b1', message)
  expect(forget()).toEqual([[told], [], [], [told], [], []])
})

it('changes nothing that is kept, and nobody who comes back is told', () => {
  const { fleeting: _before, ...before } = room.state
  room.says('b1', here)
  const { fleeting: _after, ...after } = room.state
  for (const part of Object.keys(before) as (keyof typeof before)[]) expect(after[part]).toBe(before[part])
  room.open('a2', ann)
  room.says('a2', { type: 'hello', since: { epoch: after.epoch, seq: after.seq } })
  expect(room.read('a2')).toEqual([expect.objectContaining({ type: 'resumed' })])
})

describe('is refused', () => {
  it('without annotate, whatever else one may', () => {
    room.look([ann, { ...ben, permissions: grants.filter(grant => grant !== 'annotate') }, cem, dea])
    forget()
    room.says('b1', here)
    expect(forget()).toEqual([[], [refused('forbidden')], [], [], [], []])
  })

  it('before the door', () => {
    room.says('d1', here)
    expect(forget()).toEqual([[], [], [], [], [], [refused('waiting')]])
  })
})

describe('too much', () => {
  it('is dropped without a word, and comes back by itself', () => {
    for (let n = 0; n < POINTERS.burst; n++) room.says(n % 2 ? 'b1' : 'b2', here)
    expect(room.read('a1').length).toBe(POINTERS.burst)
    forget()
    room.says('b1', here)
    expect(forget()).toEqual(sockets.map(() => []))
    room.now += 1_000
    for (let n = 0; n < POINTERS.perSecond; n++) room.says('b1', here)
    expect(room.read('a1').length).toBe(POINTERS.perSecond - 1)
  })

  it('takes nothing from what else one says', () => {
    for (let n = 0; n < POINTERS.burst + 20; n++) room.says('b1', here)
    forget()
    // Both pages said hello.
    const left = MESSAGES.burst - 2
    for (let n = 0; n < left; n++) room.says('b1', { type: 'hand', raised: n % 2 === 0 })
    expect(room.read('a1').length).toBe(left)
  })

  it('of 10 s that a line hung is no flood, ten times as much is', () => {
    for (let n = 0; n < 300; n++) room.says('b1', here)
    expect([room.read('b1'), room.state.sockets.has('b1')]).toEqual([[], true])
    for (let n = 0; n < 700; n++) room.says('b1', here)
    expect([room.read('b1'), room.state.sockets.has('b2')]).toEqual([
      [{ type: 'bye', code: 'flooding' }],
      false,
    ])
  })

  it('is forgotten with who is gone', () => {
    room.says('b1', here)
    for (const socket of ['b1', 'b2']) room.happens({ type: 'closed', socket })
    room.pass(60_000)
    expect([...room.state.fleeting.keys()]).toEqual([])
  })
})
