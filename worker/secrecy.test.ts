import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  ask,
  ingestKey,
  join,
  joinRequest,
  makeLink,
  makeRoom,
  publish,
  rows,
  secretOf,
  watch,
} from '../test/support/api.ts'
import { type TestApp, testApp } from '../test/support/app.ts'
import { signature, webhookBody } from '../test/support/ome.ts'
import {
  answerSignIn,
  makeByLink,
  mintedSecret,
  newAuthenticator,
  newBrowser,
  optionsFor,
  signInOptions,
} from '../test/support/passkeys.ts'
import { ORIGIN } from '../test/support/users.ts'
import type { MadeApiKey } from './api-keys/schema.ts'
import { routes } from './app.ts'
import type { InvitedUser } from './users/schema.ts'

/**
 * Every route is called with secrets that can be recognised, in every place where one can stand, rightly and wrongly,
 * with the database up and down; then nothing that was logged, counted or answered as an error may contain any of them.
 */

let app: TestApp
/** What must never be seen, by what it is. */
const secrets = new Map<string, string>()
const errors: string[] = []
/** What the audit kept. */
let kept: string[] = []

// No id can contain it: ids have no 0, 1, 8 or 9.
const MARK = 'zq0819'
const PIN = '908172635'

beforeAll(async () => {
  app = await testApp({
    SIGHTLINE_SECRET: `${MARK}-deployment-secret-long-enough-for-anybody`,
    SIGHTLINE_SECRET_PREVIOUS: `${MARK}-previous-secret-that-is-also-long-enough`,
    SIGHTLINE_ADMIN_TOKEN: `${MARK}-admin-token-0123456789`,
    OME_API_TOKEN: `${MARK}-ome-token`,
    OME_WEBHOOK_SECRET: `${MARK}-webhook-secret`,
    DATABASE_AUTH_TOKEN: `${MARK}-database-token`,
    TURN_URLS: 'turn:turn.example',
    TURN_SECRET: `${MARK}-secret-of-the-relay`,
  })
  app.origin.answer = () => Response.json({ statusCode: 200, message: 'OK', response: [] })

  const room = await makeRoom(app, { title: `${MARK} title`, slug: `${MARK}-slug` })
  const link = await makeLink(app, room.id, { pin: PIN, label: `${MARK} label` })
  const person = await join(app, link, { pin: PIN, name: `${MARK} name` })
  const key = await ingestKey(app, room.id)
  const playback = await ask<{ webrtc: { url: string } }>(app, 'POST', '/api/playback', {
    json: {},
    token: person.token,
  })
  const streamToken = new URL(playback.body.webrtc.url).searchParams.get('stream_token')!
  secrets
    .set('a marked secret, name, title, query or fragment', MARK)
    .set('PIN', PIN)
    .set('link secret', secretOf(link))
    .set('ingest key', key)
    .set('person token', person.token.split('.')[2]!)
    .set('playback token', streamToken.split('.')[2]!)
    .set('hidden name', String((await rows(app, 'streams', 'hidden_name'))[0]!.hidden_name))

  const own = await signInSecrets()
  for (const [what, secret] of Object.entries(own.secrets)) secrets.set(what, secret)

  const bearers = [
    null,
    own.secrets['API key']!,
    own.secrets['set-up link']!,
    app.config.adminToken!,
    person.token,
    streamToken,
    key,
    secretOf(link),
    `${MARK}-guess`,
  ]
  const bodies: object[] = [
    {},
    { json: {} },
    { json: joinRequest(link, { pin: PIN, name: `${MARK} name` }) },
    { json: joinRequest(link, { pin: '111122', name: `${MARK} name` }) },
    { json: joinRequest(link, { secret: `${secretOf(link).slice(0, -1)}7`, pin: PIN }) },
    { json: { secret: MARK, pin: `${MARK}1`, [`${MARK}field`]: MARK, title: 7, stream: `${MARK}stream` } },
    { body: `{"secret":"${MARK}"`, headers: { 'content-type': 'application/json' } },
    { body: `secret=${MARK}`, headers: { 'content-type': `text/${MARK}` } },
    { json: { slug: `${MARK}-slug`, username: 'ada', password: `${MARK}-password` } },
    { json: { slug: `${MARK}-slug`, username: 'ada', password: 'wrong', newPassword: `${MARK}-password` } },
    { json: { slug: `${MARK}-slug`, token: `${MARK}.${MARK}.${MARK}` } },
    { json: { name: 'ada', password: `${MARK}-password` } },
    { json: { password: `${MARK}-password` } },
    { json: { name: 'group', definition: { users: { ada: { password: `${MARK}-password` } } } } },
    {
      json: {
        name: 'wrong',
        definition: { users: { ada: { password: { type: MARK } } }, authKeys: [{ k: MARK }] },
      },
    },
    { json: { title: `${MARK} title`, label: `${MARK} label`, pin: PIN, description: MARK } },
  ]
  const signed = (body: string) => ({
    body,
    headers: { 'x-ome-signature': signature(body, app.config.origin!.webhookSecret) },
  })
  const hooks = [
    `{"${MARK}":1}`,
    JSON.stringify({
      sourceUri: `#default#app/${MARK}`,
      messages: [{ code: 'INGRESS_A', description: MARK }],
    }),
    webhookBody({ url: playback.body.webrtc.url }),
    webhookBody({ url: `${playback.body.webrtc.url}x` }),
    webhookBody({
      direction: 'incoming',
      protocol: 'RTMP',
      url: `rtmp://origin.test:1935/app/${key}?${MARK}=1`,
    }),
    webhookBody({ direction: 'incoming', protocol: 'RTMP', url: `rtmp://origin.test:1935/${MARK}/${key}` }),
  ]

  const everything = async () => {
    // What deletes comes last; it is called with the admin's token too, and then all is called again on nothing.
    for (const { method, path, who } of [...routes].sort(
      (a, b) => Number(a.method === 'delete') - Number(b.method === 'delete'),
    )) {
      const place = path.replace(':id', room.id).replace(':linkId', link.id).replace(':originId', 'default')
      const options =
        who === 'origin' ? hooks.map(signed) : method === 'get' || method === 'delete' ? [{}] : bodies
      for (const token of bearers)
        for (const option of options) {
          const headers = {
            ...(option as { headers?: object }).headers,
            'x-forwarded-for': MARK,
            referer: `https://x.test/${MARK}`,
            cookie: `s=${MARK}`,
            'if-match': `"${MARK}"`,
            'x-request-id': `${MARK} is no id`,
          }
          const at = `${place}?stream_token=${streamToken}&q=${MARK}#${secretOf(link)}`
          const answer = await ask(app, method.toUpperCase(), at, { token, ...option, headers })
          if (answer.status >= 400) errors.push(JSON.stringify(answer.body))
        }
    }
    for (const { method, path } of routes.filter(route =>
      /^.api.(auth|account|session|users|keys)/.test(route.path),
    ))
      for (const cookie of own.cookies)
        for (const json of method === 'get' || method === 'delete' ? [undefined] : own.bodies) {
          const options = { token: null, headers: { cookie, origin: ORIGIN }, address: newBrowser().address! }
          const at = path.replace(':id', room.id)
          const answer = await ask(app, method.toUpperCase(), at, { ...options, ...(json && { json }) })
          if (answer.status >= 400) errors.push(JSON.stringify(answer.body))
        }
    for (const page of [
      `/r/${MARK}-slug`,
      `/${MARK}.js`,
      `/api/${MARK}`,
      `/v1/${MARK}`,
      `/admin/${MARK}`,
      '/auth/callback',
    ])
      for (const method of ['GET', 'POST']) {
        const answer = await ask(app, method, `${page}?${MARK}#${secretOf(link)}`, { token: null })
        if (answer.status >= 400) errors.push(JSON.stringify(answer.body))
      }
  }

  app.database.state('down')
  await everything()
  app.database.state('up')
  await publish(app, key)
  await watch(app, person.token)
  app.origin.answer = () => {
    throw new TypeError(`fetch failed: http://${MARK}@origin.test/?${MARK}=${MARK}`)
  }
  await everything()
  await app.minute()
  kept = (await rows(app, 'audit')).map(row => JSON.stringify(row))
  app.db.execute = () => Promise.reject(new Error(`no http://me:${MARK}@db.test/x?token=${MARK}#${MARK}`))
  app.db.batch = () =>
    Promise.reject(Object.assign(new Error(`lost libsql://db?authToken=${MARK}`), { name: 'LibsqlError' }))
  await everything()
  await app.settled()
}, 60_000)
afterAll(() => app.close())

