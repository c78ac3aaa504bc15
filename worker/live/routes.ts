import * as v from 'valibot'
import { requirePerson } from '../auth/authenticate.ts'
import { isForeign } from '../auth/foreign.ts'
import { slug } from '../http/fields.ts'
import { placeOf } from '../http/place.ts'
import { type Call, type Route, route } from '../http/route.ts'
import { mayWatch, refusal } from '../people/may-watch.ts'
import { PERSON_TOKEN_MS } from '../people/token.ts'
import { notFound, Problem, unauthenticated } from '../problem.ts'
import { personFactsOf, readComing, roomFactsOf } from './facts.ts'
import { SUBPROTOCOL } from './protocol.ts'

/** So much of what a browser calls itself is kept, in characters. */
const MAX_USER_AGENT = 300

/** `room`: the sub-room's name. */
const LiveQuery = v.object({ room: v.optional(slug) })
type LiveQuery = v.InferOutput<typeof LiveQuery>

/**
 * The token among the subprotocols that a page offers: browsers can give a WebSocket no header, and a query ends up in
 * logs. Undefined unless our protocol and just one token are offered.
 */
export function tokenIn(offered: string | undefined): string | undefined {
  const protocols = (offered ?? '').split(',').map(item => item.trim())
  const [token, ...more] = protocols.filter(item => item.startsWith('bearer.'))
  return protocols.includes(SUBPROTOCOL) && !more.length ? token?.slice('bearer.'.length) : undefined
}

/** Lets a person's page connect to its room. Nothing of the room is touched before all of this holds. */
async function connect({ c, app, address, query }: Call<undefined, LiveQuery>): Promise<Response> {
  const token = tokenIn(c.req.header('sec-websocket-protocol'))
  const claims = await requirePerson(app, token && `Bearer ${token}`)
  // A browser lets any page open a WebSocket anywhere, and says only in Origin which one it was.
  const coming = { method: 'CONNECT', origin: c.req.header('origin'), site: undefined, byCookie: false }
  if (isForeign(coming, [placeOf(app, c.req.url).origin], app.config.corsOrigins))
    throw new Problem(403, 'foreign_origin', 'This call is only for Sightline’s own pages.')
  const { upgrade } = c.env
  if (c.req.header('upgrade')?.toLowerCase() !== 'websocket' || !upgrade)
    throw new Problem(426, 'websocket_only', 'Connect with a WebSocket.', {}, { Upgrade: 'websocket' })
  if (!app.live.carries())
    throw new Problem(
      503,
      'live_elsewhere',
      'Another server process carries the live rooms of this deployment. Send every connection to that one.',
    )
  const now = app.now()
  const place = { roomId: claims.r, sub: query.room ?? '' }
  const row = await readComing(app, place, claims.p, address, now)
  // A sub-room that is not there and one that is for others are alike.
  if (!row && place.sub) throw notFound()
  if (row?.linkId !== claims.l) throw unauthenticated()
  const verdict = mayWatch(row, now)
  if (verdict.state === 'refused') throw refusal(verdict.code, verdict)
  return upgrade({
    ...place,
    until: claims.g + PERSON_TOKEN_MS,
    address: address ?? null,
    userAgent: c.req.header('user-agent')?.slice(0, MAX_USER_AGENT) ?? null,
    room: roomFactsOf(app, row),
    person: personFactsOf(row),
  })
}

export const liveRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/live',
    who: 'anyone',
    summary:
      'The room’s live channel: a WebSocket with the subprotocols sightline.1 and bearer.<person token>',
    answers: { 101: null, 400: null, 401: null, 403: null, 404: null, 410: null, 426: null, 503: null },
    query: LiveQuery,
    handle: connect,
  }),
]
