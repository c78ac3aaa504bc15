import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { StoredPassword } from '../room-users/password.ts'
import { galenePermissions, galeneSets } from './permissions.ts'
import type { GroupPlan } from './plan.ts'
import { readGroup } from './read.ts'
import { definitionOf } from './write.ts'

const fixture = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../../test/fixtures/galene/${name}.json`, import.meta.url), 'utf8'))

/** As if everything in plain were hashed. */
function kept(definition: unknown): GroupPlan<StoredPassword> {
  const read = readGroup(definition, 'grade', 'node')
  if ('errors' in read) throw new Error(JSON.stringify(read.errors))
  const { users, ...plan } = read.plan
  return {
    ...plan,
    users: users.map(user => ({
      ...user,
      password:
        user.password?.type === 'plain' ? { type: 'bcrypt', key: `$2b$10$${'a'.repeat(53)}` } : user.password,
    })),
  }
}
const there = (definition: unknown) => JSON.parse(JSON.stringify(definitionOf(kept(definition), 'grade')))

const hex = (bytes: number) => fc.stringMatching(new RegExp(`^[\\da-f]{${2 * bytes}}$`))
const base64url = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map(raw => Buffer.from(raw).toString('base64url'))
const permissions = fc.oneof(
  fc.constantFrom(...galeneSets),
  fc.uniqueArray(fc.constantFrom(...galenePermissions)),
)
const password = fc.oneof(
  fc.string({ minLength: 1, maxLength: 20 }),
  fc.constant({ type: 'wildcard' }),
  fc.record({ type: fc.constant('plain'), key: fc.string({ minLength: 1, maxLength: 20 }) }),
  fc.record({
    type: fc.constant('pbkdf2'),
    hash: fc.constant('sha-256'),
    key: hex(32),
    salt: hex(8),
    iterations: fc.integer({ min: 1, max: 1_000_000 }),
  }),
  fc.record({ type: fc.constant('bcrypt'), key: fc.constant(`$2y$08$${'.'.repeat(53)}`) }),
)
const user = fc.record({ password, permissions }, { requiredKeys: [] })
const address = fc.constantFrom('', 'https://auth.example.org/a?b=c', 'http://127.0.0.1:9000')
const flag = fc.boolean()
const current = fc.record(
  {
    displayName: fc.constantFrom('', 'grade', 'Tuesday'),
    description: fc.constantFrom('', 'Reel three'),
    contact: fc.constantFrom('', 'x'),
    comment: fc.constantFrom('', 'y'),
    public: flag,
    redirect: address,
    codecs: fc.uniqueArray(fc.constantFrom('vp8', 'h264', 'opus')),
    'max-clients': fc.constantFrom(0, 1, 100_000),
    'max-history-age': fc.constantFrom(0, 60, 14_400, 86_400, 315_359_999, 315_360_000, 2 ** 40),
    'not-before': fc.constantFrom('2026-11-21T12:00:00Z', '2026-11-21T12:00:00.123456789+02:00'),
    expires: fc.constantFrom('2026-11-22T12:00:00Z'),
    'allow-recording': flag,
    'unrestricted-tokens': flag,
    'allow-anonymous': flag,
    'auto-subgroups': flag,
    'allow-subgroups': flag,
    autolock: flag,
    autokick: flag,
    authServer: address,
    authPortal: address,
    authKeys: fc.array(
      fc.record(
        {
          kty: fc.constant('oct'),
          alg: fc.constant('HS256'),
          k: base64url(32),
          kid: fc.constantFrom('a', 'b'),
          use: fc.constant('sig'),
        },
        { requiredKeys: ['kty', 'alg', 'k'] },
      ),
      { maxLength: 3 },
    ),
    users: fc.dictionary(fc.constantFrom('', 'ada', 'ben', 'constructor', 'a/b'), user),
    'wildcard-user': user,
  },
  { requiredKeys: [] },
)

describe('a definition that went in comes out', () => {
  test.each(['whole', 'old'])('%s', name => {
    expect(kept(there(fixture(name)))).toEqual(kept(fixture(name)))
  })

  test('as the same room, users and keys, in a form that stays', () => {
    fc.assert(
      fc.property(current, definition => {
        const out = there(definition)
        expect(kept(out)).toEqual(kept(definition))
        expect(there(out)).toEqual(out)
      }),
      { numRuns: 500 },
    )
  })

  test('with each user as strong as before, by the name of the set where there is one', () => {
    const sets = (flags: object) =>
      Object.fromEntries(
        galeneSets.map(permissions => [
          permissions,
          there({ ...flags, users: { ada: { permissions } } }).users.ada.permissions,
        ]),
      )
    const same = Object.fromEntries(galeneSets.map(set => [set, set]))
    expect(sets({})).toEqual(same)
    expect(sets({ 'allow-recording': true, 'unrestricted-tokens': true })).toEqual(same)
    const list = (permissions: string[]) => there({ users: { ada: { permissions } } }).users.ada.permissions
    expect([
      list(['message', 'present']),
      list(['record']),
      list(['admin']),
      list(['admin', 'record', 'message']),
      list(['observe']),
      list(['present']),
    ]).toEqual([
      'present',
      ['record'],
      'admin',
      ['admin', 'op', 'message', 'token', 'record'],
      'observe',
      ['present'],
    ])
  })
})

test('what is as usual is not said, and nothing obsolete is', () => {
  expect(there({})).toEqual({})
  expect(there(fixture('old'))).toEqual({
    'auto-subgroups': true,
    users: {
      ada: { password: { type: 'bcrypt', key: expect.any(String) }, permissions: 'op' },
      ben: { password: { type: 'wildcard' }, permissions: 'op' },
      cleo: { password: { type: 'bcrypt', key: expect.any(String) }, permissions: 'present' },
    },
    'wildcard-user': { password: { type: 'wildcard' }, permissions: 'message' },
  })
})

test('what Galene does not know stays here', () => {
  const plan = kept({})
  const codecs = (list: ('h265' | 'vp9')[]) =>
    definitionOf({ ...plan, room: { ...plan.room, codecs: list } }, 'grade').codecs
  expect([codecs(['h265', 'vp9']), codecs(['h265'])]).toEqual([['vp9'], undefined])
  const history = (chatHistoryMs: number | null) =>
    definitionOf({ ...plan, room: { ...plan.room, chatHistoryMs } }, 'grade')['max-history-age']
  expect([history(null), history(60_001), history(14_400_000)]).toEqual([315_360_000, 61, undefined])
})
