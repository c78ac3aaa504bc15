import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ingestKey, join, makeLink, makeRoom, playback, rows, secretOf } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { send, signature, webhook, webhookBody } from '../../test/support/ome.ts'
import { readRowKey } from '../crypto/row-key.ts'
import { parseMediaUrl } from './media-url.ts'

/**
 * No changed token, key, signature or URL opens what the unchanged one does not. What may change without being another
 * request is little, and named here: where the server was dialled, and parameters before the token that are not ours.
 * So: whoever is admitted has shown the very same token or key, byte for byte, in its own place, and gets the very
 * same stream for the very same person.
 */

let app: TestApp
let play: { url: string; token: string; person: string; hidden: string }
let ingest: { url: string; key: string; hidden: string }
let secret: string
/** Another room's hidden name, which nothing here may ever lead to. */
let other: string
beforeAll(async () => {
  app = await testApp()
  const [room, elsewhere] = [await makeRoom(app, { slug: 'grade' }), await makeRoom(app, { slug: 'other' })]
  const names = await rows(app, 'streams', 'room_id, hidden_name')
  const nameOf = (id: string) => String(names.find(row => row.room_id === id)!.hidden_name)
  const link = await makeLink(app, room.id)
  const { token: bearer, person } = await join(app, link)
  const url = (await playback(app, bearer)).webrtc.url
  play = { url, token: url.split('stream_token=')[1]!, person: person.id, hidden: nameOf(room.id) }
  const key = await ingestKey(app, room.id)
  ingest = { url: `rtmp://origin.test:1935/app/${key}`, key, hidden: nameOf(room.id) }
  secret = secretOf(link)
  other = nameOf(elsewhere.id)
})
afterAll(() => app.close())

const letters = fc.constantFrom(
  ...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~=+/%?&#:@!$\'"\\ \0\n\té\u{feff}',
)
const position = fc.nat({ max: 10_000 })

/** One change of a text; some leave it as it is, and then nothing is shown by it. */
type Change = (text: string) => string
const at = (text: string, i: number) => i % Math.max(1, text.length)
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(position, letters).map(
    ([i, c]): Change =>
      t =>
        t.slice(0, at(t, i)) + c + t.slice(at(t, i) + 1),
  ),
  fc.tuple(position, letters).map(
    ([i, c]): Change =>
      t =>
        t.slice(0, at(t, i)) + c + t.slice(at(t, i)),
  ),
  position.map(
    (i): Change =>
      t =>
        t.slice(0, at(t, i)) + t.slice(at(t, i) + 1),
  ),
  position.map(
    (i): Change =>
      t => {
        const j = at(t, i)
        return t.slice(0, j) + (t[j + 1] ?? '') + (t[j] ?? '') + t.slice(j + 2)
      },
  ),
  fc.string({ minLength: 1, maxLength: 6, unit: letters }).map(
    (s): Change =>
      t =>
        t + s,
  ),
  fc.string({ minLength: 1, maxLength: 6, unit: letters }).map(
    (s): Change =>
      t =>
        s + t,
  ),
  position.map(
    (i): Change =>
      t =>
        t.slice(0, at(t, i)),
  ),
  position.map(
    (i): Change =>
      t =>
        t.slice(at(t, i)),
  ),
  position.map(
    (i): Change =>
      t => {
        const j = at(t, i)
        const c = t[j] ?? ''
        return t.slice(0, j) + (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase()) + t.slice(j + 1)
      },
  ),
  fc.constantFrom<Change>(
    t => t.toUpperCase(),
    t => t.toLowerCase(),
    t => t + t,
    t => `${t}&${t}`,
    t => encodeURIComponent(t),
    t => encodeURI(t),
    t => btoa(unescape(encodeURIComponent(t))),
    t => t.split('').reverse().join(''),
    t => t.split('.').reverse().join('.'),
    t => t.split('&').reverse().join('&'),
    t => t.replaceAll('o', '0').replaceAll('l', '1'),
    t => t.replaceAll('0', 'o').replaceAll('1', 'l'),
    t => t.replaceAll('-', '+').replaceAll('_', '/'),
    t => t.normalize('NFKD'),
  ),
  // Percent-encodes one character.
  position.map(
    (i): Change =>
      t => {
        const j = at(t, i)
        const c = t.charCodeAt(j)
        return Number.isNaN(c) ? t : `${t.slice(0, j)}%${c.toString(16).padStart(2, '0')}${t.slice(j + 1)}`
      },
  ),
  // Sets spare bits of a last base64url or base32 letter.
  fc.integer({ min: 1, max: 3 }).map(
    (bits): Change =>
      t => {
        const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
        const last = alphabet.indexOf(t.at(-1) ?? '')
        return last < 0 ? t : t.slice(0, -1) + alphabet[last ^ bits]
      },
  ),
)
const changes = fc.array(change, { minLength: 1, maxLength: 3 })
const isSecret = ([name]: [string, string]) => /^(stream_token|(access_)?key)$/.test(name)
const applied = (text: string, all: Change[]) => all.reduce((t, one) => one(t), text)

