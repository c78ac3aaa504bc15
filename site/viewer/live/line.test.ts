import { describe, expect, test } from 'vitest'
import { refusalCodes } from '../../../worker/people/schema.ts'
import { roomView } from '../fixture.ts'
import { person, welcome } from './fixture.ts'
import { idleLine, type Line, type LineEffect, type LineEvent, lineWakeAt, reduceLine } from './line.ts'

const now = 1_000_000
const never = Number.POSITIVE_INFINITY

type Happening = LineEvent extends infer E ? (E extends unknown ? Omit<E, 'now'> : never) : never
const step = (line: Line, event: Happening, at = now) =>
  reduceLine(line, { ...event, now: at } as LineEvent, 0.5)

const since = { epoch: 'e1', seq: 4 }
const base: Line = { ...idleLine, socket: 1 }
const connecting: Line = { ...base, at: { is: 'connecting' }, until: now + 8000 }
const greeting: Line = { ...base, at: { is: 'greeting' }, until: now + 10_000, pingAt: now + 3000 }
const live: Line = { ...greeting, at: { is: 'live' }, since }
const asking: Line = { ...base, at: { is: 'asking' }, since }
const pausing: Line = { ...base, since, until: now + 500, failures: 1 }
const refusedFor = (code: 'room_ended' | 'removed'): Line => ({
  ...base,
  since,
  at: { is: 'refused', refusal: { code } },
  until: now + 15_000,
})
const left: Line = { ...base, at: { is: 'left' }, until: never }

const message = { type: 'person.joined', seq: 5, person: person('p2') } as const
const deliver = (said: object): LineEffect => ({ do: 'deliver', message: said }) as LineEffect
const hangUp: LineEffect = { do: 'hang-up' }
const missed = (failures: number, nextTryAt: number): LineEffect => ({
  do: 'tell',
  news: { type: 'unreachable', failures, nextTryAt },
})

describe('coming about', () => {
  test('connects, says hello, and is live with the welcome', () => {
    expect(step(idleLine, { type: 'begin' })).toEqual({
      line: connecting,
      effects: [{ do: 'connect', socket: 1 }],
    })
    expect(step(connecting, { type: 'opened', socket: 1 })).toEqual({
      line: greeting,
      effects: [{ do: 'send', text: '{"type":"hello"}' }],
    })
    expect(step(greeting, { type: 'heard', socket: 1, message: welcome() })).toEqual({
      line: live,
      effects: [deliver(welcome())],
    })
  })

  test('comes back with the last it heard', () => {
    const { effects } = step({ ...connecting, since }, { type: 'opened', socket: 1 })
    expect(effects).toEqual([{ do: 'send', text: '{"type":"hello","since":{"epoch":"e1","seq":4}}' }])
    const resumed = { type: 'resumed', seq: 9, now: '2026-11-21T14:00:00.000Z', watermark: null } as const
    expect(step({ ...greeting, since, failures: 3 }, { type: 'heard', socket: 1, message: resumed })).toEqual(
      {
        // Where it was stays where it was until what was missed has come.
        line: live,
        effects: [deliver(resumed)],
      },
    )
  })
})

describe('messages', () => {
  test('a numbered one is delivered once, and is the last heard', () => {
    const first = step(live, { type: 'heard', socket: 1, message })
    expect(first).toEqual({
      line: { ...live, since: { epoch: 'e1', seq: 5 } },
      effects: [deliver(message)],
    })
    expect(step(first.line, { type: 'heard', socket: 1, message })).toEqual({ line: first.line, effects: [] })
  })

  test.each([0, 3, 4])('number %i is old', seq => {
    expect(step(live, { type: 'heard', socket: 1, message: { ...message, seq } }).effects).toEqual([])
  })

  test('what has no number is delivered; a pong only shows that the line lives', () => {
    const done = { type: 'done', about: 'wall' } as const
    expect(step(live, { type: 'heard', socket: 1, message: done }, now + 2000)).toEqual({
      line: { ...live, until: now + 12_000 },
      effects: [deliver(done)],
    })
    expect(step(live, { type: 'heard', socket: 1, message: { type: 'pong' } }, now + 2000)).toEqual({
      line: { ...live, until: now + 12_000 },
      effects: [],
    })
  })

  test.each([
    ['before the welcome', greeting, 1],
    ['of an older connection', live, 0],
    ['when there is none', pausing, 1],
    ['after a goodbye', left, 1],
  ])('a numbered one %s is dropped', (_, line, socket) => {
    expect(step(line, { type: 'heard', socket, message }).effects).toEqual([])
  })
})

