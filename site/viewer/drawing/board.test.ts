import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Drawn } from '../../../worker/live/messages/drawing.ts'
import type { Point } from '../../../worker/live/messages/drawing-fields.ts'
import type { RefusedCode, ToClient } from '../../../worker/live/protocol.ts'
import { drawing as t } from '../../text/en.ts'
import { createDesk, type Desk } from '../instruments/desk.ts'
import { person, welcome } from '../live/fixture.ts'
import { createRoomStore, type RoomStore } from '../live/room-store.ts'
import { createBoard, type DrawingBoard } from './board.ts'

/** Drawing on the page, against a room that the test answers for. */

const WIDE = { width: 1600, height: 900 }
const a: Point = [0.1, 0.1]
const b: Point = [0.5, 0.5]
const c: Point = [0.6, 0.2]
const yellow = { ink: 'yellow', weight: 3 } as const

interface Said {
  type: string
  ref: string
  [field: string]: unknown
}
let store: RoomStore
let sent: Said[]
let desk: Desk
let board: DrawingBoard
beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('addEventListener', () => {})
  vi.stubGlobal('removeEventListener', () => {})
  sent = []
  store = createRoomStore('page', () => new Promise(() => {}))
  store.take(welcome())
  store.connect(text => void sent.push(JSON.parse(text)))
  desk = createDesk(store.live, () => '')
  board = createBoard(desk)
})
afterEach(() => {
  board.close()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const flush = () => vi.advanceTimersByTimeAsync(0)
/** What was said since the last time, without its names. */
const said = () => sent.splice(0).map(({ ref: _, id: __, ...rest }) => rest)
async function answers(message: Said, code?: RefusedCode): Promise<void> {
  const { type: about, ref } = message
  store.take(code ? { type: 'refused', about, ref, code, detail: '' } : { type: 'done', about, ref })
  await flush()
}
const drawn = (id: string, by: string, change: Partial<Drawn> = {}): Drawn => ({
  id,
  by: { id: by, name: by === 'p1' ? 'Client' : `Name of ${by}` },
  mark: { tool: 'pen', ...yellow, points: [a] },
  ...change,
})
const marked = (seq: number, mark: Drawn): ToClient => ({ type: 'draw.marked', seq, drawn: mark })
const laid = () => board.laid.value.map(({ by, mark }) => [by, mark.tool, mark.points])

describe('for all to see', () => {
  test('a pen’s stroke is sent while it is drawn, in parts, and whole at its end', async () => {
    board.begin(false)
    board.down(a, WIDE)
    expect(said()).toEqual([{ type: 'draw.mark', mark: { tool: 'pen', ...yellow, points: [a] } }])
    const line = Array.from({ length: 100 }, (_, i): Point => [0.1 + i / 250, 0.1])
    for (const point of line) {
      board.move([point])
      await vi.advanceTimersByTimeAsync(10)
    }
    const parts = said()
    expect(new Set(parts.map(({ type }) => type))).toEqual(new Set(['draw.extend']))
    expect(parts.length).toBeLessThanOrEqual(21)
    expect(laid()).toEqual([['Client', 'pen', line]])
    board.up()
    expect(laid()[0]![2]).toHaveLength(16)
  })

  test('stays where it is until the room has it, then is the room’s', async () => {
    board.begin(false)
    board.down(a, WIDE)
    const [begun] = sent.splice(0)
    const mark = drawn(begun!.id as string, 'p1')
    store.take(marked(5, mark))
    await answers(begun!)
    board.move([b])
    board.up()
    expect(laid()).toEqual([['Client', 'pen', [a, b]]])
    await flush()
    const [ended] = sent.splice(0)
    expect(ended).toMatchObject({ type: 'draw.end', id: mark.id, points: [a, b] })
    store.take(marked(6, { ...mark, mark: { ...mark.mark, points: [a, b] } }))
    await answers(ended!)
    expect([laid(), board.said.value]).toEqual([[['Client', 'pen', [a, b]]], ''])
    store.take({ type: 'draw.erased', seq: 7, which: { all: true } })
    expect(laid()).toEqual([])
  })

  test('a shape is sent when there is something to see; its last point moves', async () => {
    board.begin(false)
    board.tool.value = 'ellipse'
    board.ink.value = 'red'
    board.weight.value = 5
    board.down(a, WIDE)
    await vi.advanceTimersByTimeAsync(500)
    expect(said()).toEqual([])
    board.move([c, b])
    await flush()
    board.move([c])
    await vi.advanceTimersByTimeAsync(50)
    expect(said()).toEqual([
      { type: 'draw.mark', mark: { tool: 'ellipse', ink: 'red', weight: 5, points: [a, b] } },
      { type: 'draw.extend', points: [c] },
    ])
  })

  test('a slip of the hand is nothing', async () => {
    board.begin(false)
    board.tool.value = 'arrow'
    board.down(a, WIDE)
    board.up()
    await vi.advanceTimersByTimeAsync(500)
    expect([said(), laid()]).toEqual([[], []])
    board.down(a, WIDE)
    board.move([b])
    await flush()
    board.move([a])
    board.up()
    await vi.advanceTimersByTimeAsync(500)
    expect(said().map(({ type }) => type)).toEqual(['draw.mark', 'draw.undo'])
  })

  test.each<[RefusedCode, string]>([
    ['forbidden', t.refused.forbidden],
    ['too_much_drawn', t.refused.too_much_drawn],
    ['not_drawn', t.refused.not_drawn],
    ['too_fast', t.refused.too_fast],
    ['waiting', t.refused.other],
  ])('refused (%s): it goes, and the bar says why', async (code, sentence) => {
    board.begin(false)
    board.down(a, WIDE)
    board.up()
    await answers(sent.splice(0)[0]!, code)
    expect([laid(), board.said.value, said()]).toEqual([[], sentence, []])
    board.down(a, WIDE)
    expect(board.said.value).toBe('')
  })

  test('lost with the line: the bar says so', async () => {
    board.begin(false)
    board.down(a, WIDE)
    board.up()
    store.connect(null)
    await flush()
    expect([laid(), board.said.value]).toEqual([[], t.lost])
  })

  test.each([
    ['undo', () => board.undo(), { type: 'draw.undo' }],
    ['one’s own', () => board.clear(), { type: 'draw.clear' }],
    ['all', () => board.clear(true), { type: 'draw.clear', which: { all: true } }],
  ])('taking away: %s', (_, act, message) => {
    board.begin(false)
    act()
    expect(said()).toEqual([message])
  })

  test('what others draw is on the picture that it is on', () => {
    store.take(marked(5, drawn('m1', 'p2')))
    store.take(marked(6, drawn('m2', 'p3', { streamId: 's1' })))
    expect(laid()).toEqual([['Name of p2', 'pen', [a]]])
    desk.stream.value = 's1'
    expect(laid()).toEqual([['Name of p3', 'pen', [a]]])
    board.begin(false)
    board.down(a, WIDE)
    expect(said()).toEqual([expect.objectContaining({ type: 'draw.mark', streamId: 's1' })])
  })
})

describe('on a note', () => {
  beforeEach(() => {
    store.take(marked(5, drawn('m1', 'p2')))
    board.begin(true)
  })
  const stroke = (...points: Point[]) => {
    board.down(points[0]!, WIDE)
    board.move(points.slice(1))
    board.up()
  }

  test('nobody sees it, others’ marks are not in the way, and the note takes it', () => {
    stroke(a, b)
    board.tool.value = 'rectangle'
    stroke(b, c)
    expect([said(), laid()]).toEqual([
      [],
      [
        ['Client', 'pen', [a, b]],
        ['Client', 'rectangle', [b, c]],
      ],
    ])
    board.end()
    expect([desk.mode.value, board.marks.value.length, laid()]).toEqual([
      'watch',
      2,
      [['Name of p2', 'pen', [a]]],
    ])
    const { marks } = board.take()!
    expect(marks.map(({ tool }) => tool)).toEqual(['pen', 'rectangle'])
    expect([board.marks.value, board.take()]).toEqual([[], null])
  })

  test('undo and clear are of the note alone', () => {
    stroke(a, b)
    stroke(b, c)
    board.undo()
    expect(laid()).toEqual([['Client', 'pen', [a, b]]])
    board.clear()
    expect([laid(), said(), board.take()]).toEqual([[], [], null])
  })

  test('no more than a note may have', () => {
    for (let i = 0; i < 101; i++) stroke([i / 200, 0.5])
    expect([board.marks.value.length, board.said.value]).toEqual([100, t.full])
  })

  test('what is in the hand when it is taken is taken too', () => {
    board.down(a, WIDE)
    board.move([b])
    expect(board.take()).toEqual({ marks: [{ tool: 'pen', ...yellow, points: [a, b] }] })
  })
})

test('a note’s drawing is shown, and taken away', () => {
  board.show({ marks: [{ tool: 'arrow', ink: 'blue', weight: 2, points: [a, b] }] })
  expect(laid()).toEqual([[null, 'arrow', [a, b]]])
  board.show(null)
  expect(laid()).toEqual([])
})

describe('who may not draw', () => {
  const become = (permissions: ('message' | 'annotate')[]) =>
    store.take({ type: 'person.changed', seq: 9, person: person('p1', { permissions }) })

  test('does not begin', () => {
    become(['message'])
    board.begin(false)
    board.begin(true)
    expect([board.turn(), desk.mode.value]).toEqual([false, 'watch'])
  })

  test('stops when that is taken from them', () => {
    board.begin(false)
    become(['message'])
    expect(desk.mode.value).toBe('watch')
  })
})

test('the key turns it on and off', () => {
  expect([board.turn(), desk.mode.value, board.turn(), desk.mode.value]).toEqual([
    true,
    'draw',
    true,
    'watch',
  ])
})
