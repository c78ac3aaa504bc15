import * as v from 'valibot'
import { versionTag } from '../http/etag.ts'
import { slug } from '../http/fields.ts'
import { NO_STORE, tagged } from '../http/json.ts'
import { type Route, route } from '../http/route.ts'
import { invalid, notFound } from '../problem.ts'
import { hashing } from '../room-users/gate.ts'
import { hashPassword, type StoredPassword } from '../room-users/password.ts'
import { Room } from '../rooms/schema.ts'
import { slugFor, slugTaken } from '../rooms/slug.ts'
import { roomOf } from '../rooms/view.ts'
import { nameFault } from './names.ts'
import type { GroupPlan } from './plan.ts'
import { readGroup } from './read.ts'
import { exportGroup, importGroup } from './store.ts'
import { definitionOf } from './write.ts'

/** Bytes: five hundred users with their hashes. */
const MAX_FILE = 512 * 1024

/**
 * `POST /api/import/galene`: a group's name and the file that defines it, as JSON. Where the name is no slug, one is
 * made of it.
 */
const Import = v.strictObject({
  name: v.pipe(
    v.string('must be text'),
    v.minLength(1, 'must not be empty'),
    v.maxLength(200, 'must have at most 200 characters'),
    v.rawCheck(({ dataset, addIssue }) => {
      const fault = dataset.typed && nameFault(dataset.value)
      if (fault) addIssue({ message: fault })
    }),
  ),
  slug: v.optional(slug),
  definition: v.unknown(),
})

const Export = v.object({ name: v.string(), definition: v.looseObject({}) })

export const galeneRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/import/galene',
    who: { right: 'rooms:write' },
    audit: { action: 'room.import', kind: 'room' },
    summary: 'Make a room of a Galene group, with its users and keys',
    body: Import,
    maxBody: MAX_FILE,
    answers: { 201: Room, 400: null, 409: null, 413: null },
    async handle({ c, app, body, tell }) {
      // The file is full of secrets that nobody calls by our names for them.
      tell({ params: { name: body.name } })
      const read = readGroup(body.definition, body.name, app.runtime)
      if ('errors' in read) throw invalid(read.errors)
      const wanted = body.slug ?? (v.is(slug, body.name) ? body.name : slugFor(body.name))
      const plan = await hashed(app, read.plan)
      const now = app.now()
      const originId = app.origins.usual()?.id ?? 'default'
      const row = await importGroup(app, plan, { slug: wanted, originId }, now)
      if (!row) throw slugTaken()
      const { users, keys } = plan
      const params = { name: body.name, users: users.length, keys: keys.length }
      tell({ id: row.id, name: row.title, room: row.id, params })
      const room = roomOf(row, now)
      return tagged(c, room, await versionTag(row.version, room), 201, { Location: `/api/rooms/${row.id}` })
    },
  }),
  route({
    method: 'get',
    path: '/api/rooms/:id/export/galene',
    // It has what opens the room: hashes of passwords and shared keys.
    who: { right: 'links:write' },
    audit: { action: 'room.export', kind: 'room' },
    summary: 'A room as a Galene group, hashes of passwords and keys included',
    answers: { 200: Export, 404: null },
    async handle({ c, app, params, tell }) {
      const found = await exportGroup(app, params.id!, app.now())
      if (!found) throw notFound()
      tell({ name: found.plan.room.title })
      const answer = { name: found.slug, definition: definitionOf(found.plan, found.slug) }
      return c.json(answer, 200, NO_STORE)
    },
  }),
]

/** The same without a password in plain. One after another: a large file must not keep people out. */
async function hashed(
  app: Parameters<typeof hashing>[0],
  { users, ...plan }: GroupPlan,
): Promise<GroupPlan<StoredPassword>> {
  const done: GroupPlan<StoredPassword>['users'] = []
  for (const user of users) {
    const { password } = user
    const kept = password?.type === 'plain' ? await hashing(app, () => hashPassword(password.key)) : password
    done.push({ ...user, password: kept })
  }
  return { ...plan, users: done }
}
