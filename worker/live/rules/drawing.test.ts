import { beforeEach, describe, expect, it } from 'vitest'
import { idOf, personFacts, TestRoom } from '../../../test/support/live.ts'
import { grants } from '../../links/permissions.ts'
import { MAX_MARKS, MAX_POINTS, type Mark, type Point } from '../messages/drawing-fields.ts'
import { type RefusedCode, refusalDetails, type ToServer } from '../protocol.ts'
import { PATIENCE, STROKES } from './allowance.ts'
import { ROOM_MARKS, ROOM_POINTS } from './marks.ts'
import type { PersonFacts } from './state.ts'

/** Drawing over the picture: who may, how much of it, and what everybody else sees. */

const ann = personFacts('Ann', ['op', 'annotate'])
const ben = personFacts('Ben', ['annotate'])
const cem = personFacts('Cem', ['annotate'])
const dea = personFacts('Dea', ['message'])
const eli = personFacts('Eli', ['annotate'], { admittedAt: null })
const everybody = { a1: ann, b1: ben, c1: cem, d1: dea, e1: eli }

let room: TestRoom
beforeEach(() => {
  room = new TestRoom()
  for (const [socket, facts] of Object.entries(everybody)) room.enter(socket, facts)
  forget()
})

const forget = () => {
  for (const socket of room.inbox.keys()) room.read(socket)
}
const pen = (points: Point[], change: Partial<Mark> = {}): Mark => ({
  tool: 'pen',
  ink: 'yellow',
  weight: 3,
  points,
  ...change,
})
const line = (length: number): Point[] => Array.from({ length }, (_, i) => [(i % 1000) / 1000, 0.5])
const M = (n: number) => idOf(`m${n.toString(2).replace(/[01]/g, d => 'bc'[+d]!)}`)
const refused = (about: string, code: RefusedCode, ref?: string) => ({
  type: 'refused',
  about,
  ...(ref ? { ref } : {}),
  code,
  detail: refusalDetails[code],
})
const done = (about: string) => ({ type: 'done', about })
const by = ({ id, name }: PersonFacts) => ({ id, name })
const drawn = (facts: PersonFacts, id: string, mark: Mark) => ({ id, by: by(facts), mark })
/** What somebody who comes now is told is drawn. */
function marks(): unknown {
  room.enter('new', personFacts('Fay', []))
  const [welcome] = room.read('new')
  room.happens({ type: 'closed', socket: 'new' })
  forget()
  return (welcome as { marks?: unknown }).marks
}
/** Slowly enough for the allowance. */
function mark(socket: string, n: number, points: Point[]): void {
  room.now += 1_000 * Math.ceil((1 + points.length / 100) / STROKES.perSecond)
  room.says(socket, { type: 'draw.mark', id: M(n), mark: pen(points) })
}

const a: Point = [0.1, 0.2]
const b: Point = [0.3, 0.4]
const c: Point = [0.5, 0.6]

