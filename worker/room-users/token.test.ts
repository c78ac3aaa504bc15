import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { bytesOf, toBase64url } from '../crypto/encoding.ts'
import type { RoomJwk } from './jwk.ts'
import { verifyRoomToken } from './token.ts'

const NOW = Date.UTC(2026, 10, 21, 12)
const SECONDS = NOW / 1000
const PLACES = ['https://sightline.example/group/grade', 'https://sightline.example/r/grade']
const shared = (n: number, fill = 1) => new Uint8Array(n).fill(fill)

type Key = RoomJwk & { id: string }
const oct = (
  id: string,
  secret: Uint8Array,
  alg: 'HS256' | 'HS384' | 'HS512' = 'HS256',
  kid?: string,
): Key => ({
  id,
  kty: 'oct',
  alg,
  k: toBase64url(secret),
  ...(kid ? { kid } : {}),
})

let ec: { privateKey: CryptoKey; publicKey: CryptoKey }
let rsa: typeof ec
let keys: Key[]
beforeAll(async () => {
  ec = await generateKeyPair('ES256')
  rsa = await generateKeyPair('RS256')
  keys = [
    oct('plain', shared(32)),
    oct('named', shared(32, 2), 'HS256', 'two'),
    oct('longer', shared(48), 'HS384'),
    oct('longest', shared(64), 'HS512'),
    { ...(await exportJWK(ec.publicKey)), alg: 'ES256', id: 'curve' } as Key,
    { ...(await exportJWK(rsa.publicKey)), alg: 'RS256', id: 'rsa' } as Key,
  ]
})

const usual = {
  sub: 'Ada',
  aud: 'https://sightline.example/group/grade/',
  permissions: ['present', 'message'],
  iat: SECONDS,
  exp: SECONDS + 30,
}
const sign = (
  claims: Record<string, unknown> = {},
  key: Uint8Array | CryptoKey = shared(32),
  header: { alg: string; kid?: string } & Record<string, unknown> = { alg: 'HS256' },
) =>
  new SignJWT(
    Object.fromEntries(Object.entries({ ...usual, ...claims }).filter(([, value]) => value !== undefined)),
  )
    .setProtectedHeader(header)
    .sign(key)
const verify = (token: string, at = NOW) => verifyRoomToken(token, keys, PLACES, at)

describe('a token is right', () => {
  test('signed with a key of any kind, which is told', async () => {
    const tokens = {
      plain: await sign(),
      named: await sign({}, shared(32, 2), { alg: 'HS256', kid: 'two' }),
      longer: await sign({}, shared(48), { alg: 'HS384' }),
      longest: await sign({}, shared(64), { alg: 'HS512' }),
      curve: await sign({}, ec.privateKey, { alg: 'ES256' }),
      rsa: await sign({}, rsa.privateKey, { alg: 'RS256' }),
    }
    for (const [keyId, token] of Object.entries(tokens))
      expect(await verify(token)).toEqual({
        keyId,
        name: 'Ada',
        permissions: ['present', 'message', 'annotate'],
      })
  })

  test('without a kid, every key of its algorithm is tried', async () => {
    expect(await verify(await sign({}, shared(32, 2)))).toMatchObject({ keyId: 'named' })
  })

  test.each<[string, Record<string, unknown>, object]>([
    ['for one of several places', { aud: ['https://x.example/', usual.aud] }, {}],
    ['for the room by its own address', { aud: 'https://sightline.example/r/grade' }, {}],
    ['without a name', { sub: undefined }, { name: undefined }],
    ['with an empty name', { sub: '' }, { name: undefined }],
    ['without permissions', { permissions: undefined }, { permissions: [] }],
    ['with none', { permissions: null }, { permissions: [] }],
    ['that says more than rooms know', { permissions: ['admin', 'owner', 'op'] }, { permissions: ['op'] }],
    ['by a clock that is five seconds ahead', { iat: SECONDS + 5, nbf: SECONDS + 5 }, {}],
    ['five seconds after its end', { exp: SECONDS - 4 }, {}],
    ['that does not say when it was made', { iat: undefined }, {}],
    ['with what it also says', { iss: 'x', jti: 'y', other: {} }, {}],
  ])('%s', async (_, claims, expected) => {
    expect(await verify(await sign(claims))).toEqual({
      keyId: 'plain',
      name: 'Ada',
      permissions: ['present', 'message', 'annotate'],
      ...expected,
    })
  })
})

