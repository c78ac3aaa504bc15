import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import { ask, join, makeLink, makeRoom, rows } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { PNG, png } from '../../test/support/png.ts'
import type { Link } from '../links/schema.ts'
import type { Room } from '../rooms/schema.ts'
import type { Still, StillList } from './schema.ts'

let app: TestApp
let room: Room
let links: Record<'reviewer' | 'observer' | 'host', Link>
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())
let n = 0
beforeEach(async () => {
  room = await makeRoom(app, { slug: `grade-${++n}` })
  const link = (role: string) => makeLink(app, room.id, { role })
  links = { reviewer: await link('reviewer'), observer: await link('observer'), host: await link('host') }
})

const come = (role: keyof typeof links, name = 'Ada') => join(app, links[role], { name })

const WHAT = 'name=grade_01.02.03.04_programme&at=2026-11-21T11:59:59.500Z'
const keep = (token: string, body: BodyInit = PNG, what = WHAT, headers: Record<string, string> = {}) =>
  ask<Still>(app, 'POST', `/api/room/stills?${what}`, {
    token,
    body,
    headers: { 'content-type': 'image/png', ...headers },
  })
const list = async (token: string) =>
  (await ask<StillList>(app, 'GET', '/api/room/stills', { token })).body.items
const brief = ({ status, body }: { status: number; body: unknown }) => [
  status,
  (body as { code?: string } | undefined)?.code,
]

async function bytesOf(path: string, token?: string) {
  const answer = await app.request('GET', path, token === undefined ? {} : { token })
  return { answer, bytes: new Uint8Array(await answer.arrayBuffer()) }
}

