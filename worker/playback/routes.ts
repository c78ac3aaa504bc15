import { signToken } from '../crypto/token.ts'
import { iso } from '../http/fields.ts'
import { NO_STORE } from '../http/json.ts'
import { type Call, type Route, route } from '../http/route.ts'
import { playbackAddresses } from '../origins/addresses.ts'
import { mayWatch, notIn, refusal } from '../people/may-watch.ts'
import { seatView } from '../people/store.ts'
import { notFound, Problem, unauthenticated } from '../problem.ts'
import { Playback, PlaybackRequest } from './schema.ts'
import { PLAYBACK_TOKEN_MS, type PlaybackClaims } from './token.ts'

/**
 * A fresh address to play from, whether or not anything is live. The seat is taken by admission, not here; but when
 * there is none to take, the true reason is told here, because the origin's refusal looks like "not live".
 */
async function playback(call: Call<PlaybackRequest, undefined>): Promise<Response> {
  const { c, app, body, person, address } = call
  const now = app.now()
  const row = await seatView(app.db, person, body.stream, address, now)
  if (!row) throw unauthenticated()
  const fault = notIn(mayWatch(row, now))
  if (fault) throw fault
  if (row.moved) throw refusal('moved')
  if (row.maxViewers !== null && row.roomOthers >= row.maxViewers)
    throw refusal('room_full', { seats: row.maxViewers })
  if (row.maxDevices !== null && row.linkOthers >= row.maxDevices)
    throw refusal('room_full', { seats: row.maxDevices })
  if (row.plays === null) throw notFound()
  const origin = app.origins.get(row.originId)
  if (!origin) throw new Problem(503, 'no_origin', 'This room has no origin to play from.')

  const claims: PlaybackClaims = {
    o: origin.id,
    r: row.roomId,
    s: row.plays,
    p: person.p,
    l: person.l,
    g: person.g,
    d: 'play',
  }
  const expiresAt = now + PLAYBACK_TOKEN_MS
  const token = await signToken(app.keys, 'playback-token', claims, expiresAt)
  const { webrtc, llhls } = playbackAddresses(origin, row.slug, token)
  const ends = Math.min(row.roomEndsAt ?? Infinity, row.linkEndsAt ?? Infinity)
  return c.json(
    {
      webrtc: { url: webrtc },
      llhls: { url: llhls },
      expiresAt: iso(expiresAt)!,
      leaseMs: Math.min(row.roomLeaseMs ?? app.config.leaseMs, ends - now),
    } satisfies Playback,
    200,
    NO_STORE,
  )
}

export const playbackRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/playback',
    who: 'person',
    shared: true,
    summary: 'A fresh address to play from',
    body: PlaybackRequest,
    answers: { 200: Playback, 403: null, 404: null, 409: null, 410: null, 503: null },
    handle: playback,
  }),
]