describe('a stroke', () => {
  it('is seen from its beginning, as it goes on, and as it is in the end', () => {
    room.says('b1', { type: 'draw.mark', id: M(1), mark: pen([a]), ref: 'r' })
    const { seq } = room.state
    expect(room.read('b1')).toEqual([
      { type: 'draw.marked', seq, drawn: drawn(ben, M(1), pen([a])) },
      { type: 'done', about: 'draw.mark', ref: 'r' },
    ])
    expect(room.read('d1')).toEqual([{ type: 'draw.marked', seq, drawn: drawn(ben, M(1), pen([a])) }])
    room.says('b1', { type: 'draw.extend', id: M(1), points: [b] })
    room.says('b1', { type: 'draw.extend', id: M(1), points: [c] })
    expect([room.read('b1'), room.read('a1').slice(1), room.state.seq]).toEqual([
      [],
      [
        { type: 'draw.extended', id: M(1), points: [b] },
        { type: 'draw.extended', id: M(1), points: [c] },
      ],
      seq,
    ])
    expect(marks()).toEqual([drawn(ben, M(1), pen([a, b, c]))])
    room.says('b1', { type: 'draw.end', id: M(1), points: [a, c] })
    const last = { type: 'draw.marked', seq: room.state.seq, drawn: drawn(ben, M(1), pen([a, c])) }
    expect([room.read('b1'), room.read('c1')]).toEqual([[last, done('draw.end')], [last]])
    expect(marks()).toEqual([drawn(ben, M(1), pen([a, c]))])
  })

  it.each(['arrow', 'rectangle', 'ellipse'] as const)('of the %s moves its last point', tool => {
    room.says('b1', { type: 'draw.mark', id: M(1), mark: pen([a, a], { tool }) })
    room.says('b1', { type: 'draw.extend', id: M(1), points: [b, c] })
    expect(marks()).toEqual([drawn(ben, M(1), pen([a, c], { tool }))])
  })

  it('names the picture that it is on', () => {
    room.says('b1', { type: 'draw.mark', id: M(1), mark: pen([a]), streamId: idOf('camera') })
    expect(marks()).toEqual([{ ...drawn(ben, M(1), pen([a])), streamId: idOf('camera') }])
  })

  it('is done as far as it came when its page is gone', () => {
    room.says('b1', { type: 'draw.mark', id: M(1), mark: pen([a]) })
    room.says('b1', { type: 'draw.extend', id: M(1), points: [b] })
    forget()
    room.happens({ type: 'closed', socket: 'b1' })
    const { seq } = room.state
    expect(room.read('a1')).toEqual([{ type: 'draw.marked', seq, drawn: drawn(ben, M(1), pen([a, b])) }])
    room.pass(60_000)
    expect(marks()).toEqual([drawn(ben, M(1), pen([a, b]))])
  })

  it('reaches who was away, once and as it is', () => {
    const since = { epoch: room.state.epoch, seq: room.state.seq }
    room.happens({ type: 'closed', socket: 'a1' })
    room.says('b1', { type: 'draw.mark', id: M(1), mark: pen([a]) })
    room.says('b1', { type: 'draw.end', id: M(1), points: [a, b] })
    room.says('b1', { type: 'draw.mark', id: M(2), mark: pen([c]) })
    room.says('b1', { type: 'draw.undo' })
    room.open('a2', ann)
    room.says('a2', { type: 'hello', since })
    const { seq } = room.state
    expect(room.read('a2').slice(1)).toEqual([
      { type: 'draw.marked', seq: seq - 2, drawn: drawn(ben, M(1), pen([a, b])) },
      { type: 'draw.erased', seq, which: { id: M(2) } },
    ])
  })
})

