import { describe, expect, test } from 'vitest'
import { refusalCodes } from '../../worker/people/schema.ts'
import type { Refusal } from '../lib/refusal.ts'
import { roomView } from './fixture.ts'
import type { SignIn, SignInFault } from './sign-in-state.ts'
import { reduceVisit, type Visit, type VisitEvent, visitWakeAt } from './visit.ts'

const now = Date.parse('2026-11-21T14:00:00Z')
const view = roomView()
const joined = { ...view, token: 't' }
const given = { name: 'Client' }

const step = (visit: Visit, event: VisitEvent) => reduceVisit(visit, event, 0.5)
const joining: Visit = { at: 'joining', given: {} }
const inside: Visit = { at: 'in', token: 't', view, skew: 0, given, refusal: null, trouble: null, left: null }
const refused = (code: Refusal['code'], nextTryAt: number | null): Visit => ({
  at: 'refused',
  refusal: { code },
  given: {},
  nextTryAt,
})

describe('opening a link', () => {
  test.each<[string, VisitEvent, ReturnType<typeof step>]>([
    [
      'without a secret',
      { now, type: 'opened', by: null, kept: null },
      { visit: { at: 'no-link', signIn: null }, effects: [] },
    ],
    [
      'for the first time',
      { now, type: 'opened', by: 'link', kept: null },
      { visit: joining, effects: [{ do: 'join', given: {} }] },
    ],
    [
      'again in the same tab',
      { now, type: 'opened', by: 'link', kept: { token: 'old', name: 'Client' } },
      { visit: { at: 'joining', given }, effects: [{ do: 'join', given, token: 'old' }] },
    ],
  ])('%s', (_, event, result) => expect(step(joining, event)).toEqual(result))
})

describe('the answer to joining', () => {
  test('in', () => {
    expect(step(joining, { now: now + 7000, type: 'answered', outcome: { joined } })).toEqual({
      visit: { ...inside, given: {}, skew: -7000 },
      effects: [
        { do: 'keep', token: 't', name: 'Client' },
        { do: 'follow', token: 't' },
      ],
    })
  })

  test('a name and a PIN are wanted, then typed, then wrong', () => {
    const needs = { name: true, pin: true }
    const asking: Visit = { at: 'asking', needs, fault: null, busy: false, given: {} }
    expect(step(joining, { now, type: 'answered', outcome: { needs, fault: null } })).toEqual({
      visit: asking,
      effects: [],
    })
    const typed = { name: 'Client', pin: '4711' }
    const fault = { code: 'pin_wrong', triesLeft: 4 } as const
    const busy: Visit = { ...asking, given: typed, busy: true }
    expect(step(asking, { now, type: 'submitted', given: typed })).toEqual({
      visit: busy,
      effects: [{ do: 'join', given: typed }],
    })
    expect(step(busy, { now, type: 'answered', outcome: { needs, fault } })).toEqual({
      visit: { ...asking, given: typed, fault },
      effects: [],
    })
  })

  test.each([...refusalCodes, 'not_found', 'too_many'] as const)('refused: %s', code => {
    const forGood = code === 'not_found' || code === 'removed'
    expect(step(joining, { now, type: 'answered', outcome: { refusal: { code } } })).toEqual({
      visit: refused(code, forGood ? null : now + 15_000),
      effects: [],
    })
  })

  test('a link that may open again is asked quietly', () => {
    const ended = refused('link_ended', now + 15_000)
    expect(visitWakeAt(ended)).toBe(now + 15_000)
    expect(step(ended, { now: now + 15_000, type: 'tick' })).toEqual({
      visit: refused('link_ended', null),
      effects: [{ do: 'join', given: {} }],
    })
    expect(visitWakeAt(refused('link_ended', null))).toBe(Number.POSITIVE_INFINITY)
  })

  test('a server that is not there is tried again, later each time, with what was typed', () => {
    let visit: Visit = { at: 'joining', given }
    const waits: number[] = []
    for (let i = 0; i < 6; i++) {
      visit = step(visit, { now, type: 'answered', outcome: 'unreachable' }).visit
      waits.push(visitWakeAt(visit) - now)
      const retry = step(visit, { now, type: 'tick' })
      expect(retry.effects).toEqual([{ do: 'join', given }])
      visit = retry.visit
      expect(visitWakeAt(visit)).toBe(Number.POSITIVE_INFINITY)
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 10_000])
  })

  test('not waiting', () => {
    const { visit } = step(joining, { now, type: 'answered', outcome: 'unreachable' })
    expect(step(visit, { now, type: 'try-now' }).effects).toEqual([{ do: 'join', given: {} }])
  })
})