describe('silence', () => {
  test('a ping each 3 s, and an end after 10 s of nothing', () => {
    expect(lineWakeAt(live)).toBe(now + 3000)
    expect(step(live, { type: 'tick' }, now + 3000)).toEqual({
      line: { ...live, pingAt: now + 6000 },
      effects: [{ do: 'send', text: '{"type":"ping"}' }],
    })
    expect(step(live, { type: 'tick' }, now + 10_000)).toEqual({
      line: { ...pausing, until: now + 10_500 },
      effects: [hangUp, missed(1, now + 10_500)],
    })
  })

  test('too early, nothing', () => {
    expect(step(live, { type: 'tick' }, now + 2999)).toEqual({ line: live, effects: [] })
    expect(step(pausing, { type: 'tick' }, now + 499)).toEqual({ line: pausing, effects: [] })
  })
})

describe('no connection', () => {
  test.each<[string, Line, Happening, number]>([
    ['that ends before it is one', { ...connecting, since }, { type: 'closed', socket: 1 }, now],
    ['that does not come about', { ...connecting, since }, { type: 'tick' }, now + 8000],
    ['that ends without a welcome', { ...greeting, since }, { type: 'closed', socket: 1 }, now],
    ['on which no welcome comes', { ...greeting, since }, { type: 'tick' }, now + 10_000],
  ])('one %s: the room is asked why, once', (_, line, event, at) => {
    expect(step(line, event, at)).toEqual({ line: asking, effects: [hangUp, { do: 'ask' }] })
  })

  test('nobody answers', () => {
    expect(step({ ...asking, failures: 1 }, { type: 'told', outcome: 'unreachable' })).toEqual({
      line: { ...pausing, failures: 2, until: now + 1000 },
      effects: [missed(2, now + 1000)],
    })
  })

  test('the server answers, but lets no channel through: the view goes on', () => {
    expect(step(asking, { type: 'told', outcome: { view: roomView() } })).toEqual({
      line: pausing,
      effects: [{ do: 'tell', news: { type: 'view', view: roomView() } }],
    })
  })

  test('the token no longer counts', () => {
    expect(step(asking, { type: 'told', outcome: 'signed-out' })).toEqual({
      line: pausing,
      effects: [{ do: 'tell', news: { type: 'signed-out' } }],
    })
  })

  test.each(refusalCodes)('refused: %s', code => {
    expect(step(asking, { type: 'told', outcome: { refusal: { code } } })).toEqual({
      line: { ...asking, at: { is: 'refused', refusal: { code } }, until: now + 15_000 },
      effects: [{ do: 'tell', news: { type: 'refused', refusal: { code } } }],
    })
  })

  test('tries again when it is time', () => {
    expect(step(pausing, { type: 'tick' }, now + 500)).toEqual({
      line: { ...connecting, socket: 2, since, failures: 1, until: now + 8500 },
      effects: [{ do: 'connect', socket: 2 }],
    })
  })
})

describe('broken', () => {
  test('tells it, and comes back after a pause', () => {
    expect(step(live, { type: 'closed', socket: 1 })).toEqual({
      line: pausing,
      effects: [hangUp, missed(1, now + 500)],
    })
  })

  test('an older connection that ends is nothing', () => {
    expect(step(live, { type: 'closed', socket: 0 })).toEqual({ line: live, effects: [] })
  })
})

describe('goodbyes', () => {
  const bye = (code: string, reason?: string) =>
    step(live, { type: 'heard', socket: 1, message: { type: 'bye', code, reason } as never })

  test.each(['slow', 'silent', 'stopping'])('%s: back, after a pause', code => {
    expect(bye(code)).toEqual({ line: pausing, effects: [hangUp, missed(1, now + 500)] })
  })

  test('token_ended: joins again', () => {
    expect(bye('token_ended')).toEqual({
      line: pausing,
      effects: [hangUp, { do: 'tell', news: { type: 'signed-out' } }],
    })
  })

  test.each(['replaced', 'flooding'] as const)('%s: stays away until somebody wants it back', code => {
    expect(bye(code)).toEqual({
      line: left,
      effects: [hangUp, { do: 'tell', news: { type: 'left', why: code } }],
    })
    for (const event of [{ type: 'tick' }, { type: 'woken' }, { type: 'ask' }] as const)
      expect(step(left, event, now + 3_600_000)).toEqual({ line: left, effects: [] })
    expect(step(left, { type: 'again' }).effects).toEqual([{ do: 'connect', socket: 2 }])
  })

  test('gone: asks what has become of it', () => {
    expect(bye('gone')).toEqual({ line: asking, effects: [hangUp, { do: 'ask' }] })
  })

  test.each(refusalCodes.filter(code => code !== 'removed'))('%s: refused, and asked at once', code => {
    expect(bye(code)).toEqual({
      line: { ...base, since, at: { is: 'refused', refusal: { code } }, until: now },
      effects: [hangUp, { do: 'tell', news: { type: 'refused', refusal: { code } } }],
    })
  })

  test('removed: with when, and what the host wrote', () => {
    const refusal = { code: 'removed', endedAt: new Date(now).toISOString(), reason: 'Not you' } as const
    expect(bye('removed', 'Not you')).toEqual({
      line: { ...base, since, at: { is: 'refused', refusal }, until: now + 15_000 },
      effects: [hangUp, { do: 'tell', news: { type: 'refused', refusal } }],
    })
  })
})