/** Signs in in every way, rightly; what is secret of it, and where it is sent again. */
async function signInSecrets() {
  const [authenticator, jar] = [newAuthenticator(), newBrowser()]
  const setup = await mintedSecret(app, undefined, app.config.secret)
  expect((await makeByLink(app, jar, authenticator, setup, { name: 'Olga' })).status).toBe(201)
  const { body: user } = await ask<InvitedUser>(app, 'POST', '/api/users', {
    json: { name: 'Vera', role: 'operator' },
  })
  const invitation = new URL(user.invitation.url).hash.slice(1)
  const { body: key } = await ask<MadeApiKey>(app, 'POST', '/api/keys', {
    json: { name: 'Robot', rights: ['rooms:read'] },
  })
  const options = await signInOptions(app, jar)
  const signing = authenticator.get(options)
  const ceremony = jar.cookies.get('__Host-sightline-ceremony')!
  expect((await answerSignIn(app, jar, signing)).status).toBe(200)
  const session = jar.cookies.get('__Host-sightline')!
  const adding = await optionsFor(app, jar, '/api/account/passkey/options')
  const making = newAuthenticator().create(adding)
  const open = jar.cookies.get('__Host-sightline-ceremony')!
  return {
    secrets: {
      'session cookie': session,
      'ceremony cookie': ceremony,
      'open ceremony cookie': open,
      'set-up link': setup,
      invitation,
      'API key': key.secret,
      challenge: options.challenge,
      'open challenge': adding.challenge,
      'signed client data': String(signing.response.clientDataJSON),
      signature: String(signing.response.signature),
      'client data of a new passkey': String(making.response.clientDataJSON),
      'attestation of a new passkey': String(making.response.attestationObject),
    },
    cookies: [
      `__Host-sightline=${session}`,
      `__Host-sightline=${session}; __Host-sightline-ceremony=${open}`,
      `__Host-sightline=${session}x; __Host-sightline-ceremony=${ceremony}`,
    ],
    bodies: [
      { response: signing },
      { response: making, name: 'x' },
      { secret: setup, name: 'x', response: making },
      { secret: invitation, response: making },
      { secret: invitation },
      { secret: `${invitation}x`, response: signing, [key.secret.slice(0, 12)]: key.secret },
      { response: signing.response.signature, secret: [setup], query: session },
      { name: 'x', rights: [key.secret], role: session, email: invitation },
    ],
  }
}