describe('in the room', () => {
  test('a new view brings a new clock, one that changed in part does not', () => {
    const next = roomView({ publishing: true, now: '2026-11-21T14:01:00.000Z' })
    expect(step(inside, { now: now + 65_000, type: 'news', news: { type: 'view', view: next } })).toEqual({
      visit: { ...inside, view: next, skew: -5000 },
      effects: [],
    })
    const trouble: Visit = { ...inside, trouble: { failures: 1, nextTryAt: now } }
    const promoted = { ...view, permissions: ['op' as const] }
    expect(
      step(trouble, { now: now + 65_000, type: 'news', news: { type: 'view', view: promoted } }).visit,
    ).toEqual({ ...inside, view: promoted })
  })

  test.each([...refusalCodes])('%s is kept beside the view, and taken back with the next one', code => {
    const { visit, effects } = step(inside, {
      now,
      type: 'news',
      news: { type: 'refused', refusal: { code } },
    })
    expect([visit, effects]).toEqual([{ ...inside, refusal: { code } }, []])
    expect(step(visit, { now, type: 'news', news: { type: 'view', view } }).visit).toEqual(inside)
  })

  test('a server that is not there does not end it', () => {
    const news = { type: 'unreachable', failures: 2, nextTryAt: now + 1000 } as const
    expect(step(inside, { now, type: 'news', news })).toEqual({
      visit: { ...inside, trouble: { failures: 2, nextTryAt: now + 1000 } },
      effects: [],
    })
    expect(step(inside, { now, type: 'answered', outcome: 'unreachable' })).toEqual({
      visit: inside,
      effects: [],
    })
  })

  test('a token that no longer counts is replaced without asking', () => {
    expect(step(inside, { now, type: 'news', news: { type: 'signed-out' } })).toEqual({
      visit: inside,
      effects: [{ do: 'forget' }, { do: 'join', given }],
    })
    const entered = step(inside, { now, type: 'answered', outcome: { joined: { ...joined, token: 't2' } } })
    expect(entered).toEqual({
      visit: { ...inside, token: 't2' },
      effects: [{ do: 'keep', token: 't2', name: 'Client' }, { do: 'follow', token: 't2' }, { do: 'resume' }],
    })
  })

  test('unless the link wants a PIN, or lets nobody in any more', () => {
    const needs = { name: false, pin: true }
    expect(step(inside, { now, type: 'answered', outcome: { needs, fault: null } })).toEqual({
      visit: { at: 'asking', needs, fault: null, busy: false, given },
      effects: [{ do: 'leave' }],
    })
    expect(
      step(inside, { now, type: 'answered', outcome: { refusal: { code: 'link_used_up' } } }).effects,
    ).toEqual([{ do: 'leave' }])
  })

  test('watching here takes the seat back as the same person', () => {
    expect(step(inside, { now, type: 'watch-here' })).toEqual({
      visit: inside,
      effects: [{ do: 'join', given, token: 't' }],
    })
  })

  test.each(['replaced', 'flooding'] as const)(
    '%s: the page stays away until somebody wants it back',
    why => {
      const left: Visit = { ...inside, left: why }
      expect(step(inside, { now, type: 'news', news: { type: 'left', why } })).toEqual({
        visit: left,
        effects: [],
      })
      expect(step(left, { now, type: 'come-back' })).toEqual({
        visit: inside,
        effects: [{ do: 'come-back' }],
      })
      expect(step(inside, { now, type: 'come-back' })).toEqual({ visit: inside, effects: [] })
    },
  )

  test('not waiting', () => {
    expect(step(inside, { now, type: 'try-now' })).toEqual({ visit: inside, effects: [{ do: 'ask-room' }] })
  })
})

