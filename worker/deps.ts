import type { AuditBuffer } from './audit/buffer.ts'
import type { Config } from './config.ts'
import type { Keys } from './crypto/keys.ts'
import type { Db } from './db.ts'
import type { Wait } from './later.ts'
import type { Seat } from './live/seat.ts'
import type { Present } from './live/snapshot.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics/metrics.ts'
import type { Discovery } from './oidc/discovery.ts'
import type { Origins } from './origins/origins.ts'

export type Runtime = 'node' | 'deno' | 'workerd'

/** What a runtime's entry hands to {@link createApp}; everything that differs between runtimes is here. */
export interface Deps {
  runtime: Runtime
  config: Config
  db: Db
  log: Log
  /** Milliseconds since 1970; the only clock the app reads. */
  now: () => number
  fetch: typeof fetch
  /** Waits so many ms; absent = a timer. Like the clock it stands apart, so that tests need not spend the time. */
  wait?: Wait
  /** The runtime's own rate limiter: whether a try under this key may go on. Absent = there is none. */
  rateLimit?: ((key: string) => Promise<boolean>) | undefined
  /** The server is this machine's alone: pages and API are there under its own names only. Absent = under any name. */
  localOnly?: boolean
  /** Rooms' live channels, where they are not in this process. */
  live?: LiveRooms | undefined
  /** A file of the built site by its path (`/viewer.html`, `/assets/…`), or undefined when there is none. */
  asset: (path: string, request: Request) => Promise<Response | undefined>
}

/** How the app tells a room's live channel that it may have changed in the database, and what it asks of it. */
export interface LiveRooms {
  /** @param except the place that knows already: a sub-room's name, or '' for the room itself */
  changed(roomId: string, except?: string): Promise<void>
  /** Who is in a room and its sub-rooms, or waits before one. */
  snapshot(roomId: string): Promise<Present[]>
  /** Whether connections to this process reach everybody: false when another one carries the rooms. */
  carries(): boolean
}

/** {@link Deps} and what createApp builds of them once. This is what route handlers see. */
export interface App extends Deps {
  wait: Wait
  keys: Keys
  origins: Origins
  discovery: Discovery
  metrics: Metrics
  live: LiveRooms
  /** What is recorded after the answer. */
  audit: AuditBuffer
}

/** Per request, from the runtime's entry. */
export interface RequestEnv {
  /** The peer's address as the runtime saw it. */
  address?: string | undefined
  /** Keeps the runtime alive until the work is done: "after the answer" on every runtime. */
  defer?: ((work: Promise<unknown>) => void) | undefined
  /** Makes a WebSocket of the request and hands it to the room; absent = this request can become none. */
  upgrade?: ((seat: Seat) => Response | Promise<Response>) | undefined
}
