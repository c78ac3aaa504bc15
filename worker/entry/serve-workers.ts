import { createClient } from '@libsql/client/web'
import { createApp, type SightlineApp } from '../app.ts'
import { ConfigError, loadConfig } from '../config.ts'
import type { Deps } from '../deps.ts'
import type { Environment } from '../environment.ts'
import { keyOf, type Place } from '../live/place.ts'
import type { Seat } from '../live/seat.ts'
import { type Present, together } from '../live/snapshot.ts'
import { createLog, faultOf } from '../log.ts'
import { populatedSubrooms } from '../subrooms/populated.ts'
import { liveRoom, SEAT } from './live-room.ts'

/** The bindings of wrangler.toml: variables and secrets as text, the built site, and Cloudflare's rate limiter. */
export interface Bindings {
  [name: string]: string | Fetcher | RateLimiter | LiveRooms | undefined
  ASSETS?: Fetcher
  RATE_LIMITER?: RateLimiter
  LIVE_ROOMS?: LiveRooms
}

interface Fetcher {
  fetch(request: Request): Promise<Response>
}

/** The live channels of rooms and sub-rooms: one object each, named as `keyOf` says. */
interface LiveRooms {
  idFromName(name: string): unknown
  get(id: unknown): Fetcher
}

interface RateLimiter {
  limit(options: { key: string }): Promise<{ success: boolean }>
}

interface ExecutionContext {
  waitUntil(work: Promise<unknown>): void
}

/** Requests of one isolate share a client; a queue in it would let one request wait on another's I/O. */
const NO_QUEUE = 1_000_000

/**
 * The Worker: one app an isolate, made at the first event, since variables are not there before. With a wrong
 * configuration every request is answered 503, and the log says once what is wrong.
 */
export function worker(create: (deps: Deps) => SightlineApp = createApp) {
  let made: { of: Bindings; app: SightlineApp | undefined } | undefined

  const appOf = (bindings: Bindings): SightlineApp | undefined => {
    if (made?.of !== bindings) made = { of: bindings, app: open(bindings, create) }
    return made.app
  }

  return {
    async fetch(request: Request, bindings: Bindings, context: ExecutionContext): Promise<Response> {
      const app = appOf(bindings)
      if (!app) return misconfigured()
      return app.fetch(request, {
        address: request.headers.get('cf-connecting-ip') ?? undefined,
        defer: work => context.waitUntil(work),
        upgrade: bindings.LIVE_ROOMS && (seat => connect(bindings.LIVE_ROOMS!, request, seat)),
      })
    },
    /** The minute job, by the cron trigger. */
    async scheduled(_event: unknown, bindings: Bindings): Promise<void> {
      await appOf(bindings)?.minute()
    },
  }
}

/** Each room's live channel, as wrangler.toml names it. */
export const LiveRoom = liveRoom((bindings: Bindings) => open(bindings, createApp))

const objectOf = (rooms: LiveRooms, place: Place): Fetcher => rooms.get(rooms.idFromName(keyOf(place)))

/** Hands a page that may connect to its room. */
function connect(rooms: LiveRooms, request: Request, seat: Seat): Promise<Response> {
  const handed = new Request('https://room/', request)
  handed.headers.set(SEAT, encodeURIComponent(JSON.stringify(seat)))
  return objectOf(rooms, seat).fetch(handed)
}

function open(bindings: Bindings, create: (deps: Deps) => SightlineApp): SightlineApp | undefined {
  const write = (line: string) => console.log(line)
  try {
    const config = loadConfig(textsOf(bindings))
    const { databaseUrl: url, databaseAuthToken: authToken } = config
    const limiter = bindings.RATE_LIMITER
    const rooms = bindings.LIVE_ROOMS
    const log = createLog(config.logLevel, write)
    const db = createClient({ url, concurrency: NO_QUEUE, ...(authToken === undefined ? {} : { authToken }) })
    /** A room with those of its sub-rooms that somebody is in; alone when the database does not say. */
    const placesOf = async (roomId: string): Promise<Place[]> => {
      const subs = await populatedSubrooms(db, roomId).catch(error => {
        log.warn('live.subrooms-unknown', { room: roomId, error: faultOf(error) })
        return []
      })
      return ['', ...subs].map(sub => ({ roomId, sub }))
    }
    return create({
      runtime: 'workerd',
      config,
      db,
      log,
      now: Date.now,
      fetch: (input, init) => fetch(input, init),
      asset: (path, request) => assetOf(bindings.ASSETS, path, request),
      live: rooms && {
        // The room looks by itself now and then: what told it is not to fail because it was not heard.
        async changed(roomId, except) {
          const others = (await placesOf(roomId)).filter(({ sub }) => sub !== except)
          await Promise.all(
            others.map(place =>
              objectOf(rooms, place)
                .fetch(new Request('https://room/', { method: 'POST' }))
                .catch(error => log.warn('live.not-told', { room: roomId, error: faultOf(error) })),
            ),
          )
        },
        async snapshot(roomId) {
          const asked = (await placesOf(roomId)).map(place =>
            objectOf(rooms, place).fetch(new Request('https://room/')),
          )
          return together(
            await Promise.all(asked.map(async answer => (await answer).json() as Promise<Present[]>)),
          )
        },
        carries: () => true,
      },
      // Where it fails the database still counts.
      rateLimit:
        limiter &&
        (key =>
          limiter.limit({ key }).then(
            ({ success }) => success,
            () => true,
          )),
    })
  } catch (error) {
    const problems = error instanceof ConfigError ? error.problems : [faultOf(error)]
    const log = createLog('error', write)
    for (const problem of problems) log.error('config.wrong', { problem })
    return undefined
  }
}

const textsOf = (bindings: Bindings): Environment =>
  Object.fromEntries(
    Object.entries(bindings).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )

async function assetOf(
  assets: Fetcher | undefined,
  path: string,
  request: Request,
): Promise<Response | undefined> {
  if (!assets) return undefined
  const answer = await assets.fetch(new Request(new URL(path, request.url), { headers: request.headers }))
  return answer.status === 200 || answer.status === 304 ? answer : undefined
}

const misconfigured = (): Response =>
  new Response(
    JSON.stringify({
      type: 'urn:sightline:problem:misconfigured',
      title: 'Not available',
      status: 503,
      code: 'misconfigured',
      detail: 'This server is not set up completely. Its log says what is missing.',
    }),
    { status: 503, headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' } },
  )
