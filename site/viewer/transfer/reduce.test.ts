import { describe, expect, test } from 'vitest'
import { DATA_SDP, ID, TAB } from './fixture.ts'
import { CHECK_MS, CONNECT_MS, OFFER_MS, SLOWEST, STALL_MS } from './limits.ts'
import { reduceTransfer, speedOf } from './reduce.ts'
import { askedOf, draftOf, ends, type Phase, type Transfer, type TransferEvent } from './state.ts'

const T0 = 1_000_000
const SIZE = 10_000_000
const OTHER_TAB = 'uuuuuuuuuuuuuuuu'
const what = { id: ID, peer: { id: 'ada', name: 'Ada' }, file: { name: 'a.mov', size: SIZE, mime: '' } }

const at = (way: 'out' | 'in', phase: Phase): Transfer => ({
  ...(way === 'out' ? draftOf(what, T0) : askedOf(what, T0)),
  phase,
  tab: ['connecting', 'moving', 'checking'].includes(phase) ? TAB : null,
})

type Plain = TransferEvent extends infer E ? (E extends unknown ? Omit<E, 'now'> : never) : never
const stop = (why: string) => ({ do: 'say', signal: { is: 'stop', id: ID, why } })
const end = { do: 'end' }
const sdp = (type: 'offer' | 'answer', tab = TAB) =>
  ({ type: 'heard', signal: { is: 'sdp', id: ID, tab, type, sdp: DATA_SDP } }) as const
const heard = (signal: object) => ({ type: 'heard', signal: { id: ID, ...signal } }) as Plain

/** What each event makes of each phase. What is not here changes nothing at all. */
const events = {
  send: { type: 'send' },
  accept: { type: 'accept', tab: TAB },
  refuse: { type: 'refuse' },
  cancel: { type: 'cancel' },
  'they accept': heard({ is: 'accept', tab: TAB }),
  'they refuse': heard({ is: 'refuse', why: 'refused' }),
  'too large for them': heard({ is: 'refuse', why: 'too_large', limit: 500 }),
  'they cancel': heard({ is: 'stop', why: 'cancelled' }),
  'their disk is full': heard({ is: 'stop', why: 'storage' }),
  'their file is gone': heard({ is: 'stop', why: 'file' }),
  'they found a wrong hash': heard({ is: 'stop', why: 'hash' }),
  'their offer': sdp('offer'),
  'their answer': sdp('answer'),
  'an offer for another page': sdp('offer', OTHER_TAB),
  'an answer of another page': sdp('answer', OTHER_TAB),
  open: { type: 'open' },
  moved: { type: 'moved', moved: 1000 },
  all: { type: 'all' },
  verified: { type: 'verified' },
  'hash wrong': { type: 'broke', why: 'hash' },
  lost: { type: 'broke', why: 'lost' },
  left: { type: 'left' },
} as const satisfies Record<string, Plain>
type EventName = keyof typeof events

type Row = [phase: Phase, event: EventName, to: Phase, effects: object[], more?: Partial<Transfer>]
const you = { by: 'you' } as const
const them = { by: 'them' } as const
const failure = (why: Transfer['failure']) => ({ failure: why })

const out: Row[] = [
  ['draft', 'send', 'offered', [{ do: 'say', signal: { is: 'offer', id: ID, file: what.file } }]],
  ['draft', 'cancel', 'cancelled', [end], you],
  ['draft', 'left', 'failed', [end], failure('left')],
  ['offered', 'they accept', 'connecting', [{ do: 'connect' }], { tab: TAB }],
  ['offered', 'they refuse', 'refused', [], { ...them, refusal: { why: 'refused', limit: null } }],
  ['offered', 'too large for them', 'refused', [], { ...them, refusal: { why: 'too_large', limit: 500 } }],
  ['connecting', 'their answer', 'connecting', [{ do: 'take', type: 'answer', sdp: DATA_SDP }]],
  ['connecting', 'open', 'moving', [], { movedAt: T0 + 5, marks: [{ at: T0 + 5, moved: 0 }] }],
  ['moving', 'moved', 'moving', [], { moved: 1000, movedAt: T0 + 5, marks: [{ at: T0 + 5, moved: 1000 }] }],
  ['moving', 'all', 'checking', [], { moved: SIZE }],
  ['checking', 'verified', 'done', [end]],
  ...(['offered', 'connecting', 'moving', 'checking'] as const).flatMap((phase): Row[] => [
    [phase, 'cancel', 'cancelled', [stop('cancelled'), end], you],
    [phase, 'they cancel', 'cancelled', [end], them],
    [phase, 'their disk is full', 'failed', [end], failure('storage')],
    // A file is on the sender's side only.
    [phase, 'their file is gone', 'failed', [end], failure('theirs')],
    [phase, 'they found a wrong hash', 'failed', [end], failure('hash')],
    [phase, 'hash wrong', 'failed', [stop('hash'), end], failure('hash')],
    [phase, 'lost', 'failed', [stop('connection'), end], failure('lost')],
    [phase, 'left', 'failed', [stop('cancelled'), end], failure('left')],
  ]),
]

