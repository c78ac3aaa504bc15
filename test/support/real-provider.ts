import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
// @ts-expect-error The package has no types.
import { Provider } from 'oidc-provider'

/** A real identity provider (node-oidc-provider) on this machine, where people sign in as whom they like. */
export interface RealProvider {
  issuer: string
  settings: Record<string, string>
  /** Goes to an address as a browser does, signs in as `login`, agrees; gives the query that it is sent back with. */
  signIn: (url: string, login: string) => Promise<string>
  close: () => Promise<void>
}

/** @param inToken whether the id token has all claims, or leaves them to userinfo, as the standard has it */
export async function realProvider(redirectUri: string, inToken: boolean): Promise<RealProvider> {
  const server = createServer()
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      { client_id: 'sightline', client_secret: 'a secret of the tests', redirect_uris: [redirectUri] },
    ],
    cookies: { keys: ['a key of the tests'] },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    pkce: { required: () => true },
    conformIdTokenClaims: !inToken,
    scopes: ['openid', 'email', 'profile', 'groups'],
    claims: { email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    findAccount: (_: unknown, id: string) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        name: `Person ${id}`,
        email: `${id}@example.com`,
        email_verified: id !== 'unverified',
        groups: id === 'colourist' ? ['colour'] : [],
      }),
    }),
  })
  server.on('request', provider.callback())
  return {
    issuer,
    settings: {
      PUBLIC_URL: new URL(redirectUri).origin,
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: 'sightline',
      OIDC_CLIENT_SECRET: 'a secret of the tests',
      OIDC_SCOPE: 'openid email profile groups',
    },
    signIn: (url, login) => visit(url, login, redirectUri),
    close: () => new Promise(done => server.close(() => done()).closeAllConnections()),
  }
}

/** Follows redirects with cookies, and fills in the two forms of the provider's own development pages. */
async function visit(from: string, login: string, redirectUri: string): Promise<string> {
  const cookies = new Map<string, string>()
  let url = from
  let form: Record<string, string> | undefined
  for (let steps = 0; steps < 20; steps++) {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      cookies.set(name!, value!)
    }
    const to = answer.headers.get('location')
    if (to) {
      const next = new URL(to, url)
      if (next.href.startsWith(redirectUri)) return next.search
      url = next.href
      form = undefined
      continue
    }
    const page = await answer.text()
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1]
    if (!prompt)
      throw new Error(`no form at ${answer.status} ${new URL(url).pathname}: ${page.slice(0, 300)}`)
    url = new URL(/action="([^"]+)"/.exec(page)![1]!, url).href
    form = prompt === 'login' ? { prompt, login, password: 'any' } : { prompt }
  }
  throw new Error('the provider sends us in circles')
}