describe('keeping a still', () => {
  it('makes it the room’s, for everybody in it', async () => {
    const ada = await come('reviewer')
    const made = await keep(ada.token, PNG, `${WHAT}&frame=93784&rate=25`)
    const still = {
      id: made.body.id,
      name: 'grade_01.02.03.04_programme',
      by: { id: ada.person.id, name: 'Ada' },
      at: '2026-11-21T11:59:59.500Z',
      frame: 93_784,
      rate: '25',
      streamId: null,
      width: 2,
      height: 1,
      bytes: PNG.length,
      createdAt: new Date(app.clock.now).toISOString(),
    }
    expect([made.status, made.body]).toEqual([201, still])
    const eve = await come('observer', 'Eve')
    expect(await list(eve.token)).toEqual([still])
  })

  it('costs one round trip to ask and one to keep, whatever its size', async () => {
    const { token } = await come('reviewer')
    app.roundTrips()
    const { status, body } = await keep(token, png(1920, 1080, new Uint8Array(1_300_000)))
    // And one for the audit.
    expect([status, app.roundTrips()]).toEqual([201, 3])
    const parts = await rows(app, 'still_parts', 'still_id AS id, part, length(data) AS bytes')
    expect(parts.filter(({ id }) => id === body.id)).toEqual([
      { id: body.id, part: 0, bytes: 524_288 },
      { id: body.id, part: 1, bytes: 524_288 },
      { id: body.id, part: 2, bytes: body.bytes - 2 * 524_288 },
    ])
  })

  it('gives back the very bytes, as a download that is nothing but a picture', async () => {
    const { token } = await come('reviewer')
    const file = png(
      1920,
      1080,
      Uint8Array.from({ length: 1_300_000 }, (_, i) => i % 251),
    )
    const { body } = await keep(token, file)
    const { answer, bytes } = await bytesOf(`/api/room/stills/${body.id}`, token)
    expect(answer.status).toBe(200)
    expect(Buffer.compare(bytes, file)).toBe(0)
    expect(
      [
        'content-type',
        'content-disposition',
        'x-content-type-options',
        'cache-control',
        'content-length',
      ].map(name => answer.headers.get(name)),
    ).toEqual([
      'image/png',
      'attachment; filename="grade_01.02.03.04_programme.png"',
      'nosniff',
      'no-store',
      String(file.length),
    ])
  })

  it('is written into the audit, without the picture', async () => {
    const ada = await come('reviewer')
    const { body } = await keep(ada.token)
    await app.settled()
    const [entry] = (await rows(app, 'audit', '*')).filter(row => row.target_id === body.id)
    expect(entry).toMatchObject({
      action: 'still.add',
      outcome: 'done',
      actor_kind: 'person',
      actor_id: ada.person.id,
      target_kind: 'still',
      target_name: 'grade_01.02.03.04_programme',
      room_id: room.id,
      params: '{}',
    })
  })

  test.each<[string, BodyInit, string, Record<string, string>, unknown[]]>([
    ['another type', PNG, WHAT, { 'content-type': 'image/svg+xml' }, [415, 'not_png']],
    ['no type', PNG, WHAT, { 'content-type': '' }, [415, 'not_png']],
    ['what only says that it is a PNG', '<svg onload="alert(1)"/>'.padEnd(99), WHAT, {}, [415, 'not_png']],
    ['nothing', '', WHAT, {}, [415, 'not_png']],
    ['a picture without size', png(0, 1), WHAT, {}, [415, 'not_png']],
    ['too large a file', new Uint8Array(8 * 1024 * 1024 + 1), WHAT, {}, [413, 'too_large']],
    ['no name', PNG, 'at=2026-11-21T12:00:00Z', {}, [400, 'invalid']],
    ['a name with a path', PNG, WHAT.replace('grade', '..%2Fgrade'), {}, [400, 'invalid']],
    ['a name with a line end', PNG, WHAT.replace('grade', 'grade%0D%0AX'), {}, [400, 'invalid']],
    ['a name with a quote', PNG, WHAT.replace('grade', 'grade%22'), {}, [400, 'invalid']],
    ['a name with an ending', PNG, WHAT.replace('programme', 'programme.png'), {}, [400, 'invalid']],
    ['no time', PNG, 'name=x', {}, [400, 'invalid']],
    ['a frame without a rate', PNG, `${WHAT}&frame=1`, {}, [400, 'invalid']],
    ['a rate without a frame', PNG, `${WHAT}&rate=25`, {}, [400, 'invalid']],
    ['another rate', PNG, `${WHAT}&frame=1&rate=26`, {}, [400, 'invalid']],
    ['a frame past the day', PNG, `${WHAT}&frame=5184000&rate=60`, {}, [400, 'invalid']],
    ['a stream of another room', PNG, `${WHAT}&stream=${'a'.repeat(16)}`, {}, [404, 'not_found']],
    ['a field that is not known', PNG, `${WHAT}&by=me`, {}, [400, 'invalid']],
  ])('does not take %s', async (_, body, what, headers, refusal) => {
    const { token } = await come('reviewer')
    expect(brief(await keep(token, body, what, headers))).toEqual(refusal)
    expect(await list(token)).toEqual([])
  })

  it('needs annotate, and reads nothing from who has it not', async () => {
    const { token } = await come('observer')
    expect(brief(await keep(token, new Uint8Array(9 * 1024 * 1024)))).toEqual([403, 'forbidden'])
  })

  it('takes no token for one', async () => {
    expect(brief(await keep('nonsense'))).toEqual([401, 'unauthenticated'])
  })

  it('ends with the room', async () => {
    const { token } = await come('reviewer')
    const { body } = await keep(token)
    await ask(app, 'PATCH', `/api/rooms/${room.id}`, { json: { state: 'ended' } })
    expect(brief(await keep(token))).toEqual([410, 'room_ended'])
    expect(brief(await ask(app, 'GET', '/api/room/stills', { token }))).toEqual([410, 'room_ended'])
    expect(brief(await ask(app, 'GET', `/api/room/stills/${body.id}`, { token }))).toEqual([
      410,
      'room_ended',
    ])
    expect(brief(await ask(app, 'DELETE', `/api/room/stills/${body.id}`, { token }))).toEqual([
      410,
      'room_ended',
    ])
    expect(await rows(app, 'stills', 'id').then(all => all.some(({ id }) => id === body.id))).toBe(true)
  })

  it('keeps 200 a room', async () => {
    const { token } = await come('reviewer')
    await app.db.execute({
      sql: `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 199)
        INSERT INTO stills (id, room_id, person_name, name, at, width, height, bytes, created_at)
        SELECT 'full-' || i, :roomId, 'Ada', 'x', 0, 1, 1, 1, 0 FROM n`,
      args: { roomId: room.id },
    })
    expect((await keep(token)).status).toBe(201)
    expect(brief(await keep(token))).toEqual([409, 'stills_full'])
    expect(await list(token)).toHaveLength(200)
  })

  it('is for 60 within 10 minutes', async () => {
    const { token } = await come('reviewer')
    for (let i = 0; i < 60; i++) await keep(token, '')
    expect(brief(await keep(token))).toEqual([429, 'too_many'])
    app.clock.now += 10 * 60_000
    expect((await keep(token)).status).toBe(201)
    app.clock.now = NOON
  })
})