const RUNS = { numRuns: 300 }

describe('a playback URL', () => {
  const opens = async (url: string) => webhook(app, { url, address: '192.0.2.1' })

  it('is admitted as it is', async () => {
    expect(await opens(play.url)).toMatchObject({ allowed: true })
  })

  it.each<[string, (url: string) => string]>([
    ['another host', url => url.replace('origin.test', 'other.test')],
    ['another port', url => url.replace(':3333', ':80')],
    ['TLS', url => url.replace('ws:', 'wss:')],
    ['a playlist', url => url.replace('/grade?', '/grade/master?')],
    ['a parameter before the token', url => url.replace('?', '?transport=tcp&')],
  ])('with %s is the same request', async (_, make) => {
    expect(await opens(make(play.url))).toMatchObject({
      allowed: true,
      new_url: expect.stringContaining(`/app/${play.hidden}`),
    })
  })

  it('with its token changed in any way is not', async () => {
    await fc.assert(
      fc.asyncProperty(changes, async all => {
        const token = applied(play.token, all)
        fc.pre(token !== play.token)
        const url = play.url.replace(play.token, () => token)
        // A token may grow parameters before itself; then it is the old one after them, and not last if after it.
        const read = parseMediaUrl(url)
        const same = read?.query.at(-1)?.[1] === play.token && read.query.length === 1
        expect((await opens(url)).allowed).toBe(same)
      }),
      RUNS,
    )
  })

  it('changed anywhere opens nothing else, for nobody else, with no other token', async () => {
    await fc.assert(
      fc.asyncProperty(changes, async all => {
        const url = applied(play.url, all)
        fc.pre(url !== play.url)
        await app.db.execute('DELETE FROM leases')
        const answer = await opens(url)
        if (!answer.allowed) {
          expect(await rows(app, 'leases', 'session')).toEqual([])
          return
        }
        const asked = parseMediaUrl(url)!
        expect(asked.query.filter(([name]) => name === 'stream_token')).toEqual([
          ['stream_token', play.token],
        ])
        expect(asked.query.at(-1)).toEqual(['stream_token', play.token])
        expect([asked.app, asked.stream]).toEqual(['app', 'grade'])
        const given = parseMediaUrl(answer.new_url!)
        expect(given).toMatchObject({
          scheme: asked.scheme,
          authority: asked.authority,
          app: 'app',
          stream: play.hidden,
        })
        expect(given?.query.filter(isSecret)).toEqual([])
        expect(await rows(app, 'leases', 'person_id')).toEqual([{ person_id: play.person }])
      }),
      RUNS,
    )
  })

  it('put together from parts of a right one opens nothing but what the token says', async () => {
    const parts = fc.record({
      scheme: fc.constantFrom('ws', 'wss', 'http', 'https', 'rtmp', 'srt'),
      host: fc.constantFrom('origin.test:3333', 'default', 'other.example'),
      path: fc.array(fc.constantFrom('app', 'grade', 'other', '..', '', 'master', 'llhls.m3u8'), {
        maxLength: 4,
      }),
      query: fc.array(
        fc.constantFrom('transport=tcp', 'stream_token=@', 'stream_token=', 'direction=send', 'key=@', ''),
        {
          maxLength: 4,
        },
      ),
    })
    await fc.assert(
      fc.asyncProperty(parts, async ({ scheme, host, path, query }) => {
        const text = query.join('&').replaceAll('@', play.token)
        const right =
          (scheme === 'ws' || scheme === 'wss') &&
          path[0] === 'app' &&
          path[1] === 'grade' &&
          // What stands third is a playlist's name, whatever word it is.
          (path.length === 2 || (path.length === 3 && /^\w+$/.test(path[2]!))) &&
          query.at(-1) === 'stream_token=@' &&
          query.filter(part => part.startsWith('stream_token')).length === 1 &&
          !query.includes('direction=send')
        expect((await opens(`${scheme}://${host}/${path.join('/')}?${text}`)).allowed).toBe(right)
      }),
      { numRuns: 600 },
    )
  })
})