describe('a token is wrong', () => {
  test.each<[string, Record<string, unknown>]>([
    ['without an end', { exp: undefined }],
    ['after its end', { exp: SECONDS - 5 }],
    ['that ends at no time', { exp: 'never' }],
    ['made in the future', { iat: SECONDS + 6 }],
    ['not yet valid', { nbf: SECONDS + 6 }],
    ['for no place', { aud: undefined }],
    ['for nowhere', { aud: [] }],
    ['for another room', { aud: 'https://sightline.example/group/other/' }],
    ['for a room in the room', { aud: 'https://sightline.example/group/grade/sub/' }],
    ['for another host', { aud: 'https://other.example/group/grade/' }],
    ['for another port', { aud: 'https://sightline.example:8443/group/grade/' }],
    ['without TLS', { aud: 'http://sightline.example/group/grade/' }],
    ['with a login', { aud: 'https://x@sightline.example/group/grade/' }],
    ['with a query', { aud: 'https://sightline.example/group/grade/?x' }],
    ['for a path that only comes to the room', { aud: 'https://sightline.example/group/other\\..\\grade/' }],
    ['for anything', { aud: '*' }],
    ['with a name that is not one', { sub: 7 }],
    ['with a name of two lines', { sub: 'a\nb' }],
    ['with a very long name', { sub: 'x'.repeat(81) }],
    ['with permissions that are no list', { permissions: 'op' }],
    ['with permissions that are no words', { permissions: [1] }],
  ])('%s', async (_, claims) => {
    expect(await verify(await sign(claims))).toBeUndefined()
  })

  test.each<[string, () => Promise<string>]>([
    ['signed with another key', () => sign({}, shared(32, 9))],
    ['with a kid that no key has', () => sign({}, shared(32), { alg: 'HS256', kid: 'three' })],
    ['with the kid of another key', () => sign({}, shared(32), { alg: 'HS256', kid: 'two' })],
    ['with an algorithm that the key is not for', () => sign({}, shared(32), { alg: 'HS384' })],
    [
      'signed with a public key as if it were a secret',
      async () => sign({}, bytesOf(JSON.stringify(await exportJWK(ec.publicKey))), { alg: 'HS256' }),
    ],
    [
      'with what must be understood and is not',
      () => sign({}, shared(32), { alg: 'HS256', crit: ['exp'], exp: 1 }).catch(() => ''),
    ],
    [
      'signed by nobody',
      async () => `${toBase64url(bytesOf('{"alg":"none"}'))}.${toBase64url(bytesOf(JSON.stringify(usual)))}.`,
    ],
    ['cut short', async () => (await sign()).slice(0, -4)],
    ['without a signature', async () => (await sign()).replace(/[^.]*$/, '')],
    ['with a part more', async () => `${await sign()}.x`],
    ['that is too long', () => sign({ x: 'x'.repeat(8192) })],
    ['that is none', async () => 'x'],
    ['that is empty', async () => ''],
    [
      'whose header is no JSON',
      async () => `${toBase64url(bytesOf('x'))}.${(await sign()).split('.').slice(1).join('.')}`,
    ],
  ])('%s', async (_, token) => {
    expect(await verify(await token())).toBeUndefined()
  })

  test('with any one character changed, spare bits included', async () => {
    const token = await sign()
    for (let at = 0; at < token.length; at++) {
      if (token[at] === '.') continue
      const changed = token.slice(0, at) + (token[at] === 'B' ? 'A' : 'B') + token.slice(at + 1)
      expect({ at, right: await verify(changed) }).toEqual({ at, right: undefined })
    }
  })

  test('where the room has no keys', async () => {
    expect(await verifyRoomToken(await sign(), [], PLACES, NOW)).toBeUndefined()
  })
})
