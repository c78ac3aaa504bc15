import { describe, expect, it } from 'vitest'
import type { AuditItem } from '../api/client.ts'
import { auditActor, auditTarget, auditWhat, particulars, sayParam } from './audit-words.ts'
import { entry } from './fixture.ts'

describe('auditWhat', () => {
  it.each([
    [{}, { words: 'Room made', glyph: null }],
    [
      { action: 'session.sign-in', params: { via: 'passkey' } },
      { words: 'Signed in with a passkey', glyph: null },
    ],
    [
      { action: 'session.sign-in', params: { via: 'card' } },
      { words: 'Signed in with card', glyph: null },
    ],
    [
      { action: 'publish.opening', params: { protocol: 'srt' } },
      { words: 'Publish allowed, SRT', glyph: null },
    ],
    [
      { action: 'audit.dropped', params: { count: 7 } },
      { words: 'Rows lost, 7 times', glyph: 'fair' },
    ],
    [
      { action: 'session.sign-in', outcome: 'refused', params: { via: 'passkey' } },
      { words: 'Sign-in refused', glyph: 'poor' },
    ],
    [
      { action: 'play.opening', outcome: 'refused', params: { reason: 'link ended' } },
      { words: 'Watch refused: link ended', glyph: 'poor' },
    ],
    [
      { action: 'person.refused', outcome: 'refused', params: { reason: 'pin_wrong' } },
      { words: 'Not let in: wrong PIN', glyph: 'fair' },
    ],
    [
      { action: 'block.add', outcome: 'refused', params: { block: '0.0.0.0/0', code: 'blocks_yourself' } },
      { words: 'Blocking an address refused: it covers their own address', glyph: 'fair' },
    ],
    [
      { action: 'call.refused', outcome: 'refused', params: { code: 'forbidden' } },
      { words: 'Call refused: no right to it', glyph: 'poor' },
    ],
    [
      {
        action: 'session.sign-in',
        outcome: 'refused',
        params: { via: 'oidc', reason: 'list', code: 'sign_in_failed' },
      },
      { words: 'Sign-in refused: not on the list of who may come in', glyph: 'poor' },
    ],
    [
      { action: 'call.refused', outcome: 'refused', params: { code: 'constructor' } },
      { words: 'Call refused: constructor', glyph: 'poor' },
    ],
    [
      {
        action: 'strangers.failed',
        outcome: 'refused',
        params: { unsigned: 100, link: 2, addresses: 3, from: [] },
      },
      { words: 'Strangers refused, 102 times', glyph: 'fair' },
    ],
  ] as const)('%o', (given, what) => {
    expect(auditWhat(entry(given as unknown as Partial<AuditItem>))).toEqual(what)
  })

  it('shows the name of an action it does not know', () => {
    for (const action of ['moon.rise', 'toString'])
      expect(auditWhat(entry({ action }))).toEqual({
        words: action,
        glyph: null,
      })
  })
})

it.each([
  [{ kind: 'user', id: 'u1', name: 'Ada' }, 'Ada'],
  [{ kind: 'key', id: 'k1', name: 'Booking' }, 'Booking'],
  [{ kind: 'person', id: null, name: '' }, 'Somebody without a name'],
  [{ kind: 'stranger', id: null, name: 'Strangers' }, 'Stranger'],
  [{ kind: 'sightline', id: null, name: 'Sightline' }, 'Sightline'],
] as const)('auditActor of %o is %s', (actor, words) => {
  expect(auditActor(actor)).toBe(words)
})

it.each([
  [null, null],
  [{ kind: 'link', id: 'l1', name: 'Agency' }, 'Agency'],
  [{ kind: 'passkey', id: 'p1', name: null }, 'Passkey'],
  [{ kind: 'toString', id: null, name: '' }, 'toString'],
])('auditTarget of %o is %s', (target, words) => {
  expect(auditTarget({ target })).toBe(words)
})

it.each([
  ['done', { code: 'x', name: 'Reel 3' }, ['code', 'name']],
  ['refused', { name: 'Reel 3', code: 'invalid' }, ['name']],
  ['refused', { via: 'oidc', reason: 'list', code: 'sign_in_failed' }, ['via', 'code']],
] as const)('particulars of what was %s with %o are %o', (outcome, params, names) => {
  expect(particulars({ outcome, params }).map(([name]) => name)).toEqual(names)
})

const here = { now: Date.parse('2026-11-21T14:00:00Z'), zone: 'Asia/Tokyo' }

it.each([
  [null, 'nothing'],
  [true, 'Yes'],
  [0, '0'],
  [['a', 'b'], 'a, b'],
  [[], 'nothing'],
  ['set', 'set'],
  ['2026-11-21T13:41:03.120Z', 'Today 22:41:03'],
  ['2026-11-20T13:41:03Z', 'Fri 20 Nov 22:41:03'],
  ['2026-11-21', '2026-11-21'],
])('sayParam(%o) is %s', (value, words) => {
  expect(sayParam(value, here)).toBe(words)
})