const into: Row[] = [
  [
    'asked',
    'accept',
    'connecting',
    [{ do: 'say', signal: { is: 'accept', id: ID, tab: TAB } }],
    { tab: TAB },
  ],
  ...(['refuse', 'cancel'] as const).map(
    (event): Row => [
      'asked',
      event,
      'refused',
      [{ do: 'say', signal: { is: 'refuse', id: ID, why: 'refused' } }],
      you,
    ],
  ),
  // Another page of this person took it.
  ['asked', 'their offer', 'elsewhere', [end]],
  ['asked', 'an offer for another page', 'elsewhere', [end]],
  ['connecting', 'their offer', 'connecting', [{ do: 'take', type: 'offer', sdp: DATA_SDP }]],
  ['connecting', 'open', 'moving', [], { movedAt: T0 + 5, marks: [{ at: T0 + 5, moved: 0 }] }],
  ['moving', 'moved', 'moving', [], { moved: 1000, movedAt: T0 + 5, marks: [{ at: T0 + 5, moved: 1000 }] }],
  ['moving', 'all', 'checking', [], { moved: SIZE }],
  ['checking', 'verified', 'done', [{ do: 'save' }, end]],
  ...(['connecting', 'moving', 'checking'] as const).flatMap((phase): Row[] => [
    [phase, 'cancel', 'cancelled', [stop('cancelled'), end], you],
    [phase, 'an offer for another page', 'elsewhere', [end]],
  ]),
  ...(['asked', 'connecting', 'moving', 'checking'] as const).flatMap((phase): Row[] => [
    [phase, 'they cancel', 'cancelled', [end], them],
    // A full disk is on the receiver's side only.
    [phase, 'their disk is full', 'failed', [end], failure('theirs')],
    [phase, 'their file is gone', 'failed', [end], failure('file')],
    [phase, 'they found a wrong hash', 'failed', [end], failure('hash')],
    [phase, 'hash wrong', 'failed', [stop('hash'), end], failure('hash')],
    [phase, 'lost', 'failed', [stop('connection'), end], failure('lost')],
    [phase, 'left', 'failed', [stop('cancelled'), end], failure('left')],
  ]),
]

const phases = {
  out: ['draft', 'offered', 'connecting', 'moving', 'checking', 'done', 'refused', 'cancelled', 'failed'],
  in: ['asked', 'connecting', 'moving', 'checking', ...ends],
} as const

describe.each([
  ['out', out],
  ['in', into],
] as const)('%s', (way, rows) => {
  const table = phases[way].flatMap(phase =>
    (Object.keys(events) as EventName[]).map(event => [phase, event] as const),
  )

  test('every row of the table is about a phase and an event, once', () => {
    const named = rows.map(([phase, event]) => `${phase} ${event}`)
    expect(new Set(named).size).toBe(rows.length)
    expect(table.map(([phase, event]) => `${phase} ${event}`)).toEqual(expect.arrayContaining(named))
  })

  test.each(table)('%s: %s', (phase, event) => {
    const before = at(way, phase)
    const row = rows.find(([p, e]) => p === phase && e === event)
    const step = reduceTransfer(before, { ...events[event], now: T0 + 5 } as TransferEvent)
    if (!row) return expect(step).toEqual({ transfer: before, effects: [] })
    const [, , to, effects, more] = row
    const since = to === phase ? T0 : T0 + 5
    expect(step).toEqual({ transfer: { ...before, since, phase: to, ...more }, effects })
  })
})

