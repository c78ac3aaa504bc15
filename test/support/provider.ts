import { createHash, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

/**
 * An identity provider that does what it is told, the wrong thing too. It answers as a stand-in for fetch, or behind a
 * real server; what a right one does is tested with a real one.
 */
export interface FakeProvider {
  issuer: string
  clientId: string
  clientSecret: string
  /** The environment that makes the product sign people in here. */
  settings: Record<string, string>
  /** Answers a call of the product's. */
  answer: (request: Request) => Promise<Response>
  fetch: typeof fetch
  /** What the browser comes back with that went to `url` and signed in; each code counts once. */
  signIn: (url: string) => string
  /** Who signs in: what the id token says, and what only userinfo says. */
  person: { claims: JWTPayload; userinfo?: Record<string, unknown> }
  /** Called paths, with their methods. */
  calls: string[]
  /** Stands in for an answer, by path. */
  instead: Record<string, (request: Request) => Response | Promise<Response>>
  /** Changes the discovery document, the id token's claims, or how it is signed. */
  document: (said: Record<string, unknown>) => Record<string, unknown>
  claims: (right: JWTPayload) => JWTPayload
  sign: (claims: JWTPayload) => Promise<string>
  /** Signs rightly, with its own key. */
  signed: (claims: JWTPayload, alg?: 'RS256' | 'PS256' | 'ES256' | 'EdDSA') => Promise<string>
}

/** Made once a process: RSA keys take their time. */
const makeKeys = async () =>
  Object.fromEntries(
    await Promise.all(
      (['RS256', 'PS256', 'ES256', 'EdDSA'] as const).map(async alg => {
        const pair = await generateKeyPair(alg, { extractable: true })
        return [alg, { ...pair, jwk: { ...(await exportJWK(pair.publicKey)), kid: alg, alg, use: 'sig' } }]
      }),
    ),
  ) as Record<string, { privateKey: CryptoKey; publicKey: CryptoKey; jwk: object }>
let keys: Awaited<ReturnType<typeof makeKeys>> | undefined

/** @param now the time the provider believes it is, in ms */
export async function fakeProvider(
  now: () => number,
  issuer = 'https://id.example/realms/post',
): Promise<FakeProvider> {
  keys ??= await makeKeys()
  const ring = keys
  const codes = new Map<string, URLSearchParams>()
  const json = (body: unknown, status = 200) => Response.json(body, { status })

  const provider: FakeProvider = {
    issuer,
    clientId: 'sight line',
    clientSecret: 'pass:word +%&=',
    settings: {
      PUBLIC_URL: 'http://sightline.test',
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: 'sight line',
      OIDC_CLIENT_SECRET: 'pass:word +%&=',
      OIDC_NAME: 'Post House',
      OIDC_ALLOW: 'admin:ada@example.com, operator:@example.com, operator:group=colour',
    },
    person: { claims: { sub: 'ada-1', name: 'Ada', email: 'ada@example.com', email_verified: true } },
    calls: [],
    instead: {},
    document: said => said,
    claims: right => right,
    sign: claims => provider.signed(claims),
    signed: (claims, alg = 'RS256') =>
      new SignJWT(claims).setProtectedHeader({ alg, kid: alg }).sign(ring[alg]!.privateKey),
    signIn(url) {
      const asked = new URL(url).searchParams
      const code = randomUUID()
      codes.set(code, asked)
      return new URLSearchParams({ code, state: asked.get('state')!, iss: issuer }).toString()
    },
    async answer(request) {
      const path = new URL(request.url).pathname.replace(new URL(issuer).pathname.replace(/\/$/, ''), '')
      provider.calls.push(`${request.method} ${path}`)
      const instead = provider.instead[path]
      if (instead) return instead(request)
      if (path === '/.well-known/openid-configuration') return json(provider.document(document))
      if (path === '/jwks') return json({ keys: Object.values(ring).map(key => key.jwk) })
      if (path === '/token' && request.method === 'POST') return token(request)
      if (path === '/userinfo' && request.headers.get('authorization') === 'Bearer access')
        return json({ sub: provider.person.claims.sub, ...provider.person.userinfo })
      return json({ error: 'not_found' }, 404)
    },
    fetch: (input, init) => provider.answer(new Request(input, init)),
  }

  const document = {
    issuer,
    authorization_endpoint: `${issuer}/authorize?tenant=1`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    userinfo_endpoint: `${issuer}/userinfo`,
    response_types_supported: ['code', 'id_token'],
    id_token_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'EdDSA', 'HS256', 'none'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    authorization_response_iss_parameter_supported: true,
  }

  /** Form encoding comes before Basic (RFC 6749, 2.3.1). */
  const formed = (text: string) => new URLSearchParams({ x: text }).toString().slice(2)
  const basic = `Basic ${btoa(`${formed(provider.clientId)}:${formed(provider.clientSecret)}`)}`

  async function token(request: Request): Promise<Response> {
    const form = new URLSearchParams(await request.text())
    const asked = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (request.headers.get('authorization') !== basic) return json({ error: 'invalid_client' }, 401)
    const right =
      asked &&
      form.get('grant_type') === 'authorization_code' &&
      form.get('redirect_uri') === asked.get('redirect_uri') &&
      asked.get('code_challenge_method') === 'S256' &&
      asked.get('code_challenge') === challenge
    if (!right) return json({ error: 'invalid_grant' }, 400)
    const at = Math.floor(now() / 1000)
    const claims = {
      iss: issuer,
      aud: provider.clientId,
      iat: at,
      exp: at + 300,
      nonce: asked.get('nonce')!,
      ...provider.person.claims,
    }
    return json({
      access_token: 'access',
      token_type: 'Bearer',
      expires_in: 300,
      id_token: await provider.sign(provider.claims(claims)),
    })
  }
  return provider
}

/** The same behind a real server on this machine, with a real clock. */
export async function startFakeProvider(): Promise<FakeProvider & { close: () => Promise<void> }> {
  const server = createServer()
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const provider = await fakeProvider(Date.now, `http://127.0.0.1:${port}/realms/post`)
  server.on('request', getRequestListener(provider.answer))
  return Object.assign(provider, {
    close: () => new Promise<void>(done => server.close(() => done()).closeAllConnections()),
  })
}
