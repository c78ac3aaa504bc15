import { makeRowKey } from '../../worker/crypto/row-key.ts'
import type { Link } from '../../worker/links/schema.ts'
import type { JoinAnswer } from '../../worker/people/schema.ts'
import type { Playback } from '../../worker/playback/schema.ts'
import type { Room } from '../../worker/rooms/schema.ts'
import type { Stream } from '../../worker/streams/schema.ts'
import type { RequestOptions, TestApp } from './app.ts'
import { type Admission, webhook } from './ome.ts'

/** An answer, read. `body` is undefined when there is none, a text when it is not JSON. */
export interface Answer<T> {
  status: number
  headers: Record<string, string>
  body: T
}

export async function ask<T = Record<string, unknown>>(
  app: TestApp,
  method: string,
  path: string,
  options?: RequestOptions,
): Promise<Answer<T>> {
  const answer = await app.request(method, path, options)
  const text = await answer.text()
  const isJson = /json/.test(answer.headers.get('content-type') ?? '')
  const body = text === '' ? undefined : isJson ? JSON.parse(text) : text
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body: body as T }
}

/** The same for what a test needs but does not test. */
async function made<T>(app: TestApp, method: string, path: string, options: RequestOptions): Promise<T> {
  const { status, body } = await ask<T>(app, method, path, options)
  if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${JSON.stringify(body)}`)
  return body
}

export const makeRoom = (app: TestApp, fields: object = {}) =>
  made<Room>(app, 'POST', '/api/rooms', { json: { title: 'Nordlicht', ...fields } })

export const makeLink = (app: TestApp, roomId: string, fields: object = {}) =>
  made<Link>(app, 'POST', `/api/rooms/${roomId}/links`, { json: { label: 'Client', ...fields } })

/** A room of a Galene group. */
export const importGroup = (app: TestApp, definition: object, name = 'grade') =>
  made<Room>(app, 'POST', '/api/import/galene', { json: { name, definition } })

/** The secret at the end of a review link; an invitation has none. */
export const secretOf = (link: Link): string => new URL(link.url!).hash.slice(1)

export const makeInvitation = (app: TestApp, roomId: string, invite: Link['invite'], fields: object = {}) =>
  made<Link>(app, 'POST', `/api/rooms/${roomId}/links`, { json: { label: 'Client', invite, ...fields } })

/** What the link's page would post. */
export const joinRequest = (link: Link, fields: object = {}) => ({
  slug: new URL(link.url!).pathname.split('/')[2],
  secret: secretOf(link),
  ...fields,
})

export const join = (app: TestApp, link: Link, fields: object = {}, token: string | null = null) =>
  made<JoinAnswer>(app, 'POST', '/api/join', { json: joinRequest(link, fields), token })

/** An address to play from; `person` is the person's bearer. */
export const playback = (app: TestApp, person: string, stream?: string) =>
  made<Playback>(app, 'POST', '/api/playback', { json: { stream }, token: person })

/** Opens a playback session as the origin would report it, from an address, and gives admission's answer. */
export async function watch(app: TestApp, person: string, address = '192.0.2.1'): Promise<Admission> {
  const { webrtc } = await playback(app, person)
  return webhook(app, { url: webrtc.url, address })
}

export const ingestKey = (app: TestApp, roomId: string, version = 1) =>
  makeRowKey(app.keys, 'ingest-key', { id: roomId, version })

/** Adds a stream beside a room's programme; gives it with its own ingest key. */
export async function makeStream(
  app: TestApp,
  roomId: string,
  fields: object = {},
): Promise<Stream & { key: string }> {
  const json = { label: 'Camera', kind: 'camera', ...fields }
  const stream = await made<Stream>(app, 'POST', `/api/rooms/${roomId}/streams`, { json })
  return { ...stream, key: await makeRowKey(app.keys, 'stream-key', { id: stream.id, version: 1 }) }
}

/** Opens or closes a publication over RTMP with a room's ingest key. */
export const publish = (
  app: TestApp,
  key: string,
  options: { status?: 'opening' | 'closing'; address?: string; port?: number } = {},
): Promise<Admission> =>
  webhook(app, {
    direction: 'incoming',
    protocol: 'RTMP',
    url: `rtmp://origin.test:1935/app/${key}`,
    port: 40_000,
    ...options,
  })

/** An origin's answer about a stream that plays. */
export const streamAnswer = (publisher = { address: '192.0.2.1', port: 40_000 }, playable = true) =>
  Response.json({
    statusCode: 200,
    message: 'OK',
    response: {
      input: {
        createdTime: '2026-11-21T13:00:00.000+01:00',
        sourceUrl: `TCP://${publisher.address}:${publisher.port}`,
      },
      outputs: playable ? [{}] : [],
    },
  })

/** What stands in front of an origin that is down. */
export const omeDown = () => new Response('<h1>Bad Gateway</h1>', { status: 502 })

/** All rows of a table, for looking at what was left behind. */
export async function rows(app: TestApp, table: string, columns = '*'): Promise<Record<string, unknown>[]> {
  const result = await app.db.execute(`SELECT ${columns} FROM ${table}`)
  return result.rows.map(row => Object.fromEntries(result.columns.map((name, i) => [name, row[i]])))
}

/** The streams that the origin was told to drop, by their hidden names. */
export const drops = (app: TestApp): string[] =>
  app.origin.calls
    .filter(call => call.startsWith('DELETE '))
    .map(call => call.replace('DELETE /v1/vhosts/default/apps/app/streams/', ''))

/** The hidden name of the only room's programme. */
export async function hiddenName(app: TestApp): Promise<string> {
  const [stream, ...more] = await rows(app, 'streams', 'hidden_name')
  if (!stream || more.length) throw new Error('there is not just one stream')
  return String(stream.hidden_name)
}
