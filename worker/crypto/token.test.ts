import { exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { bytesOf, fromBase64url, textOf, toBase64url } from './encoding.ts'
import { createKeys } from './keys.ts'
import { signToken, type TokenPurpose, verifyToken } from './token.ts'

const SECRET = 'a secret of the tests, long enough for anybody'
const keys = createKeys(SECRET)
const NOW = Date.UTC(2026, 10, 21, 12)

interface Claims {
  who: string
}
const isClaims = (c: unknown): c is Claims => typeof (c as Claims)?.who === 'string'
const verify = (token: string, purpose: TokenPurpose = 'playback-token', now = NOW, grace = 0) =>
  verifyToken(keys, purpose, token, now, isClaims, grace)
const sign = (expiresAt = NOW + 60_000, purpose: TokenPurpose = 'playback-token') =>
  signToken(keys, purpose, { who: 'ada' }, expiresAt)
/** The key itself, as somebody would have it who knew the secret. */
const seed = async (purpose: TokenPurpose) => (await keys.seeds(purpose))[0]!

describe('a token', () => {
  it('is a JWT that any library reads', async () => {
    const { payload, protectedHeader } = await jwtVerify(await sign(), await seed('playback-token'), {
      currentDate: new Date(NOW),
    })
    expect({ payload, protectedHeader }).toEqual({
      payload: { who: 'ada', exp: NOW / 1000 + 60 },
      protectedHeader: { alg: 'HS256', typ: 'JWT', kid: 'play.1' },
    })
  })

  it('gives its claims until it expires, and with a grace for that long after', async () => {
    const token = await sign()
    const claims = { who: 'ada', exp: NOW / 1000 + 60 }
    expect(await verify(token, 'playback-token', NOW + 59_999)).toEqual(claims)
    expect(await verify(token, 'playback-token', NOW + 60_000)).toBe('expired')
    expect(await verify(token, 'playback-token', NOW + 60_499, 500)).toEqual(claims)
    expect(await verify(token, 'playback-token', NOW + 60_500, 500)).toBe('expired')
  })

  it('counts its last second as a whole one', async () => {
    const token = await sign(NOW + 1)
    expect(await verify(token, 'playback-token', NOW + 999)).toEqual({ who: 'ada', exp: NOW / 1000 + 1 })
    expect(await verify(token, 'playback-token', NOW + 1_000)).toBe('expired')
  })

  it('serves its own purpose only', async () => {
    expect(await verify(await sign(), 'person-token')).toBe('malformed')
    expect(await verify(await sign(NOW + 60_000, 'person-token'), 'playback-token')).toBe('malformed')
  })

  it('serves its own purpose only, even under a header of the other', async () => {
    const [, payload] = (await sign()).split('.')
    const [head] = (await sign(NOW + 60_000, 'person-token')).split('.')
    const tag = await keys.mac('playback-token', bytesOf(`${head}.${payload}`))
    expect(await verify(`${head}.${payload}.${toBase64url(tag)}`, 'person-token')).toBe('forged')
  })

  it('of the previous secret is read, and never made', async () => {
    const both = createKeys('the secret that came after, long enough as well', SECRET)
    expect(await verifyToken(both, 'playback-token', await sign(), NOW, isClaims)).toEqual({
      who: 'ada',
      exp: NOW / 1000 + 60,
    })
    const fresh = await signToken(both, 'playback-token', { who: 'ada' }, NOW + 60_000)
    expect(await verify(fresh)).toBe('forged')
  })
})

describe('another header', () => {
  /** Signed rightly with our own key: only the header is not ours. */
  const under = async (header: object) => {
    const body = `${toBase64url(bytesOf(JSON.stringify(header)))}.${(await sign()).split('.')[1]}`
    return `${body}.${toBase64url(await keys.mac('playback-token', bytesOf(body)))}`
  }
  it.each([
    ['alg none', { alg: 'none', typ: 'JWT', kid: 'play.1' }],
    ['alg HS512', { alg: 'HS512', typ: 'JWT', kid: 'play.1' }],
    ['alg in lower case', { alg: 'hs256', typ: 'JWT', kid: 'play.1' }],
    ['another kid', { alg: 'HS256', typ: 'JWT', kid: 'play.2' }],
    ['no kid', { alg: 'HS256', typ: 'JWT' }],
    ['the same members in another order', { typ: 'JWT', alg: 'HS256', kid: 'play.1' }],
    ['a member more', { alg: 'HS256', typ: 'JWT', kid: 'play.1', crit: [] }],
    ['a key of its own', { alg: 'HS256', typ: 'JWT', kid: 'play.1', jwk: { kty: 'oct', k: 'AA' } }],
  ])('%s is not ours', async (_, header) => {
    expect(await verify(await under(header))).toBe('malformed')
  })

  it('signed by a library with HS512 and our key is not ours', async () => {
    const token = await new SignJWT({ who: 'ada' })
      .setProtectedHeader({ alg: 'HS512', typ: 'JWT', kid: 'play.1' })
      .setExpirationTime(NOW / 1000 + 60)
      .sign(new Uint8Array([...(await seed('playback-token')), ...(await seed('playback-token'))]))
    expect(await verify(token)).toBe('malformed')
  })

  it('signed with a key pair is not ours, nor is the public key taken for a secret', async () => {
    const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
    const token = await new SignJWT({ who: 'ada' })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'play.1' })
      .setExpirationTime(NOW / 1000 + 60)
      .sign(pair.privateKey)
    expect(await verify(token)).toBe('malformed')
    const { x } = await exportJWK(pair.publicKey)
    const confused = await new SignJWT({ who: 'ada' })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: 'play.1' })
      .setExpirationTime(NOW / 1000 + 60)
      .sign(fromBase64url(x!)!)
    expect(await verify(confused)).toBe('forged')
  })
})