describe('what takes too long ends', () => {
  const tick = (transfer: Transfer, now: number) => reduceTransfer(transfer, { type: 'tick', now })
  test.each<[way: 'out' | 'in', phase: Phase, ms: number, why: string, failure: string]>([
    ['out', 'offered', OFFER_MS, 'cancelled', 'no_answer'],
    ['in', 'asked', OFFER_MS, 'cancelled', 'no_answer'],
    ['out', 'connecting', CONNECT_MS, 'connection', 'connection'],
    ['in', 'connecting', CONNECT_MS, 'connection', 'connection'],
    ['out', 'moving', STALL_MS, 'connection', 'lost'],
    ['in', 'moving', STALL_MS, 'connection', 'lost'],
    ['out', 'checking', CHECK_MS, 'connection', 'lost'],
    ['in', 'checking', CHECK_MS, 'connection', 'lost'],
  ])('%s %s after %i ms', (way, phase, ms, why, failure) => {
    const before = at(way, phase)
    expect(tick(before, T0 + ms - 1)).toEqual({ transfer: before, effects: [] })
    expect(tick(before, T0 + ms)).toEqual({
      transfer: { ...before, phase: 'failed', failure, since: T0 + ms },
      effects: [stop(why), end],
    })
  })

  test('but a draft waits as long as its sender likes', () => {
    const draft = at('out', 'draft')
    expect(tick(draft, T0 + 10 * OFFER_MS)).toEqual({ transfer: draft, effects: [] })
  })

  /** Moves some bytes each second from T0 on, and tells when and how it ended. */
  function run(
    bytesPerSecond: number,
    seconds: number,
  ): [phase: string, failure: string | null, after: number] {
    let transfer: Transfer = { ...at('out', 'moving'), marks: [{ at: T0, moved: 0 }] }
    for (let s = 1; s <= seconds; s++) {
      const now = T0 + s * 1000
      transfer = reduceTransfer(transfer, {
        type: 'moved',
        moved: Math.floor(s * bytesPerSecond),
        now,
      }).transfer
      transfer = tick(transfer, now).transfer
      if (transfer.phase !== 'moving') return [transfer.phase, transfer.failure, s]
    }
    return [transfer.phase, transfer.failure, seconds]
  }
  const least = SLOWEST.bytes / (SLOWEST.ms / 1000)

  test('slower than the slowest ends after a minute, as slow as it may be does not', () => {
    expect(run(least - 1, 600)).toEqual(['failed', 'slow', 60])
    expect(run(least + 1, 600)).toEqual(['moving', null, 600])
  })

  test('fast first and slow then is slow', () => {
    let transfer: Transfer = { ...at('out', 'moving'), marks: [{ at: T0, moved: 0 }] }
    for (let s = 1; s <= 200 && transfer.phase === 'moving'; s++) {
      const moved = s <= 10 ? s * 500_000 : 5_000_000 + s
      transfer = reduceTransfer(transfer, { type: 'moved', moved, now: T0 + s * 1000 }).transfer
      transfer = tick(transfer, T0 + s * 1000).transfer
    }
    expect([transfer.failure, transfer.since]).toEqual(['slow', T0 + 70_000])
  })
})

test('bytes only ever grow, and never beyond the size', () => {
  const moving = { ...at('in', 'moving'), moved: 5000 }
  for (const moved of [0, 4999, 5000, SIZE + 1, Number.NaN])
    expect(reduceTransfer(moving, { type: 'moved', moved, now: T0 + 9 })).toEqual({
      transfer: moving,
      effects: [],
    })
})

test('speed is that of the last seconds, and none at first', () => {
  let transfer: Transfer = { ...at('out', 'moving'), marks: [{ at: T0, moved: 0 }] }
  expect(speedOf(transfer, T0 + 999)).toBeNull()
  const speeds: (number | null)[] = []
  for (let s = 1; s <= 20; s++) {
    const moved = s <= 10 ? s * 1000 : 10_000 + (s - 10) * 5000
    transfer = reduceTransfer(transfer, { type: 'moved', moved, now: T0 + s * 1000 }).transfer
    speeds.push(speedOf(transfer, T0 + s * 1000))
  }
  expect([speeds[0], speeds[9], speeds[19]]).toEqual([1000, 1000, 5000])
  expect(transfer.marks.length).toBeLessThan(100)
  expect(speedOf(at('out', 'done'), T0)).toBeNull()
})

test('marks do not pile up, however often bytes come', () => {
  let transfer: Transfer = { ...at('out', 'moving'), marks: [{ at: T0, moved: 0 }] }
  for (let i = 1; i <= 20_000; i++)
    transfer = reduceTransfer(transfer, { type: 'moved', moved: i * 10, now: T0 + i * 10 }).transfer
  expect(transfer.marks.length).toBeLessThan(130)
})
