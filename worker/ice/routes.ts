import { NO_STORE } from '../http/json.ts'
import { type Call, type Route, route } from '../http/route.ts'
import { tooMany } from '../limits/limit.ts'
import { LIMITS } from '../limits/rules.ts'
import type { Grant } from '../links/permissions.ts'
import { mayWatch, notIn } from '../people/may-watch.ts'
import { PERSON_TOKEN_MS } from '../people/token.ts'
import { Problem, unauthenticated } from '../problem.ts'
import type { IceConfig } from './config.ts'
import { turnCredential } from './credential.ts'
import { IceAnswer } from './schema.ts'
import { askForServers } from './store.ts'

/** How long servers are given out for where there is no relay, in s. */
const USUAL_TTL = 3600

/**
 * The servers that two pages find each other with, for who is in the room and may send messages. A relay's credential
 * ends no later than what it was given for: the person's token, their link, their room.
 */
async function servers({ c, app, person, address }: Call<undefined, undefined>): Promise<Response> {
  const now = app.now()
  const row = await askForServers(app.db, person, address, now)
  if (!row) throw unauthenticated()
  const fault = notIn(mayWatch(row, now))
  if (fault) throw fault
  if (!(JSON.parse(row.permissions) as Grant[]).includes('message'))
    throw new Problem(403, 'forbidden', 'You do not have the permission to send messages or files.')
  if (!row.counted) throw tooMany(LIMITS.ice.window)
  const ends = Math.min(
    person.g + PERSON_TOKEN_MS,
    row.roomEndsAt ?? Number.POSITIVE_INFINITY,
    row.linkEndsAt ?? Number.POSITIVE_INFINITY,
  )
  return c.json(await answerOf(app.config.ice, person.p, ends, now), 200, NO_STORE)
}

/** @param ends when the person's time in the room ends at the latest, ms */
async function answerOf(ice: IceConfig, person: string, ends: number, now: number): Promise<IceAnswer> {
  const { stunUrls, turn, relayOnly } = ice
  const nowSeconds = Math.floor(now / 1000)
  const expires = Math.min(nowSeconds + (turn?.ttl ?? USUAL_TTL), Math.floor(ends / 1000))
  return {
    iceServers: [
      ...(stunUrls.length ? [{ urls: stunUrls }] : []),
      ...(turn ? [{ urls: turn.urls, ...(await turnCredential(turn.secret, person, expires)) }] : []),
    ],
    relayOnly,
    ttl: expires - nowSeconds,
  }
}

export const iceRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/ice',
    who: 'person',
    shared: true,
    summary: 'STUN and TURN servers for sending files to somebody in the room',
    answers: { 200: IceAnswer, 403: null, 409: null, 410: null, 429: null },
    handle: servers,
  }),
]
