import { expect, test } from 'vitest'
import { call, type Server } from './call.ts'

/** Rooms as a program outside manages them: conditional requests, pages of a list, refusals that name the field. */
export function roomCases(server: Server): void {
  const admin = (method: string, path: string, json?: unknown, headers: Record<string, string> = {}) =>
    call(server(), method, path, {
      token: server().adminToken,
      headers,
      ...(json === undefined ? {} : { json }),
    })

  test('a room is made, read, changed under its tag and deleted', async () => {
    const made = await admin('POST', '/api/rooms', { title: 'Grün: reel 3', slug: 'contract-life' })
    expect([made.status, made.headers.get('location'), made.body]).toEqual([
      201,
      `/api/rooms/${made.body.id}`,
      expect.objectContaining({ slug: 'contract-life', title: 'Grün: reel 3', state: 'open' }),
    ])
    const path = `/api/rooms/${made.body.id}`
    const etag = made.headers.get('etag')!
    expect((await admin('GET', path)).headers.get('etag')).toBe(etag)
    expect((await admin('GET', path, undefined, { 'if-none-match': etag })).status).toBe(304)

    const changed = await admin('PATCH', path, { title: 'Reel 4' }, { 'if-match': etag })
    expect([changed.status, changed.body.title]).toEqual([200, 'Reel 4'])
    const stale = await admin('PATCH', path, { title: 'Reel 5' }, { 'if-match': etag })
    expect([stale.status, stale.body.code]).toEqual([412, 'changed_meanwhile'])

    expect((await admin('DELETE', path)).status).toBe(204)
    expect((await admin('GET', path)).status).toBe(404)
  })

  test('a slug that is taken, and fields that are wrong or unknown, are refused by name', async () => {
    const { body: room } = await admin('POST', '/api/rooms', { title: 'x', slug: 'contract-taken' })
    const twice = await admin('POST', '/api/rooms', { title: 'y', slug: 'contract-taken' })
    expect([twice.status, twice.headers.get('content-type')]).toEqual([409, 'application/problem+json'])
    const wrong = await admin('POST', '/api/rooms', { title: '', slug: 'No!', colour: 'blue' })
    expect([wrong.status, wrong.body.errors.map((e: { field: string }) => e.field).sort()]).toEqual([
      400,
      ['colour', 'slug', 'title'],
    ])
    const unreadable = await call(server(), 'POST', '/api/rooms', {
      token: server().adminToken,
      body: '{"title":',
      headers: { 'content-type': 'application/json' },
    })
    expect(unreadable.status).toBe(400)
    await admin('DELETE', `/api/rooms/${room.id}`)
  })

  test('a list comes in pages, each room once', async () => {
    const made = []
    for (let i = 0; i < 3; i++) made.push((await admin('POST', '/api/rooms', { title: `Page ${i}` })).body.id)
    const seen = []
    let next: string | null = ''
    while (next !== null) {
      const { body }: { body: { items: { id: string }[]; next: string | null } } = await admin(
        'GET',
        `/api/rooms?limit=2${next && `&cursor=${next}`}`,
      )
      expect(body.items.length).toBeLessThanOrEqual(2)
      seen.push(...body.items.map(room => room.id))
      next = body.next
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toEqual(expect.arrayContaining(made))
    for (const id of made) await admin('DELETE', `/api/rooms/${id}`)
  })
}
