import { makeRowKey } from '../crypto/row-key.ts'
import type { App } from '../deps.ts'
import { digestTag, ifMatchVersion, versionTag } from '../http/etag.ts'
import { endBeforeStart, iso } from '../http/fields.ts'
import { NO_STORE, tagged } from '../http/json.ts'
import { type Call, type Route, route } from '../http/route.ts'
import { ingestAddresses } from '../origins/addresses.ts'
import { originOf } from '../origins/of-room.ts'
import { changedMeanwhile, notFound } from '../problem.ts'
import { drainOutbox } from '../streams/outbox.ts'
import { changeRoom, deleteRoom, rotateIngest } from './change.ts'
import { Ingest, NewRoom, Room, RoomChange, RoomList, RoomQuery, type Seat, SeatList } from './schema.ts'
import { listSeats, type SeatRow } from './seats.ts'
import { slugFor, slugTaken } from './slug.ts'
import { createRoom, getRoom, listRooms, type RoomRow } from './store.ts'
import { roomOf } from './view.ts'

async function ingestOf(app: App, room: RoomRow): Promise<Ingest> {
  const origin = originOf(app, room)
  return ingestAddresses(
    origin,
    await makeRowKey(app.keys, 'ingest-key', { id: room.id, version: room.ingestVersion }),
  )
}

const drain = (call: Pick<Call<never, never>, 'app' | 'after'>) =>
  call.after('outbox.drain', () => drainOutbox(call.app))

/** Who is in the room learns of it at once. */
const tellRoom = ({ app, after }: Pick<Call<never, never>, 'app' | 'after'>, roomId: string) =>
  after('live.changed', () => app.live.changed(roomId))

function seatOf(row: SeatRow): Seat {
  return {
    person: { id: row.personId, name: row.name },
    link: { id: row.linkId, label: row.label },
    since: iso(row.since)!,
    until: iso(row.until)!,
    addresses: row.addresses.split(','),
    protocols: row.protocols.split(','),
    sessions: row.sessions,
  }
}

export const roomRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/rooms',
    who: { right: 'rooms:read' },
    summary: 'Rooms, newest first',
    query: RoomQuery,
    answers: { 200: RoomList, 304: null },
    async handle({ c, app, query }) {
      const now = app.now()
      const { items, next } = await listRooms(app.db, query, now)
      const body = { items: items.map(row => roomOf(row, now)), next }
      return tagged(c, body, await digestTag(body))
    },
  }),
  route({
    method: 'post',
    path: '/api/rooms',
    who: { right: 'rooms:write' },
    audit: { action: 'room.create', kind: 'room' },
    summary: 'Make a room',
    body: NewRoom,
    answers: { 201: Room, 409: null },
    async handle({ c, app, body, tell }) {
      const now = app.now()
      if (body.startsAt != null && body.endsAt != null && body.endsAt <= body.startsAt) throw endBeforeStart()
      const originId = app.origins.usual()?.id ?? 'default'
      const slugs = body.slug ? [body.slug] : [slugFor(body.title), slugFor(body.title, true)]
      for (const slug of slugs) {
        const row = await createRoom(app.db, { ...body, slug, originId }, now)
        if (!row) continue
        tell({ id: row.id, name: row.title, room: row.id })
        const room = roomOf(row, now)
        return tagged(c, room, await versionTag(row.version, room), 201, { Location: `/api/rooms/${row.id}` })
      }
      throw slugTaken()
    },
  }),
  route({
    method: 'get',
    path: '/api/rooms/:id',
    who: { right: 'rooms:read' },
    summary: 'One room',
    answers: { 200: Room, 304: null, 404: null },
    async handle({ c, app, params }) {
      const now = app.now()
      const row = await getRoom(app.db, params.id!, now)
      if (!row) throw notFound()
      const room = roomOf(row, now)
      return tagged(c, room, await versionTag(row.version, room))
    },
  }),
  route({
    method: 'patch',
    path: '/api/rooms/:id',
    who: { right: 'rooms:write' },
    audit: { action: 'room.change', kind: 'room' },
    summary: 'Change, end or reopen a room',
    body: RoomChange,
    answers: { 200: Room, 404: null, 409: null, 412: null },
    async handle(call) {
      const { c, app, params, body } = call
      const now = app.now()
      const version = ifMatchVersion(c.req.header('if-match'))
      const { changed, row, clash } = await changeRoom(app.db, params.id!, body, version, now)
      if (!row) throw notFound()
      call.tell({ name: row.title, ...(body.state === 'ended' ? { action: 'room.end' } : {}) })
      if (!changed) {
        if (version !== undefined && row.version !== version) throw changedMeanwhile()
        throw clash ? slugTaken() : endBeforeStart()
      }
      const room = roomOf(row, now)
      tellRoom(call, row.id)
      if (room.state === 'ended') drain(call)
      return tagged(c, room, await versionTag(row.version, room))
    },
  }),
  route({
    method: 'delete',
    path: '/api/rooms/:id',
    who: { right: 'rooms:delete' },
    audit: { action: 'room.delete', kind: 'room' },
    summary: 'Delete a room with its links and people, and drop its publisher',
    answers: { 204: null, 404: null, 412: null },
    async handle(call) {
      const { c, app, params } = call
      const result = await deleteRoom(app.db, params.id!, ifMatchVersion(c.req.header('if-match')), app.now())
      if (result === 'absent') throw notFound()
      if (result === 'changed') throw changedMeanwhile()
      tellRoom(call, params.id!)
      drain(call)
      return c.body(null, 204)
    },
  }),
  route({
    method: 'get',
    path: '/api/rooms/:id/ingest',
    who: { right: 'ingest' },
    summary: 'What to paste into an encoder',
    answers: { 200: Ingest, 404: null, 409: null },
    async handle({ c, app, params }) {
      const row = await getRoom(app.db, params.id!, app.now())
      if (!row) throw notFound()
      return c.json(await ingestOf(app, row), 200, NO_STORE)
    },
  }),
  route({
    method: 'post',
    path: '/api/rooms/:id/ingest/rotate',
    who: { right: 'ingest' },
    audit: { action: 'ingest.rotate', kind: 'room' },
    summary: 'A new ingest key; the old one stops working at once and its publisher is dropped',
    answers: { 200: Ingest, 404: null, 409: null },
    async handle(call) {
      const { c, app, params } = call
      const before = await getRoom(app.db, params.id!, app.now())
      if (!before) throw notFound()
      originOf(app, before)
      call.tell({ name: before.title })
      const row = await rotateIngest(app.db, before.id, app.now())
      if (!row) throw notFound()
      tellRoom(call, row.id)
      drain(call)
      return c.json(await ingestOf(app, row), 200, NO_STORE)
    },
  }),
  route({
    method: 'get',
    path: '/api/rooms/:id/seats',
    who: { right: 'rooms:read' },
    summary: 'Who holds a seat now',
    answers: { 200: SeatList, 404: null },
    async handle({ c, app, params }) {
      const seats = await listSeats(app.db, params.id!, app.now())
      if (!seats) throw notFound()
      return c.json({ items: seats.map(seatOf), next: null }, 200, NO_STORE)
    },
  }),
]
