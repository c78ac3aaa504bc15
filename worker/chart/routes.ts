import { verifyToken } from '../crypto/token.ts'
import type { App } from '../deps.ts'
import { bearerOf } from '../http/bearer.ts'
import { iso } from '../http/fields.ts'
import { NO_STORE } from '../http/json.ts'
import { type Call, type Route, route } from '../http/route.ts'
import { limitNearby, tooMany } from '../limits/limit.ts'
import { LIMITS } from '../limits/rules.ts'
import { addressKey, limitKey } from '../limits/store.ts'
import type { Grant } from '../links/permissions.ts'
import { baseOf } from '../links/view.ts'
import { mayWatch, notIn, refusal } from '../people/may-watch.ts'
import { forbidden, notFound, unauthenticated } from '../problem.ts'
import { chartIdOf } from './chart-id.ts'
import { ChartAnswer, ChartLink, ClockAnswer } from './schema.ts'
import { askForChart, type ChartRoom, chartRoom } from './store.ts'
import { CHART_TOKEN_MS, isChartClaims, makeChartToken } from './token.ts'

/** @throws {Problem} 410 for a room that is over */
function refuseEnded({ endsAt, endedAt }: ChartRoom, now: number): void {
  const end = endedAt ?? endsAt
  if (end !== null && end <= now) throw refusal('room_ended', { endedAt: end })
}

async function linkTo(app: App, url: string, roomId: string, endsAt: number | null): Promise<ChartLink> {
  const expiresAt = Math.min(app.now() + CHART_TOKEN_MS, endsAt ?? Number.POSITIVE_INFINITY)
  const token = await makeChartToken(app.keys, roomId, expiresAt)
  return { url: `${baseOf(app, url)}/chart#${token}`, expiresAt: iso(expiresAt)! }
}

/** For a host, who asks from the room. */
async function forPerson({ c, app, person, address }: Call<undefined, undefined>): Promise<Response> {
  const now = app.now()
  const row = await askForChart(app.db, person, address, now)
  if (!row) throw unauthenticated()
  const fault = notIn(mayWatch(row, now))
  if (fault) throw fault
  if (!(JSON.parse(row.permissions) as Grant[]).includes('op')) throw forbidden()
  if (!row.counted) throw tooMany(LIMITS.chart.window)
  return c.json(await linkTo(app, c.req.url, row.roomId, row.roomEndsAt), 201, NO_STORE)
}

async function forStaff({ c, app, params }: Call<undefined, undefined>): Promise<Response> {
  const room = await chartRoom(app.db, params.id!)
  if (!room) throw notFound()
  refuseEnded(room, app.now())
  return c.json(await linkTo(app, c.req.url, params.id!, room.endsAt), 201, NO_STORE)
}

/** What the page of a chart link draws. Forged, run out, of a room that is gone: a stranger, all alike. */
async function chart({ c, app }: Call<undefined, undefined>): Promise<Response> {
  const now = app.now()
  const token = bearerOf(c.req.header('authorization'))
  const claims = token && (await verifyToken(app.keys, 'chart-token', token, now, isChartClaims))
  if (!claims || typeof claims === 'string') throw unauthenticated()
  const room = await chartRoom(app.db, claims.r)
  if (!room) throw unauthenticated()
  refuseEnded(room, now)
  const chartId = await chartIdOf(app.keys, claims.r)
  return c.json({ chartId, now: app.now() } satisfies ChartAnswer, 200, NO_STORE)
}

/** What time it is, for whoever asks: nothing is read, so that the answer comes at once. */
async function clock({ c, app, address }: Call<undefined, undefined>): Promise<Response> {
  await limitNearby(app, limitKey('clock', addressKey(address)))
  return c.json({ now: app.now() } satisfies ClockAnswer, 200, NO_STORE)
}

/** The chart that proves a picture: links to its page, and what the page asks for. */
export const chartRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/room/chart',
    who: 'person',
    summary: 'A link to the chart of this room; needs op',
    answers: { 201: ChartLink, 403: null, 409: null, 410: null, 429: null },
    handle: forPerson,
  }),
  route({
    method: 'post',
    path: '/api/rooms/:id/chart',
    who: { right: 'rooms:write' },
    summary: 'A link to the chart of a room',
    answers: { 201: ChartLink, 404: null, 410: null },
    handle: forStaff,
  }),
  route({
    method: 'get',
    path: '/api/chart',
    who: 'anyone',
    summary: 'What the chart of a link has in its strip. Bearer: the chart link’s token',
    answers: { 200: ChartAnswer, 401: null, 410: null },
    handle: chart,
  }),
  route({
    method: 'get',
    path: '/api/clock',
    who: 'anyone',
    summary: 'Server time, ms since 1970',
    answers: { 200: ClockAnswer, 429: null },
    handle: clock,
  }),
]
