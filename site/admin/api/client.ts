import type { InferInput } from 'valibot'
import type { Attendance, AuditItem, AuditList, Visit } from '../../../worker/audit/schema.ts'
import type { RightsMatrix, Session } from '../../../worker/auth/schema.ts'
import type { Block, BlockList, NewBlock as BlockPost } from '../../../worker/blocks/schema.ts'
import type {
  Link,
  LinkList,
  LinkChange as LinkPatch,
  NewLink as LinkPost,
} from '../../../worker/links/schema.ts'
import type { FieldError } from '../../../worker/problem.ts'
import type {
  Ingest,
  Room,
  RoomList,
  RoomChange as RoomPatch,
  NewRoom as RoomPost,
  RoomState,
  SeatList,
} from '../../../worker/rooms/schema.ts'
import type { Ready } from '../../../worker/system/routes.ts'
import type {
  Invitation,
  InvitedUser,
  User,
  UserList,
  UserChange as UserPatch,
  NewUser as UserPost,
} from '../../../worker/users/schema.ts'
import type { AuditQuery } from './audit-query.ts'
import { ApiFailure } from './failure.ts'
import { roomCalls } from './room-calls.ts'
import { settingsCalls } from './settings-calls.ts'
import { signInCalls } from './sign-in-calls.ts'

export type * from './room-calls.ts'
export type * from './settings-calls.ts'
export type * from './sign-in-calls.ts'
export type {
  AuditItem,
  AuditList,
  AuditQuery,
  Block,
  Ingest,
  Invitation,
  InvitedUser,
  Link,
  Ready,
  RightsMatrix,
  Room,
  RoomList,
  RoomState,
  SeatList,
  Session,
  User,
  Visit,
}
export type Invite = NonNullable<Link['invite']>
/** What is sent: times as ISO 8601 (the schemas' output, used by the server, has them in ms). */
export type NewRoom = InferInput<typeof RoomPost>
export type RoomChange = InferInput<typeof RoomPatch>
export type NewLink = InferInput<typeof LinkPost>
export type LinkChange = InferInput<typeof LinkPatch>
export type NewUser = InferInput<typeof UserPost>
export type UserChange = InferInput<typeof UserPatch>
export type NewBlock = InferInput<typeof BlockPost>

/** An answer and the ETag of that version. */
export interface Got<T> {
  value: T
  etag: string | null
}

/** Which rooms: a page of a list. */
export interface RoomsQuery {
  state: RoomState
  q: string
  cursor: string | null
}

export interface ApiOptions {
  fetch: typeof fetch
  /** Counts how often who is signed in may have changed. */
  era: () => number
  /** Called when the server does not, or no longer, know this browser's session. */
  onUnauthenticated: () => void
}

/** How long an answer may take, in ms, before the server counts as not reached. */
const PATIENCE = 15_000

interface CallOptions {
  body?: unknown
  ifMatch?: string | null
  ifNoneMatch?: string | null
}

/** What all calls are made of. Each throws {@link ApiFailure}. */
export interface Caller {
  call: (method: string, path: string, options?: CallOptions) => Promise<Response>
  /** Reads an answer. */
  got: <T>(answer: Response) => Promise<Got<T>>
  /** Reads what is there now. */
  fresh: <T>(path: string) => Promise<Got<T>>
}

/**
 * The admin's calls, made as who the browser's cookie says. Each throws {@link ApiFailure}. A read that was given an
 * ETag answers null when nothing changed.
 */