const seenIn = (texts: string[]) =>
  texts.flatMap(text =>
    [...secrets].filter(([, secret]) => text.includes(secret)).map(([what]) => ({ what, text })),
  )

test('enough was said to find something in it', () => {
  const events = new Set(app.log.map(line => JSON.parse(line).event))
  expect([...events].sort()).toEqual(
    expect.arrayContaining([
      'admission',
      'deferred.failed',
      'origin.alert',
      'person.joined',
      'request',
      'request.failed',
    ]),
  )
  expect(app.log.length).toBeGreaterThan(1000)
  expect(new Set(errors.map(text => JSON.parse(text).code)).size).toBeGreaterThan(8)
})

test('no log line has a secret, a token, a PIN, a key, a name, a query or a fragment', () => {
  expect(seenIn(app.log)).toEqual([])
})

test('no log line has an address with a query or a fragment at all', () => {
  expect(app.log.filter(line => /[?#][\w%]/.test(line))).toEqual([])
})

test('no error tells a caller a secret, nor repeats what was sent', () => {
  // The name of an unknown field is told, because nobody could mend the request without it.
  const told = errors.map(text => text.replaceAll(`${MARK}field`, ''))
  expect(seenIn(told)).toEqual([])
})

test('the audit keeps none, though it says much', () => {
  const actions = new Set(kept.map(row => JSON.parse(row).action))
  expect([...actions]).toEqual(
    expect.arrayContaining(['setup.used', 'session.sign-in', 'passkey.add', 'user.invite', 'key.create']),
  )
  expect(kept.length).toBeGreaterThan(200)
  // Titles and names are what it tells of; here they are marked. No secret of ours has the mark.
  expect(seenIn(kept).filter(({ what }) => !what.startsWith('a marked'))).toEqual([])
})

test('no metric has one', async () => {
  const { status, body } = await ask<string>(app, 'GET', '/metrics')
  expect(status).toBe(200)
  expect(body.split('\n').length).toBeGreaterThan(50)
  expect(seenIn([body])).toEqual([])
})
