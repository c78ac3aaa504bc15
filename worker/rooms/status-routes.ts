import { authenticate } from '../auth/authenticate.ts'
import { secretIn } from '../auth/cookies.ts'
import type { App } from '../deps.ts'
import { digestTag } from '../http/etag.ts'
import { iso } from '../http/fields.ts'
import { tagged } from '../http/json.ts'
import { placeOf } from '../http/place.ts'
import { type Call, type Route, route } from '../http/route.ts'
import { faultOf } from '../log.ts'
import { blocked, notFound, Problem } from '../problem.ts'
import { type PublicRoom, PublicRoomList, RoomStatus } from './status-schema.ts'
import { listPublic, type StatusRow, statusOf } from './status-store.ts'

/** The list is made anew so often at most, ms; caches and browsers keep it as long again. */
const LIST_FOR = 5_000

interface Kept {
  until: number
  list: Promise<PublicRoomList>
}
const kept = new WeakMap<App, Kept>()

/** How many are in a room, as its live channel knows: who waits before the door is not in it. */
async function countIn(app: App, roomId: string): Promise<number> {
  try {
    return (await app.live.snapshot(roomId)).filter(({ waitingFor }) => waitingFor === null).length
  } catch (error) {
    // A room that cannot be asked must not keep the others from being seen.
    app.log.warn('live.not-asked', { room: roomId, error: faultOf(error) })
    return 0
  }
}

async function publicRooms(app: App): Promise<PublicRoomList> {
  const now = app.now()
  const rows = await listPublic(app.db, now)
  const item = async (row: StatusRow): Promise<PublicRoom> => ({
    name: row.slug,
    displayName: row.title,
    description: row.description,
    locked: row.lockedAt !== null,
    clientCount: await countIn(app, row.id),
    startsAt: row.startsAt !== null && row.startsAt > now ? iso(row.startsAt) : null,
  })
  return { items: await Promise.all(rows.map(item)), next: null }
}

/** Strangers ask for it as often as they like, so it is made once for all who come within a few seconds. */
function keptRooms(app: App): Promise<PublicRoomList> {
  const before = kept.get(app)
  if (before && app.now() < before.until) return before.list
  const list = publicRooms(app)
  kept.set(app, { until: app.now() + LIST_FOR, list })
  // What failed is asked for anew.
  list.catch(() => kept.delete(app))
  return list
}

/**
 * Whether a call that anybody may make comes from somebody who sees every room. Who is not known is a stranger.
 * @throws {Problem} 403 at a blocked address
 */
async function isStaff({
  app,
  c,
  address,
  after,
}: Pick<Call<never, never>, 'app' | 'c' | 'address' | 'after'>): Promise<boolean> {
  if (!c.req.header('authorization') && !secretIn(c, 'sightline')) return false
  try {
    const known = await authenticate(app, c, address, after, null)
    if (known.blocked) throw blocked()
    return known.caller.rights.has('rooms:read')
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return false
    throw error
  }
}

/** What anybody may ask, before they have a link. */
export const statusRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/rooms/:slug/status',
    who: 'anyone',
    limit: 'status',
    summary:
      'A public room by its slug, as Galene’s .status; one that is not public is answered as one that is not there',
    answers: { 200: RoomStatus, 304: null, 404: null },
    async handle(call) {
      const { app, c, params } = call
      const row = await statusOf(app.db, params.slug!, await isStaff(call), app.now())
      if (!row) throw notFound()
      const { origin } = placeOf(app, c.req.url)
      const body: RoomStatus = {
        name: row.slug,
        ...(row.redirect === null ? {} : { redirect: row.redirect }),
        location: `${origin}/r/${row.slug}`,
        endpoint: `${origin.replace(/^http/, 'ws')}/api/live`,
        displayName: row.title,
        ...(row.description ? { description: row.description } : {}),
        ...(row.authServer === null ? {} : { authServer: row.authServer }),
        ...(row.authPortal === null ? {} : { authPortal: row.authPortal }),
        locked: row.lockedAt !== null,
        clientCount: await countIn(app, row.id),
        ...(row.hasPasswords ? { canChangePassword: true } : {}),
      }
      return tagged(c, body, await digestTag(body))
    },
  }),
  route({
    method: 'get',
    path: '/api/public-rooms',
    who: 'anyone',
    summary: 'The public rooms that have not ended, by title',
    answers: { 200: PublicRoomList, 304: null },
    async handle({ app, c }) {
      const list = await keptRooms(app)
      const cached = { 'Cache-Control': `public, max-age=${LIST_FOR / 1000}` }
      return tagged(c, list, await digestTag(list), 200, cached)
    },
  }),
]
