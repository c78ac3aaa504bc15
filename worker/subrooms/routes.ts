import { digestTag, ifMatchVersion, versionTag } from '../http/etag.ts'
import { iso } from '../http/fields.ts'
import { tagged } from '../http/json.ts'
import { type Call, type Route, route } from '../http/route.ts'
import { changedMeanwhile, notFound, Problem } from '../problem.ts'
import { lockOf } from '../rooms/view.ts'
import { NewSubroom, Subroom, SubroomChange, SubroomList } from './schema.ts'
import {
  changeSubroom,
  createSubroom,
  deleteSubroom,
  getSubroom,
  listSubrooms,
  MAX_SUBROOMS,
  type SubroomRow,
} from './store.ts'

const subroomOf = (row: SubroomRow): Subroom => ({
  name: row.name,
  title: row.title,
  lock: lockOf(row),
  createdAt: iso(row.createdAt)!,
})

const faults = {
  taken: () => new Problem(409, 'subroom_taken', 'The room has a sub-room of this name. Choose another one.'),
  full: () =>
    new Problem(409, 'too_many_subrooms', `A room has at most ${MAX_SUBROOMS} sub-rooms. Delete one first.`),
  absent: notFound,
}

/** Who is in the room learns of it at once. */
const tellRoom = ({ app, after, params }: Pick<Call<never, never>, 'app' | 'after' | 'params'>) =>
  after('live.changed', () => app.live.changed(params.id!))

export const subroomRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/rooms/:id/subrooms',
    who: { right: 'rooms:read' },
    summary: "A room's sub-rooms, by name",
    answers: { 200: SubroomList, 304: null, 404: null },
    async handle({ c, app, params }) {
      const rows = await listSubrooms(app.db, params.id!)
      if (!rows) throw notFound()
      const body = { items: rows.map(subroomOf), next: null } satisfies SubroomList
      return tagged(c, body, await digestTag(body))
    },
  }),
  route({
    method: 'post',
    path: '/api/rooms/:id/subrooms',
    who: { right: 'rooms:write' },
    audit: { action: 'subroom.create', kind: 'subroom' },
    summary: 'Make a sub-room',
    body: NewSubroom,
    answers: { 201: Subroom, 404: null, 409: null },
    async handle(call) {
      const { c, app, params, body } = call
      call.tell({ id: body.name, name: body.title ?? body.name })
      const row = await createSubroom(app.db, params.id!, body, app.now())
      if (typeof row === 'string') throw faults[row]()
      tellRoom(call)
      const subroom = subroomOf(row)
      const Location = `/api/rooms/${params.id}/subrooms/${row.name}`
      return tagged(c, subroom, await versionTag(row.version, subroom), 201, { Location })
    },
  }),
  route({
    method: 'get',
    path: '/api/rooms/:id/subrooms/:name',
    who: { right: 'rooms:read' },
    summary: 'One sub-room',
    answers: { 200: Subroom, 304: null, 404: null },
    async handle({ c, app, params }) {
      const row = await getSubroom(app.db, params.id!, params.name!)
      if (!row) throw notFound()
      const subroom = subroomOf(row)
      return tagged(c, subroom, await versionTag(row.version, subroom))
    },
  }),
  route({
    method: 'patch',
    path: '/api/rooms/:id/subrooms/:name',
    who: { right: 'rooms:write' },
    audit: { action: 'subroom.change', kind: 'subroom' },
    summary: 'Change, lock or unlock a sub-room',
    body: SubroomChange,
    answers: { 200: Subroom, 404: null, 412: null },
    async handle(call) {
      const { c, app, params, body } = call
      const version = ifMatchVersion(c.req.header('if-match'))
      const { changed, row } = await changeSubroom(app.db, params.id!, params.name!, body, version, app.now())
      if (!row) throw notFound()
      call.tell({ id: row.name, name: row.title })
      if (!changed) throw changedMeanwhile()
      tellRoom(call)
      const subroom = subroomOf(row)
      return tagged(c, subroom, await versionTag(row.version, subroom))
    },
  }),
  route({
    method: 'delete',
    path: '/api/rooms/:id/subrooms/:name',
    who: { right: 'rooms:write' },
    audit: { action: 'subroom.delete', kind: 'subroom' },
    summary: 'Delete a sub-room with what was said in it',
    answers: { 204: null, 404: null, 412: null },
    async handle(call) {
      const { c, app, params } = call
      const version = ifMatchVersion(c.req.header('if-match'))
      const result = await deleteSubroom(app.db, params.id!, params.name!, version)
      if (result === 'absent') throw notFound()
      call.tell({ id: params.name!, name: params.name! })
      if (result === 'changed') throw changedMeanwhile()
      tellRoom(call)
      return c.body(null, 204)
    },
  }),
]
