import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeInvitation, makeRoom, rows } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { type RealProvider, realProvider } from '../../test/support/real-provider.ts'
import { finishSignIn, type Jar, newJar, type Purpose, startSignIn } from '../../test/support/sign-in.ts'

/** The whole way through a real provider, which insists on PKCE, exact redirect addresses and single use. */
describe.each([
  ['says all in the id token', true],
  ['leaves claims to userinfo', false],
])('a provider that %s', (_, inToken) => {
  let provider: RealProvider
  let app: TestApp
  let jar: Jar
  beforeAll(async () => {
    provider = await realProvider('http://sightline.test/auth/callback', inToken)
  })
  afterAll(() => provider.close())
  beforeEach(async () => {
    app = await testApp(
      { ...provider.settings, OIDC_ALLOW: 'admin:ada@example.com, operator:group=colour' },
      { fetch: (input, init) => fetch(input, init) },
    )
    // The provider has a real clock.
    app.clock.now = Date.now()
    jar = newJar()
  })
  afterEach(async () => {
    await app.settled()
    app.close()
  })

  const signIn = async (login: string, purpose: Purpose = { for: 'admin' }) =>
    finishSignIn(app, jar, await provider.signIn(await startSignIn(app, jar, purpose), login))
  const users = () => rows(app, 'users', 'name, email, role, issuer, subject')

  test.each([
    ['ada', 'admin'],
    ['colourist', 'operator'],
  ])('signs in %s as %s', async (login, role) => {
    expect(await signIn(login)).toMatchObject({ status: 200, body: { next: 'admin' } })
    expect(await users()).toEqual([
      {
        name: `Person ${login}`,
        email: `${login}@example.com`,
        role,
        issuer: provider.issuer,
        subject: login,
      },
    ])
    expect(jar.cookies.get('__Host-sightline')).toMatch(/^[\w-]{43}$/)
  })

  test.each(['bob', 'unverified'])('does not sign in %s, who is not on the list', async login => {
    expect(await signIn(login)).toMatchObject({ status: 403, body: { code: 'sign_in_failed' } })
    expect(await users()).toEqual([])
  })

  test('lets a client into the room that invites them, and no other', async () => {
    const room = await makeRoom(app)
    await makeInvitation(app, room.id, { kind: 'email', value: 'bob@example.com' })
    const purpose = { for: 'room', slug: room.slug } as const
    expect(await signIn('bob', purpose)).toMatchObject({
      status: 200,
      body: { next: 'room', slug: room.slug, join: { person: { name: 'Person bob' }, state: 'admitted' } },
    })
    expect(await signIn('eve', purpose)).toMatchObject({ status: 403, body: { code: 'not_invited' } })
    expect(await rows(app, 'people', 'account')).toEqual([{ account: `oidc|${provider.issuer}|bob` }])
  })

  test('refuses us without the verifier that we began with', async () => {
    const query = await provider.signIn(await startSignIn(app, jar), 'ada')
    await app.db.execute(`UPDATE ceremonies SET data = json_set(data, '$.verifier', '${'x'.repeat(43)}')`)
    expect((await finishSignIn(app, jar, query)).status).toBe(403)
    expect(await users()).toEqual([])
  })

  test('gives nobody a sign-in without PKCE', async () => {
    const url = new URL(await startSignIn(app, jar))
    url.searchParams.delete('code_challenge')
    url.searchParams.delete('code_challenge_method')
    const query = await provider.signIn(url.href, 'ada')
    expect(new URLSearchParams(query).get('error')).toBe('invalid_request')
    expect((await finishSignIn(app, jar, query)).status).toBe(403)
  })

  test('answers a code once', async () => {
    const query = await provider.signIn(await startSignIn(app, jar), 'ada')
    const [kept] = await rows(app, 'ceremonies')
    const cookies = new Map(jar.cookies)
    expect((await finishSignIn(app, jar, query)).status).toBe(200)
    // Even if our own rule of once were broken.
    await app.db.execute({
      sql: `INSERT INTO ceremonies (hash, kind, challenge, data, expires_at) VALUES (:hash, 'oidc', :challenge, :data, :ends)`,
      args: {
        hash: String(kept!.hash),
        challenge: String(kept!.challenge),
        data: String(kept!.data),
        ends: BigInt(app.clock.now + 60_000),
      },
    })
    jar = { cookies, set: [] }
    expect((await finishSignIn(app, jar, query)).status).toBe(403)
  })
})
