import { makeRowKey } from '../crypto/row-key.ts'
import type { App } from '../deps.ts'
import { digestTag, ifMatchVersion, versionTag } from '../http/etag.ts'
import { iso } from '../http/fields.ts'
import { NO_STORE, tagged } from '../http/json.ts'
import { type Call, type Route, route } from '../http/route.ts'
import { ingestAddresses } from '../origins/addresses.ts'
import { originOf } from '../origins/of-room.ts'
import { changedMeanwhile, notFound, Problem } from '../problem.ts'
import { Ingest } from '../rooms/schema.ts'
import {
  changeFurther,
  createFurther,
  deleteFurther,
  type FurtherRow,
  getFurther,
  listFurther,
  rotateFurther,
} from './further.ts'
import { MAX_STREAMS } from './most.ts'
import { playableOf } from './now.ts'
import { drainOutbox } from './outbox.ts'
import { NewStream, Stream, StreamChange, StreamList } from './schema.ts'

const streamOf = (row: FurtherRow): Stream => ({
  id: row.id,
  kind: row.kind,
  label: row.label,
  live:
    row.liveSince === null
      ? null
      : {
          since: iso(row.liveSince)!,
          protocol: row.liveProtocol ?? 'unknown',
          playable: playableOf({ ...row, publishing: 1 }),
        },
  createdAt: iso(row.createdAt)!,
})

async function ingestOf(app: App, row: FurtherRow): Promise<Ingest> {
  const origin = originOf(app, row)
  return ingestAddresses(
    origin,
    await makeRowKey(app.keys, 'stream-key', { id: row.id, version: row.ingestVersion }),
  )
}

const faults = {
  absent: notFound,
  taken: () => new Problem(409, 'stream_taken', 'The room has a stream with this label. Choose another one.'),
  full: () =>
    new Problem(
      409,
      'too_many_streams',
      `A room has at most ${MAX_STREAMS} streams, its programme among them. Delete one first.`,
    ),
}

/** Who is in the room learns of it at once. */
const tellRoom = ({ app, after, params }: Pick<Call<never, never>, 'app' | 'after' | 'params'>) =>
  after('live.changed', () => app.live.changed(params.id!))

const drain = ({ app, after }: Pick<Call<never, never>, 'app' | 'after'>) =>
  after('outbox.drain', () => drainOutbox(app))

const STREAMS = '/api/rooms/:id/streams'
const STREAM = `${STREAMS}/:streamId`

export const streamRoutes: Route[] = [
  route({
    method: 'get',
    path: STREAMS,
    who: { right: 'rooms:read' },
    summary: "A room's streams beside its programme",
    answers: { 200: StreamList, 304: null, 404: null },
    async handle({ c, app, params }) {
      const rows = await listFurther(app.db, params.id!, app.now())
      if (!rows) throw notFound()
      const body = { items: rows.map(streamOf), next: null } satisfies StreamList
      return tagged(c, body, await digestTag(body))
    },
  }),
  route({
    method: 'post',
    path: STREAMS,
    who: { right: 'rooms:write' },
    audit: { action: 'stream.create', kind: 'stream' },
    summary: 'Add a stream beside the programme, with an ingest key of its own',
    body: NewStream,
    answers: { 201: Stream, 404: null, 409: null },
    async handle(call) {
      const { c, app, params, body } = call
      call.tell({ name: body.label })
      const row = await createFurther(app.db, params.id!, body, app.now())
      if (typeof row === 'string') throw faults[row]()
      call.tell({ id: row.id, name: row.label })
      tellRoom(call)
      const stream = streamOf(row)
      const Location = `/api/rooms/${params.id}/streams/${row.id}`
      return tagged(c, stream, await versionTag(row.version, stream), 201, { Location })
    },
  }),
  route({
    method: 'patch',
    path: STREAM,
    who: { right: 'rooms:write' },
    audit: { action: 'stream.change', kind: 'stream' },
    summary: 'Change what a stream is called, or what it shows',
    body: StreamChange,
    answers: { 200: Stream, 404: null, 409: null, 412: null },
    async handle(call) {
      const { c, app, params, body } = call
      const { id, streamId } = params
      const version = ifMatchVersion(c.req.header('if-match'))
      const { changed, taken, row } = await changeFurther(app.db, id!, streamId!, body, version, app.now())
      if (!row) throw notFound()
      call.tell({ id: row.id, name: row.label })
      if (!changed) throw taken ? faults.taken() : changedMeanwhile()
      tellRoom(call)
      const stream = streamOf(row)
      return tagged(c, stream, await versionTag(row.version, stream))
    },
  }),
  route({
    method: 'delete',
    path: STREAM,
    who: { right: 'rooms:write' },
    audit: { action: 'stream.delete', kind: 'stream' },
    summary: 'Delete a stream and drop its publisher',
    answers: { 204: null, 404: null, 412: null },
    async handle(call) {
      const { c, app, params } = call
      const { id, streamId } = params
      const version = ifMatchVersion(c.req.header('if-match'))
      const { deleted, row } = await deleteFurther(app.db, id!, streamId!, version, app.now())
      if (!row) throw notFound()
      call.tell({ id: row.id, name: row.label })
      if (!deleted) throw changedMeanwhile()
      tellRoom(call)
      drain(call)
      return c.body(null, 204)
    },
  }),
  route({
    method: 'get',
    path: `${STREAM}/ingest`,
    who: { right: 'ingest' },
    summary: 'What to paste into an encoder that publishes this stream',
    answers: { 200: Ingest, 404: null, 409: null },
    async handle({ c, app, params }) {
      const row = await getFurther(app.db, params.id!, params.streamId!, app.now())
      if (!row) throw notFound()
      return c.json(await ingestOf(app, row), 200, NO_STORE)
    },
  }),
  route({
    method: 'post',
    path: `${STREAM}/ingest/rotate`,
    who: { right: 'ingest' },
    audit: { action: 'ingest.rotate', kind: 'stream' },
    summary: "A new ingest key for this stream; the old one's publisher is dropped",
    answers: { 200: Ingest, 404: null, 409: null },
    async handle(call) {
      const { c, app, params } = call
      const before = await getFurther(app.db, params.id!, params.streamId!, app.now())
      if (!before) throw notFound()
      originOf(app, before)
      call.tell({ id: before.id, name: before.label })
      const row = await rotateFurther(app.db, before.roomId, before.id, app.now())
      if (!row) throw notFound()
      tellRoom(call)
      drain(call)
      return c.json(await ingestOf(app, row), 200, NO_STORE)
    },
  }),
]