describe('a still that was kept', () => {
  it('is nothing to another room', async () => {
    const { token } = await come('reviewer')
    const { body } = await keep(token)
    const other = await makeRoom(app)
    const stranger = await join(app, await makeLink(app, other.id, { role: 'host' }))
    const path = `/api/room/stills/${body.id}`
    expect(await list(stranger.token)).toEqual([])
    for (const method of ['GET', 'DELETE'])
      expect(brief(await ask(app, method, path, { token: stranger.token }))).toEqual([404, 'not_found'])
    const elsewhere = `/api/rooms/${other.id}/stills/${body.id}`
    for (const method of ['GET', 'DELETE'])
      expect(brief(await ask(app, method, elsewhere))).toEqual([404, 'not_found'])
    expect(await list(token)).toHaveLength(1)
  })

  it('is nothing to who waits before the door', async () => {
    const { token } = await come('reviewer')
    const { body } = await keep(token)
    const link = await makeLink(app, room.id, { waitingRoom: true, role: 'reviewer' })
    const waiting = await join(app, link)
    for (const path of ['/api/room/stills', `/api/room/stills/${body.id}`])
      expect(brief(await ask(app, 'GET', path, { token: waiting.token }))).toEqual([409, 'not_admitted'])
    expect(brief(await keep(waiting.token))).toEqual([409, 'not_admitted'])
  })

  it('is deleted by who kept it, with its file', async () => {
    const { token } = await come('reviewer')
    const { body } = await keep(token)
    const deleted = await ask(app, 'DELETE', `/api/room/stills/${body.id}`, { token })
    expect(deleted.status).toBe(204)
    expect(await list(token)).toEqual([])
    const left = await rows(app, 'still_parts', 'still_id AS id')
    expect(left.filter(({ id }) => id === body.id)).toEqual([])
    expect(brief(await ask(app, 'DELETE', `/api/room/stills/${body.id}`, { token }))).toEqual([
      404,
      'not_found',
    ])
  })

  it('is deleted by a host, and by nobody else', async () => {
    const ada = await come('reviewer')
    const { body } = await keep(ada.token)
    const bob = await come('reviewer', 'Bob')
    const path = `/api/room/stills/${body.id}`
    expect(brief(await ask(app, 'DELETE', path, { token: bob.token }))).toEqual([404, 'not_found'])
    const host = await come('host', 'Max')
    expect((await ask(app, 'DELETE', path, { token: host.token })).status).toBe(204)
  })

  it('is read and deleted by staff, and goes with its room', async () => {
    const { token } = await come('reviewer')
    const { body: one } = await keep(token)
    const { body: two } = await keep(token)
    const path = `/api/rooms/${room.id}/stills`
    const { body } = await ask<StillList>(app, 'GET', path)
    expect(body.items.map(({ id }) => id).toSorted()).toEqual([one.id, two.id].toSorted())
    const { answer, bytes } = await bytesOf(`${path}/${one.id}`)
    expect([answer.headers.get('content-type'), bytes]).toEqual(['image/png', PNG])
    expect((await ask(app, 'DELETE', `${path}/${one.id}`)).status).toBe(204)
    await ask(app, 'DELETE', `/api/rooms/${room.id}`)
    const left = await rows(app, 'still_parts', 'still_id AS id')
    expect(left.filter(({ id }) => id === one.id || id === two.id)).toEqual([])
    expect(brief(await ask(app, 'GET', path))).toEqual([404, 'not_found'])
  })
})
