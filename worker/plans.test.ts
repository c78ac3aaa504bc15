import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ask,
  ingestKey,
  join,
  joinRequest,
  makeLink,
  makeRoom,
  makeStream,
  playback,
  publish,
} from '../test/support/api.ts'
import { type TestApp, testApp } from '../test/support/app.ts'
import type { Authenticator, Wrongs } from '../test/support/authenticator.ts'
import { webhook } from '../test/support/ome.ts'
import { originWith } from '../test/support/origin.ts'
import {
  answerSignIn,
  givePasskey,
  mintedSecret,
  newBrowser,
  signInOptions,
} from '../test/support/passkeys.ts'
import { plansOf, scans } from '../test/support/plan.ts'
import { PNG } from '../test/support/png.ts'
import { fromPage, type Jar } from '../test/support/sign-in.ts'
import { makeUser, type TestUser } from '../test/support/users.ts'
import type { Link } from './links/schema.ts'
import type { Room } from './rooms/schema.ts'

/** What runs often must not read through a table that grows. The statements are those that the app really sends. */

let app: TestApp
let room: Room
let link: Link
let bearer: string
let key: string
let camera: { id: string; key: string }
beforeAll(async () => {
  app = await testApp({ PURGE_ENDED_AFTER_DAYS: '30' })
  app.origin.answer = originWith({ elsewhere: {} })
  room = await makeRoom(app, { slug: 'grade', maxViewers: 9 })
  link = await makeLink(app, room.id, { maxDevices: 9, pin: '1234', role: 'reviewer' })
  bearer = (await join(app, link, { pin: '1234' })).token
  key = await ingestKey(app, room.id)
  camera = await makeStream(app, room.id)
  await ask(app, 'POST', `/api/rooms/${room.id}/users`, { json: { name: 'ada', password: 'ada-password' } })
})
afterAll(() => app.close())

/** The statements of some work: how many they are, and which of them read through a table. */
async function look(work: () => Promise<unknown>) {
  app.roundTrips()
  await work()
  const plans = await plansOf(app.database)
  app.roundTrips()
  return {
    statements: plans.length,
    scans: plans.filter(plan => scans(plan).length).map(plan => ({ sql: plan.sql, scans: scans(plan) })),
  }
}

describe('admission', () => {
  const play = async (status: 'opening' | 'closing', protocol = 'WebRTC', file = '') => {
    const { webrtc } = await playback(app, bearer)
    const url = file ? webrtc.url.replace('ws:', 'http:').replace('?', `/${file}?`) : webrtc.url
    app.roundTrips()
    return webhook(app, { url, protocol, status, port: 1 })
  }
  const whip = (status: 'opening' | 'closing') =>
    webhook(app, {
      direction: 'incoming',
      protocol: 'WebRTC',
      url: `http://origin.test:3333/app/${key}?direction=whip`,
      status,
      port: 2,
    })

  it.each<[string, number, () => Promise<unknown>]>([
    ['an opening', 2, () => play('opening')],
    ['a renewal over LL-HLS', 2, () => play('opening', 'LLHLS', 'llhls.m3u8')],
    ['a thumbnail', 1, () => play('opening', 'Thumbnail', 'thumb.jpg')],
    ['a closing', 3, () => play('closing')],
    ["a publisher's opening", 3, () => publish(app, key)],
    ["a publisher's closing", 2, () => publish(app, key, { status: 'closing' })],
    ["a WHIP publisher's opening", 3, () => whip('opening')],
    ["a WHIP publisher's closing", 2, () => whip('closing')],
    ["an opening with a stream's key", 3, () => publish(app, camera.key, { port: 3 })],
    ["a closing with a stream's key", 2, () => publish(app, camera.key, { status: 'closing', port: 3 })],
  ])('%s runs %i statements, all by index', async (_, statements, work) => {
    let answer: unknown
    const plans = await look(async () => {
      answer = await work()
    })
    expect({ ...plans, answer }).toEqual({
      statements,
      scans: [],
      answer: expect.objectContaining({ allowed: true }),
    })
  })
})