export function createApi({ fetch, era, onUnauthenticated }: ApiOptions) {
  async function call(method: string, path: string, options: CallOptions = {}): Promise<Response> {
    const headers: Record<string, string> = { Accept: 'application/json' }
    const asked = era()
    if (options.body !== undefined) headers['Content-Type'] = 'application/json'
    if (options.ifMatch) headers['If-Match'] = options.ifMatch
    if (options.ifNoneMatch) headers['If-None-Match'] = options.ifNoneMatch
    let answer: Response
    try {
      answer = await fetch(path, {
        method,
        headers,
        body: options.body === undefined ? null : JSON.stringify(options.body),
        // The browser's cache would turn a 304 into a 200 and hide that nothing changed.
        cache: 'no-store',
        credentials: 'same-origin',
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE),
      })
    } catch {
      throw new ApiFailure(0, 'unreachable', '')
    }
    if (answer.ok || answer.status === 304) return answer
    const failure = await readProblem(answer)
    // Only if nobody signed in or out meanwhile: a late answer must not end a newer session.
    if (answer.status === 401 && asked === era()) onUnauthenticated()
    throw failure
  }

  async function got<T>(answer: Response): Promise<Got<T>> {
    try {
      return { value: (await answer.json()) as T, etag: answer.headers.get('ETag') }
    } catch {
      throw new ApiFailure(answer.status, 'unreadable', '')
    }
  }

  async function read<T>(path: string, etag: string | null = null): Promise<Got<T> | null> {
    const answer = await call('GET', path, { ifNoneMatch: etag })
    return answer.status === 304 ? null : got<T>(answer)
  }

  const fresh = async <T>(path: string): Promise<Got<T>> => got<T>(await call('GET', path))
  const room = (id: string) => `/api/rooms/${encodeURIComponent(id)}`
  const link = (roomId: string, id: string) => `${room(roomId)}/links/${encodeURIComponent(id)}`
  const user = (id: string) => `/api/users/${encodeURIComponent(id)}`

  return {
    ...signInCalls({ call, got, fresh }),
    ...settingsCalls({ call, got, fresh }),
    ...roomCalls({ call, got, fresh }),
    session: async () => (await fresh<Session>('/api/session')).value,
    rooms: ({ state, q, cursor }: RoomsQuery, etag: string | null) =>
      read<RoomList>(`/api/rooms?${parameters({ limit: '50', state, q, cursor })}`, etag),
    room: (id: string, etag: string | null = null) => read<Room>(room(id), etag),
    roomNow: (id: string) => fresh<Room>(room(id)),
    createRoom: async (body: NewRoom) => got<Room>(await call('POST', '/api/rooms', { body })),
    changeRoom: async (id: string, body: RoomChange, ifMatch: string | null = null) =>
      got<Room>(await call('PATCH', room(id), { body, ifMatch })),
    deleteRoom: async (id: string) => void (await call('DELETE', room(id))),
    ingest: async (id: string) => (await fresh<Ingest>(`${room(id)}/ingest`)).value,
    rotateIngest: async (id: string) =>
      (await got<Ingest>(await call('POST', `${room(id)}/ingest/rotate`))).value,
    links: (id: string, cursor: string | null, etag: string | null) =>
      read<LinkList>(`${room(id)}/links?${parameters({ limit: '100', cursor })}`, etag),
    linkNow: (roomId: string, id: string) => fresh<Link>(link(roomId, id)),
    createLink: async (roomId: string, body: NewLink) =>
      got<Link>(await call('POST', `${room(roomId)}/links`, { body })),
    changeLink: async (roomId: string, id: string, body: LinkChange, ifMatch: string | null = null) =>
      got<Link>(await call('PATCH', link(roomId, id), { body, ifMatch })),
    revokeLink: async (roomId: string, id: string) => void (await call('DELETE', link(roomId, id))),
    seats: (id: string, etag: string | null) => read<SeatList>(`${room(id)}/seats`, etag),
    /** Answers with 503 when something is down, which is an answer all the same. */
    ready: async (): Promise<Ready> => {
      try {
        const answer = await fetch('/readyz', { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) })
        return (await answer.json()) as Ready
      } catch {
        throw new ApiFailure(0, 'unreachable', '')
      }
    },
    users: (cursor: string | null, etag: string | null) =>
      read<UserList>(`/api/users?${parameters({ limit: '100', cursor })}`, etag),
    userNow: (id: string) => fresh<User>(user(id)),
    inviteUser: async (body: NewUser) =>
      (await got<InvitedUser>(await call('POST', '/api/users', { body }))).value,
    changeUser: async (id: string, body: UserChange, ifMatch: string | null = null) =>
      void (await call('PATCH', user(id), { body, ifMatch })),
    removeUser: async (id: string) => void (await call('DELETE', user(id))),
    /** A new link that adds a passkey; the one before stops. */
    inviteAgain: async (id: string) =>
      (await got<Invitation>(await call('POST', `${user(id)}/invitation`))).value,
    rights: async () => (await fresh<RightsMatrix>('/api/rights')).value,
    blocks: (cursor: string | null, etag: string | null) =>
      read<BlockList>(`/api/blocks?${parameters({ limit: '100', cursor })}`, etag),
    addBlock: async (body: NewBlock) => (await got<Block>(await call('POST', '/api/blocks', { body }))).value,
    liftBlock: async (id: string) => void (await call('DELETE', `/api/blocks/${encodeURIComponent(id)}`)),
    audit: (query: AuditQuery, cursor: string | null, etag: string | null) =>
      read<AuditList>(`/api/audit?${parameters({ limit: '50', ...query, cursor })}`, etag),
    attendance: async (id: string) => (await fresh<Attendance>(`${room(id)}/attendance`)).value.items,
  }
}

/** Where the audit's rows are downloaded from, as a file. The browser sends the session's cookie along. */
export const auditFile = (query: AuditQuery, format: 'csv' | 'jsonl'): string =>
  `/api/audit/export?${parameters({ format, ...query })}`

export const attendanceFile = (id: string): string => `/api/rooms/${encodeURIComponent(id)}/attendance.csv`

const parameters = (given: Record<string, string | null>): string =>
  new URLSearchParams(Object.entries(given).filter((e): e is [string, string] => !!e[1])).toString()

async function readProblem(answer: Response): Promise<ApiFailure> {
  try {
    const body = (await answer.json()) as { code?: unknown; detail?: unknown; errors?: unknown }
    const fields = Array.isArray(body.errors) ? (body.errors as FieldError[]) : []
    return new ApiFailure(answer.status, String(body.code ?? 'unreadable'), String(body.detail ?? ''), fields)
  } catch {
    return new ApiFailure(answer.status, 'unreadable', '')
  }
}