describe('taking away', () => {
  beforeEach(() => {
    mark('b1', 1, [a])
    mark('c1', 2, [b])
    mark('b1', 3, [c])
    forget()
  })

  it.each<[string, string, ToServer, object | undefined, number[]]>([
    ['one’s own last', 'b1', { type: 'draw.undo' }, { id: M(3) }, [1, 2]],
    ['nothing, where nothing is one’s own', 'a1', { type: 'draw.undo' }, undefined, [1, 2, 3]],
    ['all of one’s own', 'b1', { type: 'draw.clear' }, { of: ben.id }, [2]],
    ['the same by name', 'b1', { type: 'draw.clear', which: { of: ben.id } }, { of: ben.id }, [2]],
    ['nothing of one’s own', 'a1', { type: 'draw.clear' }, undefined, [1, 2, 3]],
    ['another’s, by a host', 'a1', { type: 'draw.clear', which: { of: cem.id } }, { of: cem.id }, [1, 3]],
    ['everything, by a host', 'a1', { type: 'draw.clear', which: { all: true } }, { all: true }, []],
  ])('%s', (_what, socket, message, which, left) => {
    const before = room.state.seq
    room.says(socket, message)
    const erased = which ? [{ type: 'draw.erased', seq: before + 1, which }] : []
    expect([room.read(socket), room.read('d1'), room.read('e1')]).toEqual([
      [...erased, done(message.type)],
      erased,
      [],
    ])
    expect(marks()).toEqual(left.map(n => expect.objectContaining({ id: M(n) })))
  })

  it('a stroke that goes on after it was taken away is refused', () => {
    room.says('a1', { type: 'draw.clear', which: { all: true } })
    forget()
    room.says('b1', { type: 'draw.extend', id: M(3), points: [b] })
    room.says('b1', { type: 'draw.end', id: M(3), points: [b] })
    expect(room.read('b1')).toEqual([refused('draw.extend', 'not_drawn'), refused('draw.end', 'not_drawn')])
    expect(marks()).toEqual([])
  })

  it('who left keeps what they drew, until a host takes it away', () => {
    room.happens({ type: 'closed', socket: 'b1' })
    room.pass(60_000)
    forget()
    expect(room.state.people.has(ben.id)).toBe(false)
    expect(marks()).toEqual([1, 2, 3].map(n => expect.objectContaining({ id: M(n) })))
    room.says('a1', { type: 'draw.clear', which: { of: ben.id } })
    expect(marks()).toEqual([expect.objectContaining({ id: M(2) })])
  })
})

describe('is refused', () => {
  const all: ToServer[] = [
    { type: 'draw.mark', id: M(9), mark: pen([a]), ref: 'r' },
    { type: 'draw.extend', id: M(1), points: [b], ref: 'r' },
    { type: 'draw.end', id: M(1), points: [b], ref: 'r' },
    { type: 'draw.undo', ref: 'r' },
    { type: 'draw.clear', ref: 'r' },
    { type: 'draw.clear', which: { of: cem.id }, ref: 'r' },
    { type: 'draw.clear', which: { all: true }, ref: 'r' },
  ]

  it.each(all)('without the permission of this moment: %j', message => {
    mark('b1', 1, [a])
    const permissions = grants.filter(grant => grant !== 'annotate' && grant !== 'op')
    room.look([ann, { ...ben, permissions }, cem, dea, eli])
    forget()
    room.says('b1', message)
    expect([room.read('b1'), room.read('a1')]).toEqual([[refused(message.type, 'forbidden', 'r')], []])
    expect(marks()).toEqual([drawn(ben, M(1), pen([a]))])
  })

  it.each(all.slice(-2))('to who is no host: %j', message => {
    mark('c1', 1, [a])
    forget()
    room.says('b1', message)
    expect(room.read('b1')).toEqual([refused('draw.clear', 'forbidden', 'r')])
    expect(marks()).toEqual([drawn(cem, M(1), pen([a]))])
  })

  it.each(all)('before the door: %j', message => {
    room.says('e1', message)
    expect(room.read('e1')).toEqual([refused(message.type, 'waiting', 'r')])
  })

  it('under an id that is taken, by anybody', () => {
    mark('b1', 1, [a])
    forget()
    room.says('c1', { type: 'draw.mark', id: M(1), mark: pen([b]) })
    room.says('b1', { type: 'draw.mark', id: M(1), mark: pen([b]) })
    expect([room.read('c1'), room.read('b1')]).toEqual([
      [refused('draw.mark', 'already_sent')],
      [refused('draw.mark', 'already_sent')],
    ])
    expect(marks()).toEqual([drawn(ben, M(1), pen([a]))])
  })

  it('in a mark of somebody else, a host too, or in none', () => {
    mark('b1', 1, [a])
    forget()
    for (const id of [M(1), M(2)]) room.says('a1', { type: 'draw.extend', id, points: [b] })
    room.says('a1', { type: 'draw.end', id: M(1), points: [b] })
    expect(room.read('a1')).toEqual([
      refused('draw.extend', 'not_drawn'),
      refused('draw.extend', 'not_drawn'),
      refused('draw.end', 'not_drawn'),
    ])
    expect(marks()).toEqual([drawn(ben, M(1), pen([a]))])
  })
})