describe('pages', () => {
  const NO_STILL = 'a'.repeat(16)
  const keepStill = () =>
    ask(app, 'POST', '/api/room/stills?name=x&at=2026-11-21T12:00:00Z', {
      token: bearer,
      body: PNG,
      headers: { 'content-type': 'image/png' },
    })
  const byName = (fields: object) =>
    ask(app, 'POST', '/api/join', { token: null, json: { slug: 'grade', ...fields } })

  it.each<[string, number, () => Promise<unknown>]>([
    ['joining again', 1, () => join(app, link, {}, bearer)],
    ['failing with a name and password', 8, () => byName({ username: 'ada', password: 'wrong' })],
    ['failing with a token', 3, () => byName({ token: 'x' })],
    ['looking at the room', 1, () => ask(app, 'GET', '/api/room', { token: bearer })],
    ['asking for an address', 1, () => playback(app, bearer)],
    ['the stills of the room', 2, () => ask(app, 'GET', '/api/room/stills', { token: bearer })],
    ['one of them', 2, () => ask(app, 'GET', `/api/room/stills/${NO_STILL}`, { token: bearer })],
    ['deleting it', 2, () => ask(app, 'DELETE', `/api/room/stills/${NO_STILL}`, { token: bearer })],
    ['asking for an address of another stream', 1, () => playback(app, bearer, camera.id)],
    // With whether the caller is blocked.
    ['who holds a seat', 3, () => ask(app, 'GET', `/api/rooms/${room.id}/seats`)],
    ['a room’s streams', 3, () => ask(app, 'GET', `/api/rooms/${room.id}/streams`)],
    ['one room', 2, () => ask(app, 'GET', `/api/rooms/${room.id}`)],
    ['one link', 2, () => ask(app, 'GET', `/api/rooms/${room.id}/links/${link.id}`)],
  ])('%s runs %i statement(s), all by index', async (_, statements, work) => {
    expect(await look(work)).toEqual({ statements, scans: [] })
  })

  it('keeping a still: by index but the row of the audit, that is brought along', async () => {
    const { statements, scans } = await look(keepStill)
    expect([statements, scans.flatMap(({ scans }) => scans)]).toEqual([
      7,
      ['SCAN json_each VIRTUAL TABLE INDEX 1:'],
    ])
  })

  it('coming in with a name and password: by index but the permissions that come along', async () => {
    const plans = await look(() => byName({ username: 'ada', password: 'ada-password' }))
    const scans = plans.scans.flatMap(({ scans }) => scans)
    expect([plans.statements, new Set(scans)]).toEqual([
      13,
      new Set(['SCAN json_each VIRTUAL TABLE INDEX 1:']),
    ])
  })

  it.each<[string, number, number, object]>([
    ['without a PIN', 4, 1, {}],
    ['with a PIN', 10, 3, { pin: '1234' }],
    ['with a wrong PIN', 10, 3, { pin: '4321' }],
  ])(
    'joining %s runs %i, all by index but the few PIN digests that it brings along',
    async (_, n, digests, fields) => {
      const json = joinRequest(link, fields)
      const { statements, scans } = await look(() => ask(app, 'POST', '/api/join', { token: null, json }))
      expect([statements, scans.flatMap(({ scans }) => scans)]).toEqual([
        n,
        Array(digests).fill('SCAN json_each VIRTUAL TABLE INDEX 1:'),
      ])
    },
  )
})

