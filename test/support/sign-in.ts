import type { TestApp } from './app.ts'
import type { FakeProvider } from './provider.ts'

/** A browser's cookies, as far as the tests need them: names and values. */
export interface Jar {
  cookies: Map<string, string>
  /** Set-Cookie lines as they came, newest answer only. */
  set: string[]
  /** Where the browser is; absent = on this machine, which nothing blocks. */
  address?: string
}

export const newJar = (): Jar => ({ cookies: new Map(), set: [] })

/** A call of a page of ours in a browser. */
export async function fromPage<T = Record<string, unknown>>(
  app: TestApp,
  jar: Jar,
  method: string,
  path: string,
  json?: unknown,
): Promise<{ status: number; body: T; headers: Headers }> {
  const cookie = [...jar.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const answer = await app.request(method, path, {
    token: null,
    ...(jar.address === undefined ? {} : { address: jar.address }),
    headers: { origin: 'http://sightline.test', 'user-agent': 'Tests', ...(cookie && { cookie }) },
    ...(json === undefined ? {} : { json }),
  })
  jar.set = answer.headers.getSetCookie()
  for (const line of jar.set) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
    if (/; Max-Age=0/i.test(line)) jar.cookies.delete(name!)
    else jar.cookies.set(name!, value!)
  }
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, body: (text ? JSON.parse(text) : undefined) as T }
}

export type Purpose = { for: 'admin' } | { for: 'room'; slug: string }

/** The address to go to. */
export async function startSignIn(
  app: TestApp,
  jar: Jar,
  purpose: Purpose = { for: 'admin' },
): Promise<string> {
  const { status, body } = await fromPage<{ url: string }>(app, jar, 'POST', '/api/auth/oidc/start', purpose)
  if (status !== 200) throw new Error(`start answered ${status}: ${JSON.stringify(body)}`)
  return body.url
}

export const finishSignIn = (app: TestApp, jar: Jar, query: string) =>
  fromPage(app, jar, 'POST', '/api/auth/oidc/finish', { query })

/** There and back. */
export async function signInThrough(
  app: TestApp,
  provider: FakeProvider,
  jar: Jar = newJar(),
  purpose: Purpose = { for: 'admin' },
) {
  return finishSignIn(app, jar, provider.signIn(await startSignIn(app, jar, purpose)))
}
