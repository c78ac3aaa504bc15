import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Answer, ask, importGroup, rows } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { fromBase64url, toBase64url } from '../crypto/encoding.ts'
import type { JoinAnswer } from '../people/schema.ts'

const SECRET = new Uint8Array(32).fill(7)
const PLACE = 'https://sightline.example/group/grade/'
const group = {
  authKeys: [{ kty: 'oct', alg: 'HS256', k: toBase64url(SECRET), kid: 'ours' }],
  users: { eve: { permissions: 'op' }, ada: { password: { type: 'wildcard' }, permissions: 'observe' } },
}

/** What was asked of the auth server, and what it answers. */
let asked: { url: string; body: unknown }[]
let answer: (url: string) => Response | Promise<Response>

let app: TestApp
beforeEach(async () => {
  asked = []
  answer = () => new Response(null, { status: 500 })
  app = await testApp(
    { PUBLIC_URL: 'https://sightline.example', PRIVATE_AUTH_SERVERS: 'http://auth.lan:8000' },
    {
      fetch: (async (url: string, init: RequestInit) => {
        asked.push({ url, body: JSON.parse(String(init.body)) })
        return answer(url)
      }) as typeof fetch,
    },
  )
})
afterEach(async () => {
  await app.settled()
  app.close()
})

const sign = (claims: Record<string, unknown> = {}, secret = SECRET) =>
  new SignJWT({
    sub: 'zoe',
    aud: PLACE,
    permissions: ['present', 'message'],
    exp: NOON / 1000 + 30,
    ...claims,
  })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(secret)
const post = (json: object, address = '127.0.0.1') =>
  ask<JoinAnswer & { code?: string }>(app, 'POST', '/api/join', {
    json: { slug: 'grade', ...json },
    token: null,
    address,
  })
const come = async (claims: Record<string, unknown> = {}, fields: object = {}) =>
  post({ token: await sign(claims), ...fields })
const outcome = ({ status, body }: Answer<{ code?: string }>) =>
  body.code ? `${status} ${body.code}` : status

