import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readGroup } from './read.ts'

const fixture = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../../test/fixtures/galene/${name}.json`, import.meta.url), 'utf8'))
const plan = (input: unknown, runtime: 'node' | 'workerd' = 'node') => {
  const read = readGroup(input, 'grade', runtime)
  if ('errors' in read) throw new Error(JSON.stringify(read.errors))
  return read.plan
}
const faults = (input: unknown, runtime: 'node' | 'workerd' = 'node') => {
  const read = readGroup(input, 'grade', runtime)
  return 'errors' in read ? read.errors.map(({ field, detail }) => `${field}: ${detail}`) : []
}
/** Every permission, in the usual order. */
const ALL = ['op', 'present', 'message', 'annotate', 'caption', 'token', 'record']

describe('a definition with every key', () => {
  test('becomes a room', () => {
    expect(plan(fixture('whole')).room).toEqual({
      title: 'Tuesday grade',
      description: 'Reel three, second pass.',
      contact: 'colour@example.org',
      comment: 'Moved in spring.',
      startsAt: Date.UTC(2026, 10, 21, 13),
      endsAt: Date.UTC(2026, 10, 21, 19, 30),
      maxViewers: 12,
      chatHistoryMs: 7_200_000,
      autolock: true,
      autokick: true,
      public: true,
      presentersInvite: true,
      allowRecording: true,
      allowAnonymous: true,
      autoSubrooms: true,
      redirect: null,
      codecs: ['vp9', 'h264', 'opus'],
      authServer: 'https://auth.example.org/check',
      authPortal: 'https://auth.example.org/portal',
    })
  })

  test('and its users', () => {
    const user = (
      name: string | null,
      type: string | null,
      permissions: string[],
      role: string | null,
      admin = false,
    ) => ({ name, type, permissions, role, admin })
    expect(
      plan(fixture('whole')).users.map(({ password, ...u }) => ({ ...u, type: password?.type ?? null })),
    ).toEqual([
      user('ada', 'pbkdf2', ALL, 'host'),
      user('ben', 'bcrypt', ['present', 'message', 'annotate', 'token'], null),
      user('cleo', 'plain', ['message', 'annotate'], 'reviewer'),
      user('dora', 'plain', [], 'observer'),
      user('emil', 'wildcard', ['caption'], 'captioner'),
      user('fay', null, ['op', 'token'], null, true),
      user('gus', 'plain', ALL, 'host'),
      user('hal', 'plain', [], 'observer'),
      user('', 'wildcard', [], 'observer'),
      user(null, 'plain', ['message', 'annotate'], 'reviewer'),
    ])
  })

  test('and its keys, without what they say of their use', () => {
    expect(
      plan(fixture('whole')).keys.map(key => [key.alg, key.kid, Object.keys(key).sort().join()]),
    ).toEqual([
      ['HS256', 'shared', 'alg,k,kid,kty'],
      ['HS384', undefined, 'alg,k,kty'],
      ['HS512', undefined, 'alg,k,kty'],
      ['ES256', 'curve', 'alg,crv,kid,kty,x,y'],
      ['RS256', 'old', 'alg,e,kid,kty,n'],
    ])
  })
})

test('the lists of old become users', () => {
  const { room, users } = plan(fixture('old'))
  expect([room.autoSubrooms, room.maxViewers, room.chatHistoryMs]).toEqual([true, null, 14_400_000])
  // Without allow-recording operators do not record.
  expect(users).toEqual([
    {
      name: 'ada',
      password: { type: 'plain', key: 'ada-pass' },
      permissions: ALL.slice(0, -1),
      role: null,
      admin: false,
    },
    { name: 'ben', password: { type: 'wildcard' }, permissions: ALL.slice(0, -1), role: null, admin: false },
    {
      name: 'cleo',
      password: { type: 'plain', key: 'cleo-pass' },
      permissions: ['present', 'message', 'annotate'],
      role: 'presenter',
      admin: false,
    },
    {
      name: null,
      password: { type: 'wildcard' },
      permissions: ['message', 'annotate'],
      role: 'reviewer',
      admin: false,
    },
  ])
})

test('an empty definition is a room for nobody, with what Galene does when nothing is said', () => {
  expect(plan({})).toEqual({
    room: {
      title: 'grade',
      description: '',
      contact: '',
      comment: '',
      startsAt: null,
      endsAt: null,
      maxViewers: null,
      chatHistoryMs: 14_400_000,
      autolock: false,
      autokick: false,
      public: false,
      presentersInvite: false,
      allowRecording: false,
      allowAnonymous: false,
      autoSubrooms: false,
      redirect: null,
      codecs: null,
      authServer: null,
      authPortal: null,
    },
    users: [],
    keys: [],
  })
})

test('everything that is wrong is told at once', () => {
  expect(
    faults({
      'max-users': 3,
      autolock: 'yes',
      users: { ada: { pasword: 'x' }, '../x': {} },
      authKeys: [{ kty: 'oct', alg: 'HS256', k: 'AA' }],
    }),
  ).toEqual([
    'definition.autolock: must be true or false',
    'definition.authKeys.0.k: must be base64url of exactly 32 bytes',
    'definition.users.ada.pasword: is not known here',
    'definition.users.../x: the name must not begin with a dot',
    'definition.max-users: is not known here',
  ])
})

const KEY = 'a'.repeat(64)
const pbkdf2 = { type: 'pbkdf2', hash: 'sha-256', key: KEY, salt: 'aa', iterations: 1 }
const k32 = 'A'.repeat(43)
const of = (password: unknown) => ({ users: { ada: { password } } })
const key = (jwk: unknown) => ({ authKeys: [jwk] })

describe('refused', () => {
  test.each<[unknown, string]>([
    [[], 'definition'],
    ['x', 'definition'],
    [null, 'definition'],
    [{ constructor: 1 }, 'definition.constructor: is not known here'],
    [JSON.parse('{"__proto__": {}}'), 'definition.__proto__: is not known here'],
    [{ users: { ada: { toString: 1 } } }, 'definition.users.ada.toString: is not known here'],
    [{ displayname: 'x' }, 'definition.displayname: is not known here'],
    [{ public: 1 }, 'definition.public: must be true or false'],
    [{ public: null }, 'definition.public: must be true or false'],
    [{ displayName: 'a\u0000' }, 'definition.displayName: must be one line without control characters'],
    [{ description: 'x'.repeat(2001) }, 'definition.description: must have at most 2000 characters'],
    [{ redirect: 'javascript:alert(1)' }, 'definition.redirect: must be an address that begins'],
    [{ redirect: 'https://ada:pw@example.org/' }, 'definition.redirect: must be an address that begins'],
    [{ authServer: '/auth' }, 'definition.authServer: must be an address that begins'],
    [{ authPortal: 7 }, 'definition.authPortal: must be text'],
    [{ codecs: ['mp3'] }, 'definition.codecs.0: must be one of vp8, vp9'],
    [{ codecs: ['opus', 'opus'] }, 'definition.codecs: must name each once'],
    [{ 'max-clients': -1 }, 'definition.max-clients: must be 0 or at least 1'],
    [{ 'max-clients': 1.5 }, 'definition.max-clients: must be a whole number'],
    [{ 'max-clients': '3' }, 'definition.max-clients: must be a whole number'],
    [{ 'max-history-age': 59 }, 'definition.max-history-age: must be 0 or at least 60'],
    [{ expires: 'tomorrow' }, 'definition.expires: must be an ISO 8601 time'],
    [{ expires: '2026-02-30T00:00:00Z' }, 'definition.expires: must be an existing time'],
    [
      { 'not-before': '2026-11-21T12:00:00Z', expires: '2026-11-21T12:00:00Z' },
      'definition.expires: must be later than not-before',
    ],
    [{ users: [] }, 'definition.users: must be an object'],
    [{ users: { '/x': {} } }, 'definition.users./x: the name must not begin or end with a slash'],
    [{ users: { 'a/../b': {} } }, 'definition.users.a/../b: the name must not have an empty part'],
    [{ users: { 'a\\b': {} } }, 'definition.users.a\\b: the name must not contain a backslash'],
    [{ users: { ' ada': {} } }, 'definition.users. ada: the name must not begin or end with a space'],
    [{ users: { 'a\u202eb': {} } }, 'the name must be one line without control characters'],
    [{ users: { ['x'.repeat(81)]: {} } }, 'the name must have at most 80 characters'],
    [{ users: { ada: [] } }, 'definition.users.ada'],
    [
      { users: { ada: { permissions: 'owner' } } },
      'definition.users.ada.permissions: must be one of op, present',
    ],
    [
      { users: { ada: { permissions: 'token' } } },
      'definition.users.ada.permissions: must be one of op, present',
    ],
    [
      { users: { ada: { permissions: ['op', 'annotate'] } } },
      'definition.users.ada.permissions.1: must be one of op, present',
    ],
    [{ 'wildcard-user': { name: 'x' } }, 'definition.wildcard-user.name: is not known here'],
    [of(''), 'definition.users.ada.password: must not be empty'],
    [of(7), 'definition.users.ada.password'],
    [of({}), 'definition.users.ada.password.type: must be text, or an object whose type is'],
    [of({ type: 'none' }), 'definition.users.ada.password.type: must be text, or an object whose type is'],
    [of({ type: 'plain', key: '' }), 'definition.users.ada.password.key: must not be empty'],
    [of({ type: 'wildcard', key: 'x' }), 'definition.users.ada.password.key: is not known here'],
    [of({ ...pbkdf2, hash: 'sha-1' }), 'definition.users.ada.password.hash: must be sha-256'],
    // Compared over as many bytes as the key has, it would be right whatever is typed.
    [of({ ...pbkdf2, key: '' }), 'definition.users.ada.password.key: must be 16 to 64 bytes'],
    [of({ ...pbkdf2, key: 'zz'.repeat(32) }), 'definition.users.ada.password.key: must be 16 to 64 bytes'],
    [of({ ...pbkdf2, key: KEY.slice(1) }), 'definition.users.ada.password.key: must be 16 to 64 bytes'],
    [of({ ...pbkdf2, salt: '' }), 'definition.users.ada.password.salt: must be 1 to 64 bytes'],
    [of({ ...pbkdf2, iterations: 0 }), 'definition.users.ada.password.iterations: must be at least 1'],
    [of({ ...pbkdf2, iterations: 1e9 }), 'definition.users.ada.password.iterations: must be at most 1000000'],
    [of({ type: 'bcrypt', key: 'x' }), 'definition.users.ada.password.key: must be a bcrypt hash'],
    [
      of({ type: 'bcrypt', key: `$2a$13$${'a'.repeat(53)}` }),
      'definition.users.ada.password.key: must have a cost of 4 to 12',
    ],
    [{ op: [{ name: 'x' }] }, 'definition.op.0.name: is not known here'],
    [{ op: [{ username: '.x' }] }, 'definition.op.0.username: the name must not begin with a dot'],
    [{ op: {} }, 'definition.op: must be a list'],
    [{ op: [{ password: 'a' }], other: [{}] }, 'definition.other.0: is for everybody, as another entry is'],
    [
      { 'wildcard-user': {}, presenter: [{}] },
      'definition.presenter.0: is for everybody, as another entry is',
    ],
    [
      { users: { ada: {} }, op: [{ username: 'ada' }] },
      'definition.op.0: has the name of another entry: give each name once',
    ],
    [key({ kty: 'oct', k: k32 }), 'definition.authKeys.0.alg: must be one of HS256'],
    [key({ kty: 'oct', alg: 'none', k: k32 }), 'definition.authKeys.0.alg: must be one of HS256'],
    [key({ kty: 'RSA', alg: 'HS256', k: k32 }), 'definition.authKeys.0.kty: must be oct'],
    [
      key({ kty: 'oct', alg: 'HS512', k: k32 }),
      'definition.authKeys.0.k: must be base64url of exactly 64 bytes',
    ],
    [key({ kty: 'oct', alg: 'HS256', k: `${k32.slice(1)}B` }), 'must be base64url of exactly 32 bytes'],
    [key({ kty: 'oct', alg: 'HS256', k: k32, use: 'enc' }), 'definition.authKeys.0.use: must be sig'],
    [
      key({ kty: 'EC', alg: 'ES256', crv: 'P-384', x: k32, y: k32 }),
      'definition.authKeys.0.crv: must be P-256',
    ],
    [
      key({ kty: 'EC', alg: 'ES256', crv: 'P-256', x: k32, y: k32, d: k32 }),
      'definition.authKeys.0.d: is not known here',
    ],
    [
      key({ kty: 'RSA', alg: 'RS256', n: k32, e: 'AQAB' }),
      'definition.authKeys.0.n: must be base64url of 2048',
    ],
    [
      { authKeys: Array(21).fill({ kty: 'oct', alg: 'HS256', k: k32 }) },
      'definition.authKeys: must have at most 20',
    ],
  ])('%j: %s', (input, fault) => {
    expect(faults(input)).toEqual([expect.stringContaining(fault)])
  })

  test('hashes that Workers cannot compute, there alone', () => {
    const costly = of({ ...pbkdf2, iterations: 600_000 })
    expect(faults(costly)).toEqual([])
    expect(faults(costly, 'workerd')).toEqual([
      'definition.users.ada.password.iterations: must be at most 100000 on Cloudflare Workers, which compute no more: give a new password in plain, or a hash with fewer',
    ])
    expect(faults(of({ ...pbkdf2, iterations: 100_000 }), 'workerd')).toEqual([])
  })

  test('more passwords in plain than one request can hash', () => {
    const users = (n: number, password: unknown) =>
      Object.fromEntries(Array.from({ length: n }, (_, i) => [`user${i}`, { password }]))
    expect(faults({ users: users(100, 'x') })).toEqual([])
    expect(faults({ users: users(101, 'x') })).toEqual([
      'definition.users: must have at most 100 passwords in plain: hash the others first',
    ])
    expect(faults({ users: users(500, pbkdf2) })).toEqual([])
    expect(faults({ users: users(501, pbkdf2) })).toEqual(['definition.users: must have at most 500 users'])
  })

  test('no fault repeats a password or a key', () => {
    const said = JSON.stringify([
      faults(of({ type: 'geheim-typ', key: 'geheim' })),
      faults(of({ ...pbkdf2, key: 'geheim' })),
      faults(key({ kty: 'oct', alg: 'HS256', k: 'geheim' })),
    ])
    expect(said).not.toContain('geheim')
  })
})

test('users may be called as things that every object has', () => {
  expect(
    plan(JSON.parse('{"users": {"__proto__": {}, "constructor": {}}}')).users.map(({ name }) => name),
  ).toEqual(['__proto__', 'constructor'])
})
