import { newId } from '../crypto/id.ts'
import { readBody } from '../http/body.ts'
import { NO_STORE } from '../http/json.ts'
import { type Call, type Route, route } from '../http/route.ts'
import { tooMany } from '../limits/limit.ts'
import { LIMITS } from '../limits/rules.ts'
import { mayWatch, notIn } from '../people/may-watch.ts'
import { notFound, Problem, unauthenticated } from '../problem.ts'
import { MAX_STILL, readPng } from './png.ts'
import { MAX_STILLS, NewStill, Still, StillList } from './schema.ts'
import {
  type AskerRow,
  askToKeep,
  deleteStill,
  keepStill,
  listStills,
  mayAnnotate,
  type Reader,
  readStill,
} from './store.ts'

type AnyCall = Pick<Call<unknown, unknown>, 'app' | 'person' | 'address' | 'params'>

const askerOf = ({ app, person, address }: AnyCall) => ({ person, address, now: app.now() })

/** The person of the call, or the room of staff's. */
const readerOf = (call: AnyCall): Reader => (call.person ? askerOf(call) : { roomId: call.params.id! })

/** @throws {Problem} who may not be in the room now, and where there is none */
function mustBeIn<R extends AskerRow>(call: AnyCall, row: R | undefined): R {
  if (!row) throw call.person ? unauthenticated() : notFound()
  const fault = call.person && notIn(mayWatch(row, call.app.now()))
  if (fault) throw fault
  return row
}

const mayNot = (what: string) => new Problem(403, 'forbidden', `You do not have the permission to ${what}.`)
const tooLarge = () => new Problem(413, 'too_large', `A still has at most ${MAX_STILL / 1024 / 1024} MiB.`)
const noPng = () => new Problem(415, 'not_png', 'Send a picture as image/png, 8 bits, not interlaced.')
const full = () =>
  new Problem(409, 'stills_full', `This room keeps ${MAX_STILLS} stills, and has them. Delete some first.`)

/** Nothing of the file is read before it is known that the person may keep one. */
async function keep(call: Call<undefined, NewStill>): Promise<Response> {
  const { app, c, query, tell } = call
  const asker = askerOf(call)
  const row = mustBeIn(call, await askToKeep(app.db, asker))
  tell({ actor: { kind: 'person', id: asker.person.p, name: row.name }, room: row.roomId, params: {} })
  if (!mayAnnotate(row)) throw mayNot('keep stills')
  if (!row.counted) throw tooMany(LIMITS.still.window)
  if ((c.req.header('content-type') ?? '').trim().toLowerCase() !== 'image/png') throw noPng()
  const file = await readBody(c.req.raw, MAX_STILL)
  if (!file) throw tooLarge()
  const size = readPng(file)
  if (!size) throw noPng()
  const id = newId()
  const still = await keepStill(app.db, asker, { ...query, ...size, id, file })
  if (!still) throw query.stream === undefined ? full() : notFound()
  tell({ id, name: still.name })
  return c.json(still satisfies Still, 201, NO_STORE)
}

async function list(call: Call<undefined, undefined>): Promise<Response> {
  const { reader, found } = await listStills(call.app.db, readerOf(call))
  mustBeIn(call, reader)
  return call.c.json({ items: found, next: null } satisfies StillList, 200, NO_STORE)
}

/** As a file of its own: nothing in it is ever a page of ours. */
async function file(call: Call<undefined, undefined>, id: string): Promise<Response> {
  const { reader, found } = await readStill(call.app.db, readerOf(call), id)
  mustBeIn(call, reader)
  if (!found) throw notFound()
  return call.c.body(found.file.stream(), 200, {
    ...NO_STORE,
    'Content-Type': 'image/png',
    'Content-Length': String(found.file.size),
    'Content-Disposition': `attachment; filename="${found.name}.png"`,
    'X-Content-Type-Options': 'nosniff',
  })
}

async function remove(call: Call<undefined, undefined>, id: string): Promise<Response> {
  const { app, c, person, tell } = call
  const { reader, deleted } = await deleteStill(app.db, readerOf(call), id)
  const row = mustBeIn(call, reader)
  if (person) tell({ actor: { kind: 'person', id: person.p, name: row.name }, room: row.roomId })
  tell({ id })
  if (!deleted) throw notFound()
  tell({ name: deleted.name })
  return c.body(null, 204)
}

const inRoom = { 403: null, 409: null, 410: null }

export const stillRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/room/stills',
    who: 'person',
    summary: 'The stills of the room, the youngest first',
    answers: { 200: StillList, ...inRoom },
    handle: list,
  }),
  route({
    method: 'post',
    path: '/api/room/stills',
    who: 'person',
    audit: { action: 'still.add', kind: 'still' },
    summary: 'Keep a frame; the body is the PNG, at most 8 MiB; needs annotate',
    query: NewStill,
    answers: { 201: Still, 400: null, ...inRoom, 413: null, 415: null, 429: null },
    handle: keep,
  }),
  route({
    method: 'get',
    path: '/api/room/stills/:stillId',
    who: 'person',
    summary: 'The PNG of a still of the room',
    answers: { 200: null, ...inRoom, 404: null },
    handle: call => file(call, call.params.stillId!),
  }),
  route({
    method: 'delete',
    path: '/api/room/stills/:stillId',
    who: 'person',
    audit: { action: 'still.delete', kind: 'still' },
    summary: 'Delete a still of one’s own; with op any',
    answers: { 204: null, ...inRoom, 404: null },
    handle: call => remove(call, call.params.stillId!),
  }),
  route({
    method: 'get',
    path: '/api/rooms/:id/stills',
    who: { right: 'rooms:read' },
    summary: 'The stills of a room, the youngest first',
    answers: { 200: StillList, 404: null },
    handle: list,
  }),
  route({
    method: 'get',
    path: '/api/rooms/:id/stills/:stillId',
    who: { right: 'rooms:read' },
    summary: 'The PNG of a still',
    answers: { 200: null, 404: null },
    handle: call => file(call, call.params.stillId!),
  }),
  route({
    method: 'delete',
    path: '/api/rooms/:id/stills/:stillId',
    who: { right: 'rooms:write' },
    audit: { action: 'still.delete', kind: 'still' },
    summary: 'Delete a still of a room',
    answers: { 204: null, 404: null },
    handle: call => remove(call, call.params.stillId!),
  }),
]