/** The order of P-256: a signature (r, s) is as right as (r, order - s), which anybody can make of it. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
function otherSignature(signature: string): string {
  const bytes = fromBase64url(signature)!
  const s = BigInt(`0x${Buffer.from(bytes.slice(32)).toString('hex')}`)
  const other = Buffer.from((ORDER - s).toString(16).padStart(64, '0'), 'hex')
  return toBase64url(new Uint8Array([...bytes.slice(0, 32), ...other]))
}

describe('a token made elsewhere', () => {
  test('lets in with what it says, in two round trips', async () => {
    await importGroup(app, group)
    app.roundTrips()
    const { status, body } = await come()
    expect([status, app.roundTrips()]).toEqual([200, 2])
    expect([body.person.name, body.permissions, body.state]).toEqual([
      'zoe',
      ['present', 'message', 'annotate'],
      'admitted',
    ])
    expect((await ask(app, 'GET', '/api/room', { token: body.token })).body).toMatchObject({
      permissions: ['present', 'message', 'annotate'],
    })
    expect(
      await rows(app, 'people p JOIN links l ON l.id = p.link_id', 'l.label, p.role, p.account'),
    ).toEqual([{ label: 'Tokens: ours', role: 'presenter', account: 'name|zoe' }])
  })

  test('gives nothing that rooms do not know, and recording only where it is allowed', async () => {
    await importGroup(app, group)
    await importGroup(app, { ...group, 'allow-recording': true }, 'other')
    const all = ['op', 'admin', 'record']
    expect((await come({ permissions: all })).body.permissions).toEqual(['op'])
    const aud = PLACE.replace('grade', 'other')
    expect((await come({ permissions: all, aud }, { slug: 'other' })).body.permissions).toEqual([
      'op',
      'record',
    ])
  })

  test('is the same person when it comes again, and when another one says the same name', async () => {
    await importGroup(app, group)
    const token = await sign()
    const ids = [await post({ token }), await post({ token }), await come({ exp: NOON / 1000 + 60 })]
    expect(new Set(ids.map(({ body }) => body.person.id)).size).toBe(1)
    expect(await rows(app, 'people')).toHaveLength(1)
    app.clock.now += 36_000
    expect(outcome(await post({ token }))).toBe('404 not_found')
  })

  test('gives nothing back that a host took, and takes what it does not say any more', async () => {
    await importGroup(app, group)
    await come({ permissions: ['op', 'message', 'token'] })
    await app.db.execute(`UPDATE people SET permissions = '["message","token"]', role = NULL`)
    expect((await come({ permissions: ['op', 'message', 'token'] })).body.permissions).toEqual([
      'message',
      'token',
    ])
    expect((await come({ permissions: ['message'] })).body.permissions).toEqual(['message'])
    expect((await come({ permissions: ['op', 'message', 'token'] })).body.permissions).toEqual(['message'])
  })

  test('lets nobody in whom a host removed, whichever key signed it', async () => {
    const second = new Uint8Array(32).fill(8)
    await importGroup(app, {
      authKeys: [...group.authKeys, { kty: 'oct', alg: 'HS256', k: toBase64url(second) }],
    })
    await come()
    await app.db.execute('UPDATE people SET removed_at = 1')
    expect([outcome(await come()), outcome(await post({ token: await sign({}, second) }))]).toEqual([
      '403 removed',
      '403 removed',
    ])
  })

  test('lets nobody in whom a host removed as a user of the same name, nor the other way round', async () => {
    const eve = { password: { type: 'plain', key: 'geheim' }, permissions: 'present' }
    for (const slug of ['grade', 'other']) await importGroup(app, { ...group, users: { eve } }, slug)
    const aud = [PLACE, PLACE.replace('grade', 'other')]
    const byToken = (slug: string) => come({ sub: 'eve', aud }, { slug })
    const byPassword = (slug: string) => post({ slug, username: 'eve', password: 'geheim' })
    await byPassword('grade')
    await byToken('other')
    await app.db.execute('UPDATE people SET removed_at = 1')
    expect([outcome(await byToken('grade')), outcome(await byPassword('other'))]).toEqual([
      '403 removed',
      '403 removed',
    ])
  })

  test('that names nobody is the same one however it is signed', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
    await importGroup(app, { authKeys: [{ ...(await exportJWK(publicKey)), alg: 'ES256' }] })
    const claims = { aud: PLACE, exp: NOON / 1000 + 30 }
    const token = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).sign(privateKey)
    const other = `${token.slice(0, token.lastIndexOf('.'))}.${otherSignature(token.split('.')[2]!)}`
    const first = await post({ token, name: 'Yan' })
    expect((await post({ token: other, name: 'Yan' })).body.person.id).toBe(first.body.person.id)
    await app.db.execute('UPDATE people SET removed_at = 1')
    expect(outcome(await post({ token: other, name: 'Yan' }))).toBe('403 removed')
  })

  test('stands before the room’s doors, but for hosts', async () => {
    await importGroup(app, { ...group, autolock: true })
    expect((await come()).body).toMatchObject({ state: 'waiting', waiting: { for: 'unlock' } })
    expect((await come({ sub: 'max', permissions: ['op'] })).body).toMatchObject({ state: 'admitted' })
  })

  test('that names nobody wants a name, which is not a room user’s', async () => {
    await importGroup(app, group)
    const nobody = { sub: undefined }
    expect(await come(nobody)).toMatchObject({
      status: 400,
      body: { code: 'name_required', needs: { name: true, pin: false } },
    })
    expect([
      outcome(await come(nobody, { name: 'eve' })),
      outcome(await come(nobody, { name: 'Yan' })),
    ]).toEqual(['404 not_found', 200])
    // What it says itself outweighs what is typed.
    expect((await come({}, { name: 'Yan' })).body.person.name).toBe('zoe')
  })

  test('counts for nothing where its key is revoked', async () => {
    const { id } = await importGroup(app, group)
    const links = await rows(app, 'links', 'id, label')
    const key = links.find(({ label }) => label === 'Tokens: ours')!
    await ask(app, 'DELETE', `/api/rooms/${id}/links/${key.id}`)
    expect(outcome(await come())).toBe('410 link_revoked')
  })

  test('that is wrong gets the strangers’ answer', async () => {
    await importGroup(app, group)
    await importGroup(app, group, 'other')
    expect(
      await Promise.all([
        come({}, { slug: 'nowhere' }),
        come({}, { slug: 'other' }),
        come({ aud: 'https://other.example/group/grade/' }),
        come({ exp: NOON / 1000 - 6 }),
        post({ token: await sign({}, new Uint8Array(32)) }),
        post({ token: 'x' }),
      ]).then(answers => answers.map(({ body }) => body)),
    ).toEqual(Array(6).fill((await post({ secret: 'x' })).body))
    expect(await rows(app, 'people')).toEqual([])
  })

  test('cannot be opened when its key was moved from another room', async () => {
    await importGroup(app, group)
    await importGroup(app, {}, 'other')
    await app.db.execute(`UPDATE room_keys SET room_id = (SELECT id FROM rooms WHERE slug = 'other')`)
    expect(outcome(await come({ aud: PLACE.replace('grade', 'other') }, { slug: 'other' }))).toBe(
      '404 not_found',
    )
  })
})

describe('an auth server', () => {
  const asks = { ...group, authServer: 'https://auth.example.org/check?group=grade' }
  const knock = (username = 'zoe', password = 'geheim') => post({ username, password })
  const jwt = (body: BodyInit, type = 'application/jwt') =>
    new Response(body, { headers: { 'Content-Type': type } })

  test('is told who wants in where, and its token lets in', async () => {
    await importGroup(app, asks)
    answer = async () => jwt(await sign())
    expect((await knock()).body).toMatchObject({
      person: { name: 'zoe' },
      permissions: ['present', 'message', 'annotate'],
    })
    expect(asked).toEqual([
      { url: asks.authServer, body: { location: PLACE, username: 'zoe', password: 'geheim' } },
    ])
  })

  test('that answers 204 leaves it to the room’s own passwords', async () => {
    await importGroup(app, asks)
    answer = () => new Response(null, { status: 204 })
    expect([outcome(await knock('ada')), outcome(await knock('zoe'))]).toEqual([200, '404 not_found'])
  })

  test('that refuses is not asked again of our own passwords', async () => {
    await importGroup(app, asks)
    answer = () => new Response('no', { status: 403 })
    expect(outcome(await knock('ada'))).toBe('404 not_found')
  })

  test('that gives a wrong token lets nobody in', async () => {
    await importGroup(app, asks)
    answer = async () => jwt(await sign({ aud: PLACE.replace('grade', 'other') }))
    expect(outcome(await knock())).toBe('404 not_found')
  })

  test.each<[string, () => Response | Promise<Response>]>([
    ['is down', () => Promise.reject(new TypeError('fetch failed'))],
    ['fails', () => new Response(null, { status: 500 })],
    ['sends on', () => new Response(null, { status: 302, headers: { Location: 'http://127.0.0.1/' } })],
    ['answers something else', () => jwt('{}', 'application/json')],
    ['answers without end', () => jwt('x'.repeat(300_000))],
    ['answers no text', () => jwt(new Uint8Array([0xff]))],
    ['answers nothing', () => jwt('')],
  ])('that %s lets nobody in, not by a password of the room either', async (_, said) => {
    await importGroup(app, asks)
    answer = said
    expect(outcome(await knock('ada'))).toBe('503 auth_server_unavailable')
    expect(asked).toHaveLength(1)
  })

  test('is asked as often as an address may try, and no more', async () => {
    await importGroup(app, asks)
    answer = () => new Response(null, { status: 403 })
    for (let i = 0; i < 8; i++) await knock()
    expect(asked).toHaveLength(5)
  })

  test.each([
    'http://auth.example.org/check',
    'https://127.0.0.1/check',
    'https://[::1]/check',
    'https://auth.internal/check',
    'https://auth.lan:8000/check',
    'http://auth.lan/check',
  ])('at %s is not asked', async authServer => {
    await importGroup(app, { ...group, authServer })
    expect(outcome(await knock('ada'))).toBe('503 auth_server_unavailable')
    expect(asked).toEqual([])
  })

  test('that the deployment names is asked wherever it is', async () => {
    await importGroup(app, { ...group, authServer: 'http://auth.lan:8000/check' })
    answer = async () => jwt(await sign())
    expect(outcome(await knock())).toBe(200)
  })

  test('is told in no log what was typed, nor is the token', async () => {
    await importGroup(app, asks)
    const token = await sign()
    answer = () => jwt(token)
    await knock()
    answer = () => new Response(null, { status: 500 })
    await knock()
    await app.settled()
    const kept = JSON.stringify([app.log, await rows(app, 'audit')])
    expect(kept).not.toContain('geheim')
    expect(kept).not.toContain(token.split('.')[2])
    expect(kept).not.toContain('group=grade')
  })
})
