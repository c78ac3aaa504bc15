import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  ask,
  ingestKey,
  join,
  joinRequest,
  makeLink,
  makeRoom,
  rows,
  secretOf,
} from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import type { Room } from '../rooms/schema.ts'
import type { Link } from './schema.ts'

let app: TestApp
let room: Room
beforeEach(async () => {
  app = await testApp()
  room = await makeRoom(app)
})
afterEach(() => app.close())

const create = (json: unknown, roomId = room.id) =>
  ask<Link>(app, 'POST', `/api/rooms/${roomId}/links`, { json })
const at = (link: { id: string }, roomId = room.id) => `/api/rooms/${roomId}/links/${link.id}`
const read = (link: { id: string }, headers: Record<string, string> = {}) =>
  ask<Link>(app, 'GET', at(link), { headers })
const change = (link: { id: string }, json: unknown, headers: Record<string, string> = {}) =>
  ask<Link>(app, 'PATCH', at(link), { json, headers })
const list = (query = '', headers: Record<string, string> = {}) =>
  ask<{ items: Link[]; next: string | null }>(app, 'GET', `/api/rooms/${room.id}/links${query}`, { headers })

const LATER = [{ field: 'endsAt', detail: 'must be later than startsAt' }]

test('a window is checked together with what the link has', async () => {
  const link = await makeLink(app, room.id, { startsAt: '2026-11-21T14:00:00Z' })
  expect(await change(link, { endsAt: '2026-11-21T14:00:00Z' })).toMatchObject({
    status: 400,
    body: { errors: LATER },
  })
  expect(await change(link, { endsAt: '2026-11-21T15:00:00Z' })).toMatchObject({ status: 200 })
  expect(await change(link, { startsAt: '2026-11-21T16:00:00Z' })).toMatchObject({
    status: 400,
    body: { errors: LATER },
  })
  expect(await change(link, { startsAt: null })).toMatchObject({ status: 200 })
})