describe('refused', () => {
  const ended = refusedFor('room_ended')

  test('asks now and then, and keeps what it knows', () => {
    const waiting = step(ended, { type: 'tick' }, now + 15_000)
    expect(waiting).toEqual({ line: { ...ended, until: never }, effects: [{ do: 'ask' }] })
    const refusal = { code: 'room_ended', endedAt: '2026-11-21T13:00:00.000Z' } as const
    const told = step(waiting.line, { type: 'told', outcome: { refusal } }, now + 15_100)
    expect(told.line).toEqual({ ...ended, at: { is: 'refused', refusal }, until: now + 30_100 })
    const again = step(told.line, { type: 'told', outcome: { refusal: { code: 'room_ended' } } })
    expect(again.line.at).toEqual({ is: 'refused', refusal })
    expect(step(told.line, { type: 'told', outcome: 'unreachable' }).line.until).toBe(now + 15_000)
  })

  test('let in again, it connects', () => {
    expect(step(ended, { type: 'told', outcome: { view: roomView() } })).toEqual({
      line: { ...connecting, socket: 2, since },
      effects: [
        { do: 'connect', socket: 2 },
        { do: 'tell', news: { type: 'view', view: roomView() } },
      ],
    })
  })

  test('a removed person’s page does not sign in anew', () => {
    const removed = refusedFor('removed')
    expect(step(removed, { type: 'told', outcome: 'signed-out' })).toEqual({ line: removed, effects: [] })
    expect(step(ended, { type: 'told', outcome: 'signed-out' }).effects).toEqual([
      { do: 'tell', news: { type: 'signed-out' } },
    ])
  })
})

describe('looked at again, or with a new network', () => {
  test.each<[string, Line, LineEffect[]]>([
    ['pausing: tries now', pausing, [{ do: 'connect', socket: 2 }]],
    ['refused: asks now', refusedFor('room_ended'), [{ do: 'ask' }]],
    ['connecting: goes on', connecting, []],
    ['greeting: goes on', greeting, []],
    ['asking: goes on', asking, []],
    ['left: stays away', left, []],
  ])('%s', (_, line, effects) => expect(step(line, { type: 'woken' }).effects).toEqual(effects))

  test('live: has 3 s to show that it is', () => {
    const woken = step(live, { type: 'woken' })
    expect(woken).toEqual({
      line: { ...live, until: now + 3000 },
      effects: [{ do: 'send', text: '{"type":"ping"}' }],
    })
    expect(step(woken.line, { type: 'tick' }, now + 3000).line.at.is).toBe('pausing')
    expect(step(woken.line, { type: 'heard', socket: 1, message: { type: 'pong' } }).line.until).toBe(
      now + 10_000,
    )
  })
})

describe('somebody wants to know now', () => {
  test.each<[string, Line, LineEffect[]]>([
    ['live: asks', live, [{ do: 'ask' }]],
    ['connecting: asks', connecting, [{ do: 'ask' }]],
    ['refused: asks', refusedFor('room_ended'), [{ do: 'ask' }]],
    ['pausing: tries now', pausing, [{ do: 'connect', socket: 2 }]],
    ['asking: it is asked already', asking, []],
    ['left: stays away', left, []],
  ])('%s', (_, line, effects) => expect(step(line, { type: 'ask' }).effects).toEqual(effects))

  test('while live, a missed answer is nothing, a view is told, a refusal ends it', () => {
    expect(step(live, { type: 'told', outcome: 'unreachable' })).toEqual({ line: live, effects: [] })
    expect(step(live, { type: 'told', outcome: { view: roomView() } })).toEqual({
      line: live,
      effects: [{ do: 'tell', news: { type: 'view', view: roomView() } }],
    })
    const refusal = { code: 'link_revoked' } as const
    expect(step(live, { type: 'told', outcome: { refusal } }).effects).toEqual([
      hangUp,
      { do: 'tell', news: { type: 'refused', refusal } },
    ])
  })

  test.each([pausing, left])('an answer that comes too late is nothing', line => {
    expect(step(line, { type: 'told', outcome: { view: roomView() } })).toEqual({ line, effects: [] })
  })
})

test('who leaves is gone until they want to be back', () => {
  const gone = { type: 'left', why: 'leaving' } as const
  for (const line of [live, pausing, asking, refusedFor('removed')]) {
    const { line: after, effects } = step(line, { type: 'leave' })
    expect([after.at, after.since, after.until, after.pingAt]).toEqual([
      { is: 'left' },
      null,
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ])
    expect(effects).toEqual([...(line === live ? [{ do: 'hang-up' }] : []), { do: 'tell', news: gone }])
    expect(step(after, { type: 'leave' })).toEqual({ line: after, effects: [] })
  }
})

test('coming back is for lines that were ended', () => {
  for (const line of [live, pausing, asking, refusedFor('removed')])
    expect(step(line, { type: 'again' })).toEqual({ line, effects: [] })
})