describe('bounds', () => {
  it('a person’s marks', () => {
    for (let n = 0; n < MAX_MARKS; n++) mark('b1', n, [a])
    forget()
    mark('b1', MAX_MARKS, [a])
    mark('c1', MAX_MARKS, [a])
    expect([room.read('b1')[0], room.read('c1')[0]]).toEqual([
      refused('draw.mark', 'too_much_drawn'),
      expect.objectContaining({ type: 'draw.marked' }),
    ])
    room.says('b1', { type: 'draw.undo' })
    forget()
    mark('b1', MAX_MARKS + 1, [a])
    expect(room.read('b1')[0]).toMatchObject({ type: 'draw.marked' })
  })

  it('a person’s points, also of what is being drawn; the end makes room', () => {
    mark('b1', 1, line(MAX_POINTS - 2))
    mark('b1', 2, [a])
    room.says('b1', { type: 'draw.extend', id: M(2), points: [b] })
    forget()
    room.now += 60_000
    room.says('b1', { type: 'draw.extend', id: M(2), points: [c] })
    room.says('b1', { type: 'draw.end', id: M(2), points: [a, b, c] })
    room.says('b1', { type: 'draw.end', id: M(1), points: [a, b] })
    room.says('b1', { type: 'draw.extend', id: M(2), points: [c] })
    expect(room.read('b1')).toEqual([
      refused('draw.extend', 'too_much_drawn'),
      refused('draw.end', 'too_much_drawn'),
      expect.objectContaining({ type: 'draw.marked' }),
      done('draw.end'),
    ])
  })

  const crowd = (people: number, marksEach: number, pointsEach: number): void => {
    let n = 0
    for (let i = 0; i < people; i++) {
      const name = `P${'bcdefghij'[i]}`
      room.enter(name, personFacts(name, ['annotate']))
      for (let k = 0; k < marksEach; k++) mark(name, n++, line(pointsEach))
    }
    forget()
  }

  it.each([
    ['marks', ROOM_MARKS / MAX_MARKS, MAX_MARKS, 1],
    ['points', ROOM_POINTS / MAX_POINTS, 1, MAX_POINTS],
  ])('the room’s %s', (_what, people, marksEach, pointsEach) => {
    crowd(people, marksEach, pointsEach)
    mark('b1', 9_999, [a])
    expect(room.read('b1')).toEqual([refused('draw.mark', 'too_much_drawn')])
  })
})

describe('too much at once', () => {
  it('is refused, and takes nothing from what else one says', () => {
    for (let n = 0; n < STROKES.burst; n++) room.says('b1', { type: 'draw.undo' })
    forget()
    room.says('b1', { type: 'draw.undo' })
    room.says('b1', { type: 'hand', raised: true })
    expect(room.read('b1')).toEqual([
      refused('draw.undo', 'too_fast'),
      expect.objectContaining({ type: 'person.changed' }),
    ])
    room.now += 1_000 / STROKES.perSecond + 1_000 / STROKES.perSecond
    room.says('b1', { type: 'draw.undo' })
    expect(room.read('b1')).toEqual([done('draw.undo')])
  })

  it('counts what others must read', () => {
    const big = { type: 'draw.end', id: M(1), points: line(1_000) } as const
    for (let n = 0; n < Math.floor(STROKES.burst / 11); n++) room.says('b1', big)
    forget()
    room.says('b1', big)
    expect(room.read('b1')).toEqual([refused('draw.end', 'too_fast')])
  })

  it('for long ends all pages', () => {
    for (let n = 0; n < STROKES.burst + STROKES.patience!; n++) room.says('b1', { type: 'draw.undo' })
    expect(room.read('b1').at(-1)).toEqual({ type: 'bye', code: 'flooding' })
    expect(STROKES.patience).toBeGreaterThanOrEqual(PATIENCE)
  })
})
