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
import { type ApiOptions, createCaller, type Got, PATIENCE } from './caller.ts'
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
  Got,
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

/** Which rooms: a page of a list. */
export interface RoomsQuery {
  state: RoomState
  q: string
  cursor: string | null
}

/**
 * The admin's calls, made as who the browser's cookie says. Each throws {@link ApiFailure}. A read that was given an
 * ETag answers null when nothing changed.
 */
export function createApi(options: ApiOptions) {
  const { fetch } = options
  const caller = createCaller(options)
  const { call, got, fresh, read } = caller
  const room = (id: string) => `/api/rooms/${encodeURIComponent(id)}`
  const link = (roomId: string, id: string) => `${room(roomId)}/links/${encodeURIComponent(id)}`
  const user = (id: string) => `/api/users/${encodeURIComponent(id)}`

  return {
    ...signInCalls(caller),
    ...settingsCalls(caller),
    ...roomCalls(caller),
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
        const answer = await fetch('/readyz', {
          cache: 'no-store',
          signal: AbortSignal.timeout(PATIENCE),
        })
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