describe('who is calling', () => {
  let user: TestUser
  let authenticator: Authenticator
  let browser: Jar
  let apiKey: string
  beforeAll(async () => {
    user = await makeUser(app, 'owner', { name: 'Olga', email: 'olga@post.example' })
    ;({ authenticator, jar: browser } = await givePasskey(app, user.id))
    const json = { name: 'Robot', rights: ['rooms:read'] }
    apiKey = (await ask<{ secret: string }>(app, 'POST', '/api/keys', { json })).body.secret
    await app.settled()
  })

  const page = (method: string, path: string, json?: object) => () =>
    fromPage(app, browser, method, path, json)
  const signInAnswer = async (wrong: Wrongs = {}) => {
    const jar = newBrowser()
    const answer = authenticator.get(await signInOptions(app, jar), wrong)
    app.roundTrips()
    return answerSignIn(app, jar, answer)
  }

  it.each<[string, number, () => Promise<unknown>]>([
    ['a session', 1, page('GET', '/api/session')],
    [
      'a session, noting that it was seen',
      2,
      async () => {
        app.clock.now += 60_000
        await page('GET', '/api/session')()
        await app.quiet()
      },
    ],
    ['an API key, noting that it was used', 2, () => ask(app, 'GET', '/api/session', { token: apiKey })],
    ['where somebody is signed in', 2, page('GET', '/api/account/sessions')],
    ['somebody’s passkeys', 2, page('GET', '/api/account/passkeys')],
    ['one user', 2, page('GET', `/api/users/aaaaaaaaaaaaaaaa`)],
    ['beginning to sign in', 3, () => signInOptions(app, browser)],
  ])('%s runs %i statement(s), all by index', async (_, statements, work) => {
    expect(await look(work)).toEqual({ statements, scans: [] })
  })

  const brought = 'SCAN json_each VIRTUAL TABLE INDEX 1:'
  it.each<[string, () => Promise<unknown>, string[]]>([
    ['signing in', signInAnswer, [brought]],
    ['failing to', () => signInAnswer({ forged: true }), []],
    ['signing out everywhere', page('DELETE', '/api/account/sessions'), [brought]],
  ])('%s: by index but the rows of the audit, that are brought along', async (_, work, scans) => {
    const plans = await look(work)
    expect(plans.scans.flatMap(({ scans }) => scans)).toEqual(scans)
  })

  it('looking at a link reads through owners alone, who are few', async () => {
    const secret = await mintedSecret(app, 'owner')
    const plans = await look(() => fromPage(app, newBrowser(), 'POST', '/api/auth/link', { secret }))
    const read = plans.scans.flatMap(({ scans }) => scans)
    // The subquery is a row of its own.
    expect([plans.statements, read]).toEqual([
      3,
      [
        'SCAN (subquery-2)',
        'SCAN users USING INDEX users_owners',
        'SCAN users USING COVERING INDEX users_owners',
      ],
    ])
  })

  it.each([
    ['users', 'u', 'users_by_age'],
    ['keys', 'k', 'api_keys_by_age'],
  ])('%s are listed along their index, and looked at by theirs', async (path, name, index) => {
    browser = (await givePasskey(app, user.id)).jar
    for (const query of ['', '?cursor=5.aaaaaaaaaaaaaaaa']) {
      app.roundTrips()
      await fromPage(app, browser, 'GET', `/api/${path}${query}`)
      const steps = (await plansOf(app.database)).at(-1)!.steps
      const walks = steps.filter(step => step.startsWith('SCAN') || step.includes(` ${name} USING`))
      expect(walks).toEqual([expect.stringMatching(`^(SCAN|SEARCH) ${name} USING INDEX ${index}`)])
    }
  })
})

describe('beside the answers', () => {
  it('following a stream, and recording it: by index but the rows that are brought along', async () => {
    app.origin.answer = originWith({})
    await publish(app, key, { port: 3 })
    const { scans } = await look(() => app.settled())
    expect(scans.flatMap(({ scans }) => scans)).toEqual(['SCAN json_each VIRTUAL TABLE INDEX 1:'])
  })

  it('the minute job reads through the publications, which are few, and what it brings along', async () => {
    app.origin.answer = originWith({ elsewhere: {} })
    app.clock.now += 60_000
    const { scans } = await look(() => app.minute())
    expect(new Set(scans.flatMap(({ scans }) => scans.map(scan => scan.split(' ')[1])))).toEqual(
      new Set(['p', 'publications', 'json_each', 'doubtful']),
    )
  })
})

it('would say so: a statement without an index is found', async () => {
  const { scans } = await look(() => app.db.execute("SELECT id FROM rooms WHERE title = 'x'"))
  expect(scans).toEqual([{ sql: "SELECT id FROM rooms WHERE title = 'x'", scans: ['SCAN rooms'] }])
})
