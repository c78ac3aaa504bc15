import {
  exportSPKI,
  generateKeyPair,
  importSPKI,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { type FakeProvider, fakeProvider } from '../../test/support/provider.ts'
import { expectRefusal } from '../../test/support/refused.ts'
import { type Jar, newJar, signInThrough } from '../../test/support/sign-in.ts'
import { bytesOf, toBase64url } from '../crypto/encoding.ts'

/** Id tokens that a right provider would not give out. */

let app: TestApp
let provider: FakeProvider
let jar: Jar
beforeEach(async () => {
  provider = await fakeProvider(() => app.clock.now)
  app = await testApp(provider.settings, { fetch: provider.fetch })
  jar = newJar()
})
afterEach(async () => {
  await app.settled()
  app.close()
})
const expectRefused = (answer: { status: number; body: unknown }, reason: string, detail?: string) =>
  expectRefusal(app, jar, answer, reason, detail)

describe('an id token', () => {
  const wrongClaims: [string, Record<string, unknown>, string][] = [
    ['with another nonce', { nonce: 'x'.repeat(43) }, 'OAUTH_JWT_CLAIM_COMPARISON_FAILED nonce'],
    ['without a nonce', { nonce: undefined }, 'OAUTH_INVALID_RESPONSE'],
    ['for somebody else', { aud: 'another client' }, 'OAUTH_JWT_CLAIM_COMPARISON_FAILED aud'],
    ['for nobody', { aud: undefined }, 'OAUTH_INVALID_RESPONSE'],
    ['for others too', { aud: ['sight line', 'another client'] }, 'OAUTH_JWT_CLAIM_COMPARISON_FAILED aud'],
    [
      'for others too, given to one of them',
      { aud: ['sight line', 'another client'], azp: 'another client' },
      'OAUTH_JWT_CLAIM_COMPARISON_FAILED azp',
    ],
    ['given to somebody else', { azp: 'another client' }, 'azp'],
    ['of another issuer', { iss: 'https://evil.example' }, 'OAUTH_JWT_CLAIM_COMPARISON_FAILED iss'],
    [
      'of an issuer that is almost the right one',
      { iss: 'https://id.example/realms/post/' },
      'OAUTH_JWT_CLAIM_COMPARISON_FAILED iss',
    ],
    ['of no issuer', { iss: undefined }, 'OAUTH_INVALID_RESPONSE'],
    ['without an end', { exp: undefined }, 'OAUTH_INVALID_RESPONSE'],
    ['with an end in words', { exp: 'never' }, 'OAUTH_INVALID_RESPONSE'],
    ['without a beginning', { iat: undefined }, 'OAUTH_INVALID_RESPONSE'],
    ['about nobody', { sub: undefined }, 'OAUTH_INVALID_RESPONSE'],
    ['about the empty subject', { sub: '' }, 'sub'],
    ['about a number', { sub: 7 }, 'OAUTH_INVALID_RESPONSE'],
    ['about a subject of two lines', { sub: 'ada\n1' }, 'sub'],
    ['about a subject that is too long', { sub: 'a'.repeat(256) }, 'sub'],
  ]
  test.each(wrongClaims)('%s', async (_, claims, detail) => {
    provider.claims = right => ({ ...right, ...claims }) as JWTPayload
    await expectRefused(await signInThrough(app, provider, jar), 'token', detail)
    expect(provider.calls).not.toContain('GET /userinfo')
  })

  const late = (by: number) => (right: JWTPayload) => ({ ...right, exp: right.iat! - by })
  const early = (by: number) => (right: JWTPayload) => ({ ...right, iat: right.iat! + by })
  test('that has expired', async () => {
    provider.claims = late(70)
    await expectRefused(
      await signInThrough(app, provider, jar),
      'token',
      'OAUTH_JWT_TIMESTAMP_CHECK_FAILED exp',
    )
  })
  test('that is from tomorrow', async () => {
    provider.claims = early(70)
    await expectRefused(await signInThrough(app, provider, jar), 'token', 'iat')
  })
  test('that is not to be used yet', async () => {
    provider.claims = right => ({ ...right, nbf: right.iat! + 120 })
    await expectRefused(
      await signInThrough(app, provider, jar),
      'token',
      'OAUTH_JWT_TIMESTAMP_CHECK_FAILED nbf',
    )
  })
  test.each([
    ['late', late(50)],
    ['early', early(50)],
  ])('a minute %s is a clock that differs', async (_, claims) => {
    provider.claims = claims
    expect((await signInThrough(app, provider, jar)).status).toBe(200)
  })
})

describe('a signature', () => {
  const ALG = 'OAUTH_INVALID_RESPONSE'

  test('that is none', async () => {
    provider.sign = async claims => new UnsecuredJWT(claims).encode()
    await expectRefused(await signInThrough(app, provider, jar), 'token', ALG)
  })

  test('that is none, in other letters, with a signature behind', async () => {
    provider.sign = async claims => {
      const [, payload, tag] = (await provider.signed(claims)).split('.')
      return `${toBase64url(bytesOf(JSON.stringify({ alg: 'NONE' })))}.${payload}.${tag}`
    }
    await expectRefused(await signInThrough(app, provider, jar), 'token', ALG)
  })

  test('made with the public key as a secret', async () => {
    const { keys } = (await (await provider.fetch(`${provider.issuer}/jwks`)).json()) as {
      keys: { n: string }[]
    }
    const pair = await generateKeyPair('RS256', { extractable: true })
    const spki = await exportSPKI(await importSPKI(await exportSPKI(pair.publicKey), 'RS256'))
    for (const secret of [spki, JSON.stringify(keys[0]), keys[0]!.n, provider.clientSecret.padEnd(40)]) {
      provider.sign = claims =>
        new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'RS256' }).sign(bytesOf(secret))
      await expectRefused(await signInThrough(app, provider, jar), 'token', ALG)
    }
  })

  test('by another key', async () => {
    const { privateKey } = await generateKeyPair('RS256')
    provider.sign = claims =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'RS256' }).sign(privateKey)
    await expectRefused(await signInThrough(app, provider, jar), 'signature', 'OAUTH_INVALID_RESPONSE')
  })

  test('by another key that the token brings along or points to', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
    const jwk = await crypto.subtle.exportKey('jwk', publicKey as CryptoKey)
    for (const more of [{ jwk }, { jku: 'https://evil.example/jwks' }]) {
      provider.sign = claims =>
        new SignJWT(claims)
          .setProtectedHeader({ alg: 'ES256', kid: 'ES256', ...more } as JWTHeaderParameters)
          .sign(privateKey)
      await expectRefused(await signInThrough(app, provider, jar), 'signature', 'OAUTH_INVALID_RESPONSE')
    }
    expect(provider.calls.some(call => call.includes('evil'))).toBe(false)
  })

  test('by a key that is not published', async () => {
    provider.sign = claims => {
      const header = { alg: 'RS256', kid: 'another' }
      return provider
        .signed(claims)
        .then(token => [toBase64url(bytesOf(JSON.stringify(header))), ...token.split('.').slice(1)].join('.'))
    }
    await expectRefused(await signInThrough(app, provider, jar), 'signature', 'OAUTH_KEY_SELECTION_FAILED')
  })

  test('over other claims', async () => {
    provider.sign = async claims => {
      const [head, , tag] = (await provider.signed(claims)).split('.')
      const payload = toBase64url(bytesOf(JSON.stringify({ ...claims, email: 'eve@example.com' })))
      return `${head}.${payload}.${tag}`
    }
    await expectRefused(await signInThrough(app, provider, jar), 'signature', 'OAUTH_INVALID_RESPONSE')
  })

  test('of a kind that is not taken', async () => {
    const { privateKey } = await generateKeyPair('RS512')
    provider.sign = claims => new SignJWT(claims).setProtectedHeader({ alg: 'RS512' }).sign(privateKey)
    await expectRefused(await signInThrough(app, provider, jar), 'token', ALG)
  })

  test.each<[string, (token: string) => string, string, string]>([
    ['padded', token => `${token}=`, 'token', 'form'],
    ['with spare bits', spare, 'token', 'form'],
    ['missing', token => token.slice(0, token.lastIndexOf('.')), 'token', 'OAUTH_INVALID_RESPONSE'],
    ['empty', token => token.slice(0, token.lastIndexOf('.') + 1), 'signature', 'OAUTH_INVALID_RESPONSE'],
  ])('%s', async (_, change, reason, detail) => {
    provider.sign = async claims => change(await provider.signed(claims))
    await expectRefused(await signInThrough(app, provider, jar), reason, detail)
  })
})

/** The same bytes for a decoder that ignores the bits that are left over. */
function spare(token: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return token.slice(0, -1) + alphabet[alphabet.indexOf(token.at(-1)!) ^ 1]
}