describe('another form', () => {
  const parts = async () => (await sign()).split('.') as [string, string, string]
  const spare = (text: string) => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    return text.slice(0, -1) + alphabet[alphabet.indexOf(text.at(-1)!) ^ 1]
  }

  it.each<[string, (p: [string, string, string]) => string]>([
    ['nothing', () => ''],
    ['two parts', ([h, p]) => `${h}.${p}`],
    ['an empty signature', ([h, p]) => `${h}.${p}.`],
    ['four parts', ([h, p, s]) => `${h}.${p}.${s}.`],
    ['an empty payload', ([h, , s]) => `${h}..${s}`],
    ['a padded signature', ([h, p, s]) => `${h}.${p}.${s}=`],
    ['spare bits in the signature', ([h, p, s]) => `${h}.${p}.${spare(s)}`],
    ['the other alphabet', ([h, p, s]) => `${h}.${p}.${s.slice(0, -3)}+/${s.at(-1)}`],
    [
      'a signature cut to 16 bytes',
      ([h, p, s]) => `${h}.${p}.${toBase64url(fromBase64url(s)!.subarray(0, 16))}`,
    ],
    [
      'a longer signature',
      ([h, p, s]) => `${h}.${p}.${toBase64url(new Uint8Array([...fromBase64url(s)!, 0]))}`,
    ],
    ['a space before', ([h, p, s]) => ` ${h}.${p}.${s}`],
    ['a line end after', ([h, p, s]) => `${h}.${p}.${s}\n`],
    ['percent signs', ([h, p, s]) => `${h}%2E${p}.${s}`],
    ['more than 1 KiB', ([h, p, s]) => `${h}.${p}${'A'.repeat(1024)}.${s}`],
  ])('%s is malformed', async (_, change) => {
    expect(await verify(change(await parts()))).toBe('malformed')
  })

  it('with its payload written otherwise, or changed, is forged', async () => {
    const [h, p, s] = await parts()
    const text = textOf(fromBase64url(p)!)
    const others = [`${text} `, text.replace('ada', 'bob'), text.replace('{', '{ '), '{}', 'null', '[]']
    for (const other of others)
      expect(await verify(`${h}.${toBase64url(bytesOf(other))}.${s}`)).toBe('forged')
  })

  it('signed by us with claims that this purpose does not know is malformed', async () => {
    const odd = [{}, { who: 7 }]
    for (const claims of odd)
      expect(await verify(await signToken(keys, 'playback-token', claims, NOW + 60_000))).toBe('malformed')
  })
})

it('under another secret is forged', async () => {
  const others = createKeys('not the secret of the tests, but long enough')
  expect(await verify(await signToken(others, 'playback-token', { who: 'ada' }, NOW + 60_000))).toBe('forged')
})