describe('the link’s address', () => {
  test('is the public one where there is one, else the one that was called', async () => {
    const published = await testApp({ PUBLIC_URL: 'https://review.example/' })
    try {
      const theirs = await makeLink(published, (await makeRoom(published)).id)
      expect(theirs.url).toMatch(/^https:\/\/review\.example\/r\/nordlicht#[a-z2-7]{48}$/)
    } finally {
      published.close()
    }
    const answer = await app.fetch(
      new Request(`http://192.0.2.9:8787${at(await makeLink(app, room.id))}`, {
        headers: { authorization: `Bearer ${app.config.adminToken}` },
      }),
    )
    expect(((await answer.json()) as Link).url).toMatch(/^http:\/\/192\.0\.2\.9:8787\/r\/nordlicht#/)
  })

  test('follows the room’s slug, and so does the tag', async () => {
    const link = await makeLink(app, room.id)
    const { etag } = (await read(link)).headers
    await ask(app, 'PATCH', `/api/rooms/${room.id}`, { json: { slug: 'renamed' } })
    const { status, body } = await read(link, { 'if-none-match': etag! })
    expect({ status, url: body.url }).toEqual({ status: 200, url: link.url!.replace('nordlicht', 'renamed') })
  })

  test('carries a secret that is the link’s own and no ingest key', async () => {
    const [a, b] = [await makeLink(app, room.id), await makeLink(app, room.id)]
    expect(secretOf(a)).not.toBe(secretOf(b))
    expect(secretOf(a)).not.toBe(await ingestKey(app, room.id))
  })

  test('is never stored', async () => {
    const secret = secretOf(await makeLink(app, room.id))
    expect(JSON.stringify(await rows(app, 'links'))).not.toContain(secret)
  })
})

describe('changes', () => {
  test('extending is a change of the end, and the same address works on', async () => {
    const link = await makeLink(app, room.id, { endsAt: '2026-11-21T12:00:01Z' })
    app.clock.now += 1000
    expect((await read(link)).body.state).toBe('ended')
    const { body } = await change(link, { endsAt: '2026-11-21T18:00:00Z' })
    expect(body).toEqual({
      ...link,
      endsAt: '2026-11-21T18:00:00.000Z',
      updatedAt: '2026-11-21T12:00:01.000Z',
    })
    expect(await join(app, link)).toMatchObject({ state: 'admitted' })
  })

  test('revoking takes effect at once, keeps its first time, and can be taken back', async () => {
    const link = await makeLink(app, room.id)
    expect((await change(link, { revoked: true })).body).toMatchObject({
      state: 'revoked',
      revokedAt: '2026-11-21T12:00:00.000Z',
    })
    expect(await ask(app, 'POST', '/api/join', { token: null, json: joinRequest(link) })).toMatchObject({
      status: 410,
      body: { code: 'link_revoked' },
    })
    app.clock.now += 1000
    expect((await change(link, { revoked: true, label: 'gone' })).body.revokedAt).toBe(
      '2026-11-21T12:00:00.000Z',
    )
    expect((await change(link, { revoked: false })).body).toMatchObject({ state: 'active', revokedAt: null })
    expect(await join(app, link)).toMatchObject({ state: 'admitted' })
  })

  test('deleting is revoking: the row stays, and so do its people', async () => {
    const link = await makeLink(app, room.id)
    await join(app, link)
    const { status, body } = await ask(app, 'DELETE', at(link))
    expect({ status, body }).toEqual({ status: 204, body: undefined })
    expect((await read(link)).body).toMatchObject({ state: 'revoked', uses: 1 })
    expect(await rows(app, 'people')).toHaveLength(1)
    expect((await list()).body.items).toHaveLength(1)
    expect((await ask<Room>(app, 'GET', `/api/rooms/${room.id}`)).body.links).toBe(0)
    expect((await ask(app, 'DELETE', at(link))).status).toBe(204)
  })

  test('a stale tag changes and revokes nothing', async () => {
    const link = await makeLink(app, room.id)
    const { etag } = (await read(link)).headers
    expect(await change(link, { label: 'first' }, { 'if-match': etag! })).toMatchObject({ status: 200 })
    for (const header of [etag!, 'garbage', '"99"'])
      for (const method of ['PATCH', 'DELETE'])
        expect(
          await ask(app, method, at(link), {
            headers: { 'if-match': header },
            ...(method === 'PATCH' ? { json: { label: 'late' } } : {}),
          }),
        ).toMatchObject({ status: 412, body: { code: 'changed_meanwhile' } })
    expect((await read(link)).body).toMatchObject({ label: 'first', state: 'active' })
    const now = (await read(link)).headers.etag!
    expect((await ask(app, 'DELETE', at(link), { headers: { 'if-match': now } })).status).toBe(204)
  })

  test('somebody joining makes no edit stale, but another tag', async () => {
    const link = await makeLink(app, room.id)
    const { etag } = (await read(link)).headers
    expect((await read(link, { 'if-none-match': etag! })).status).toBe(304)
    await join(app, link)
    expect((await read(link, { 'if-none-match': etag! })).status).toBe(200)
    expect((await change(link, { label: 'x' }, { 'if-match': etag! })).status).toBe(200)
  })
})

test('a link is found only in its own room', async () => {
  const link = await makeLink(app, room.id)
  const other = await makeRoom(app, { slug: 'other' })
  for (const path of [at(link, other.id), at({ id: 'aaaaaaaaaaaaaaaa' }), at(link, 'aaaaaaaaaaaaaaaa')]) {
    expect(await ask(app, 'GET', path)).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect(await ask(app, 'PATCH', path, { json: { label: 'x' } })).toMatchObject({ status: 404 })
    expect(await ask(app, 'DELETE', path)).toMatchObject({ status: 404 })
  }
  expect((await read(link)).body).toEqual(link)
})

test('no room, no links', async () => {
  expect(await create({ label: 'x' }, 'aaaaaaaaaaaaaaaa')).toMatchObject({ status: 404 })
  expect(await ask(app, 'GET', '/api/rooms/aaaaaaaaaaaaaaaa/links')).toMatchObject({ status: 404 })
  expect(await rows(app, 'links')).toEqual([])
})

describe('the list', () => {
  test('has the room’s links, newest first, as they are one by one', async () => {
    const first = await makeLink(app, room.id)
    app.clock.now += 1
    const second = await makeLink(app, room.id)
    await makeLink(app, (await makeRoom(app, { slug: 'other' })).id)
    const { status, headers, body } = await list()
    expect({ status, body }).toEqual({ status: 200, body: { items: [second, first], next: null } })
    expect(headers['cache-control']).toBe('no-store')
    expect((await list('', { 'if-none-match': headers.etag! })).status).toBe(304)
  })

  test('comes in pages, each link once', async () => {
    for (let n = 0; n < 12; n++) await makeLink(app, room.id, { label: `${n}` })
    const labels: string[] = []
    for (let query = '?limit=5'; query; ) {
      const { items, next }: { items: Link[]; next: string | null } = (await list(query)).body
      labels.push(...items.map(link => link.label))
      query = next ? `?limit=5&cursor=${next}` : ''
    }
    expect(labels.map(Number).sort((a, b) => a - b)).toEqual([...Array(12).keys()])
  })

  test.each(['?limit=0', '?cursor=x', '?q=x'])('%s is refused', async query => {
    expect(await list(query)).toMatchObject({ status: 400, body: { code: 'invalid' } })
  })
})