test('what comes at the wrong time changes nothing', () => {
  const noLink: Visit = { at: 'no-link', signIn: null }
  const nothing = (visit: Visit) => ({ visit, effects: [] })
  expect(step(noLink, { now, type: 'try-now' })).toEqual(nothing(noLink))
  expect(step(noLink, { now, type: 'watch-here' })).toEqual(nothing(noLink))
  expect(step(noLink, { now, type: 'come-back' })).toEqual(nothing(noLink))
  expect(step(joining, { now, type: 'submitted', given })).toEqual(nothing(joining))
  expect(step(joining, { now, type: 'tick' })).toEqual(nothing(joining))
  expect(step(joining, { now, type: 'news', news: { type: 'view', view } })).toEqual(nothing(joining))
  expect(step(joining, { now, type: 'news', news: { type: 'signed-out' } })).toEqual(nothing(joining))
})

describe('signing in to watch', () => {
  const methods = { missing: null, provider: 'Studio', portal: null }
  const door = (change: Partial<SignIn> = {}): Visit => ({
    at: 'no-link',
    signIn: { methods, busy: false, fault: null, ...change },
  })
  const unknown = (fault: SignInFault | null): Visit => door({ methods: null, fault })
  const returning: Visit = { at: 'returning', token: 't', trouble: null }
  const accountIn: Visit = { ...inside, given: {}, account: true } as Visit
  const nothing = (visit: Visit) => ({ visit, effects: [] })

  test('for the first time, and what there is to sign in with', () => {
    expect(step(joining, { now, type: 'opened', by: 'account', kept: null })).toEqual({
      visit: unknown(null),
      effects: [{ do: 'find-methods' }],
    })
    expect(step(unknown(null), { now, type: 'methods', methods })).toEqual(nothing(door()))
  })

  test('again in the same tab', () => {
    const kept = { token: 't', name: 'Client' }
    expect(step(joining, { now, type: 'opened', by: 'account', kept })).toEqual({
      visit: returning,
      effects: [{ do: 'look', token: 't' }],
    })
  })

  test('by a token that the address brought along, whoever was here before', () => {
    const way = { by: 'token', token: 'a.b.c' } as const
    for (const kept of [null, { token: 't', name: 'Client' }])
      expect(
        step({ at: 'joining', given: {} }, { now, type: 'opened', by: 'account', kept, token: 'a.b.c' }),
      ).toEqual({
        visit: door({ methods: null, busy: true }),
        effects: [{ do: 'find-methods' }, { do: 'sign-in', way }],
      })
  })

  test('but not where the address has a link', () => {
    expect(
      step({ at: 'joining', given: {} }, { now, type: 'opened', by: 'link', kept: null, token: 'a.b.c' })
        .effects,
    ).toEqual([{ do: 'join', given: {} }])
  })

  test.each(['passkey', 'provider'] as const)('by %s, once', by => {
    const before = door({ fault: { is: 'cancelled' } })
    const busy = door({ busy: true })
    expect(step(before, { now, type: 'sign-in', way: { by } })).toEqual({
      visit: busy,
      effects: [{ do: 'sign-in', way: { by } }],
    })
    expect(step(busy, { now, type: 'sign-in', way: { by } })).toEqual(nothing(busy))
  })

  test.each<SignInFault>([
    { is: 'cancelled' },
    { is: 'not_invited' },
    { is: 'refused' },
    { is: 'unreachable' },
    { is: 'said', sentence: 'Too many tries.' },
  ])('%o stays before the door', fault => {
    expect(step(door({ busy: true }), { now, type: 'signed-in', outcome: { fault } })).toEqual(
      nothing(door({ fault })),
    )
  })

  test('a room that lets nobody in says so, and cannot be asked again', () => {
    const outcome = { refusal: { code: 'room_ended' } } as const
    const result = step(door({ busy: true }), { now, type: 'signed-in', outcome })
    expect(result).toEqual(nothing(refused('room_ended', null)))
    expect(visitWakeAt(result.visit)).toBe(Number.POSITIVE_INFINITY)
  })

  test('in', () => {
    expect(step(door({ busy: true }), { now, type: 'signed-in', outcome: { joined } })).toEqual({
      visit: accountIn,
      effects: [
        { do: 'keep', token: 't', name: 'Client' },
        { do: 'follow', token: 't' },
      ],
    })
  })

  test('looked up and let in', () => {
    const outcome = { view }
    expect(step(returning, { now, type: 'looked', token: 't', outcome })).toEqual({
      visit: accountIn,
      effects: [
        { do: 'keep', token: 't', name: 'Client' },
        { do: 'follow', token: 't' },
      ],
    })
  })

  test('looked up in vain: the token no longer counts', () => {
    expect(step(returning, { now, type: 'looked', token: 't', outcome: 'signed-out' })).toEqual({
      visit: unknown({ is: 'ended' }),
      effects: [{ do: 'forget' }, { do: 'find-methods' }],
    })
  })

  test('looked up and refused, then asked again as the same person', () => {
    const outcome = { refusal: { code: 'room_ended' } } as const
    const { visit } = step(returning, { now, type: 'looked', token: 't', outcome })
    expect(visit).toEqual({ ...refused('room_ended', now + 15_000), account: 't' })
    const again = step(visit, { now: now + 15_000, type: 'tick' })
    expect(again.effects).toEqual([{ do: 'look', token: 't' }])
    expect(
      step(again.visit, { now: now + 20_000, type: 'looked', token: 't', outcome: 'unreachable' }),
    ).toEqual(nothing({ ...refused('room_ended', now + 35_000), account: 't' } as Visit))
    expect(step(again.visit, { now, type: 'looked', token: 't', outcome: { view } }).visit).toEqual(accountIn)
    const removed = { refusal: { code: 'removed' } } as const
    expect(visitWakeAt(step(again.visit, { now, type: 'looked', token: 't', outcome: removed }).visit)).toBe(
      Number.POSITIVE_INFINITY,
    )
  })

  test('a server that is not there is tried again, later each time', () => {
    let visit: Visit = returning
    const waits: number[] = []
    for (let i = 0; i < 3; i++) {
      visit = step(visit, { now, type: 'looked', token: 't', outcome: 'unreachable' }).visit
      waits.push(visitWakeAt(visit) - now)
      const retry = step(visit, { now, type: 'tick' })
      expect(retry.effects).toEqual([{ do: 'look', token: 't' }])
      visit = retry.visit
    }
    expect(waits).toEqual([500, 1000, 2000])
  })

  test('a token that no longer counts leads back to the door', () => {
    expect(step(accountIn, { now, type: 'news', news: { type: 'signed-out' } })).toEqual({
      visit: unknown({ is: 'ended' }),
      effects: [{ do: 'forget' }, { do: 'leave' }, { do: 'find-methods' }],
    })
  })

  test('watching here means signing in here', () => {
    expect(step(accountIn, { now, type: 'watch-here' })).toEqual({
      visit: unknown(null),
      effects: [{ do: 'leave' }, { do: 'find-methods' }],
    })
  })

  test('what comes at the wrong time changes nothing', () => {
    const noRoom: Visit = { at: 'no-link', signIn: null }
    for (const visit of [noRoom, joining, inside]) {
      expect(step(visit, { now, type: 'methods', methods })).toEqual(nothing(visit))
      expect(step(visit, { now, type: 'sign-in', way: { by: 'passkey' } })).toEqual(nothing(visit))
      expect(step(visit, { now, type: 'signed-in', outcome: { joined } })).toEqual(nothing(visit))
      expect(step(visit, { now, type: 'looked', token: 't', outcome: 'signed-out' })).toEqual(nothing(visit))
    }
    expect(step(returning, { now, type: 'tick' })).toEqual(nothing(returning))
    expect(step(door(), { now, type: 'try-now' })).toEqual(nothing(door()))
  })
})