describe('an ingest URL', () => {
  const opens = async (url: string) =>
    webhook(app, { direction: 'incoming', protocol: 'RTMP', url, address: '192.0.2.1', port: 40_000 })

  it('is admitted as it is', async () => {
    expect(await opens(ingest.url)).toMatchObject({ allowed: true })
  })

  it.each<[string, (key: string) => string]>([
    ['in the path', key => `rtmp://origin.test:1935/app/${key}`],
    ['as key', key => `rtmp://origin.test:1935/app/obs?key=${key}`],
    ['as access_key', key => `rtmp://origin.test:1935/app/grade?a=1&access_key=${key}`],
  ])('with its key %s changed in any way opens nothing else', async (_, make) => {
    await fc.assert(
      fc.asyncProperty(changes, async all => {
        const key = applied(ingest.key, all)
        fc.pre(key !== ingest.key)
        const url = make(key)
        const answer = await opens(url)
        if (!answer.allowed) return
        const read = parseMediaUrl(url)!
        const shown = [
          read.stream,
          ...read.query.filter(([name]) => /^(access_)?key$/.test(name)).map(([, v]) => v),
        ]
        expect(shown.filter(text => text === ingest.key)).toEqual([ingest.key])
        const given = parseMediaUrl(answer.new_url!)
        expect(given?.stream).toBe(ingest.hidden)
        expect(given?.query.filter(isSecret)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('changed anywhere opens its own room or none', async () => {
    await fc.assert(
      fc.asyncProperty(changes, async all => {
        const url = applied(ingest.url, all)
        fc.pre(url !== ingest.url)
        const answer = await opens(url)
        expect(answer.new_url ?? '').not.toContain(other)
        if (answer.allowed) expect(url).toContain(ingest.key)
      }),
      RUNS,
    )
  })
})

it('a link secret or an ingest key changed in any way is none', async () => {
  await fc.assert(
    fc.asyncProperty(changes, async all => {
      for (const [purpose, text] of [
        ['link-secret', secret],
        ['ingest-key', ingest.key],
      ] as const) {
        const changed = applied(text, all)
        if (changed !== text) expect(await readRowKey(app.keys, purpose, changed)).toBeUndefined()
      }
    }),
    RUNS,
  )
})

it('a signature changed in any way is a stranger’s, and so is a body', async () => {
  const body = webhookBody({ url: play.url, port: 1 })
  const right = signature(body)
  await fc.assert(
    fc.asyncProperty(changes, fc.boolean(), async (all, changeBody) => {
      const signed = changeBody ? right : applied(right, all)
      const sent = changeBody ? applied(body, all) : body
      fc.pre(signed !== right || sent !== body)
      // What a header cannot carry never arrives; white space around a value is not part of it.
      fc.pre(/^[\x20-\x7e\xa0-\xff]*$/.test(signed) && signed.trim() !== right)
      app.roundTrips()
      const answer = await send(app, sent, { signed })
      expect([answer.status, app.roundTrips()]).toEqual([401, 0])
    }),
    RUNS,
  )
})
