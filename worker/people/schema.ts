import * as v from 'valibot'
import { line } from '../http/fields.ts'
import { grants } from '../links/permissions.ts'
import { MAX_PASSWORD, roomUserName } from '../room-users/fields.ts'
import { roomStates } from '../rooms/schema.ts'
import { StreamNow } from '../streams/now-schema.ts'
import { Watermark } from '../watermark/watermark.ts'

const text = (max: number) =>
  v.optional(v.pipe(v.string('must be text'), v.maxLength(max, `must have at most ${max} characters`)))

/** What belongs to each way in, beside the room. */
const WAYS = {
  secret: ['secret', 'name', 'pin'],
  username: ['username', 'password'],
  token: ['token', 'name'],
} as const
const FIELDS = ['secret', 'name', 'pin', 'username', 'password', 'token'] as const

/**
 * `POST /api/join`: with a link's secret, with a name and a password, or with a token made elsewhere.
 *
 * When a link wants a name or a PIN and it is missing, the answer is 400 `name_required`, or 403 `pin_required` /
 * `pin_wrong`, each with `needs: {name: boolean, pin: boolean}`; `pin_wrong` also with `triesLeft`, and `retryAt` when
 * that is 0. Then it is 429 `pin_locked` with `retryAt`, and the PIN is not looked at. A token that names nobody wants a
 * `name` too. A room that is elsewhere is 409 `elsewhere` with its `location`.
 */
export const JoinRequest = v.pipe(
  v.strictObject({
    slug: v.pipe(v.string('must be text'), v.maxLength(64, 'must have at most 64 characters')),
    secret: text(200),
    name: v.optional(line(80)),
    pin: v.optional(v.pipe(v.string('must be text'), v.regex(/^\d{1,12}$/, 'must be digits'))),
    username: v.optional(roomUserName),
    password: text(MAX_PASSWORD),
    token: text(8192),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    const given = dataset.value
    const say = (key: (typeof FIELDS)[number], message: string) =>
      addIssue({ message, path: [{ type: 'object', origin: 'value', input: given, key, value: given[key] }] })
    const way = (['secret', 'token', 'username'] as const).find(key => given[key] !== undefined) ?? 'secret'
    if (given[way] === undefined) say(given.password === undefined ? 'secret' : 'username', 'is required')
    else if (way === 'username' && given.password === undefined) say('password', 'is required')
    else
      for (const field of FIELDS)
        if (given[field] !== undefined && !(WAYS[way] as readonly string[]).includes(field))
          say(field, `cannot be given together with ${way}`)
  }),
)
export type JoinRequest = v.InferOutput<typeof JoinRequest>

/** The room as its viewers may know it. */
export const ViewedRoom = v.object({
  slug: v.string(),
  title: v.string(),
  state: v.picklist(roomStates),
  startsAt: v.nullable(v.string()),
  endsAt: v.nullable(v.string()),
  maxViewers: v.nullable(v.number()),
  /** Nobody new comes in; `message` is for who stands before the door. Null = not locked. */
  lock: v.nullable(v.object({ message: v.string() })),
  /** Who comes waits until a host lets them in. */
  waitingRoom: v.boolean(),
})
export type ViewedRoom = v.InferOutput<typeof ViewedRoom>

/** What somebody waits for. */
export const waitsFor = ['start', 'admission', 'unlock', 'host'] as const

/** Of somebody who waits: what for. */
export const WaitingView = {
  /** When it opens by itself, if it is the start that is waited for. */
  opensAt: v.nullable(v.string()),
  /** `message`: what a host wrote for those before a locked door. Null = they are in. */
  waiting: v.nullable(v.object({ for: v.picklist(waitsFor), message: v.nullable(v.string()) })),
}

const seen = {
  person: v.object({ id: v.string(), name: v.string() }),
  room: ViewedRoom,
  permissions: v.array(v.picklist(grants)),
  /** `waiting` while something stands before the door. */
  state: v.picklist(['waiting', 'admitted']),
  ...WaitingView,
  /** A publisher is admitted. */
  publishing: v.boolean(),
  /** Playing now: true or false as the origin says, null when it cannot be asked (then try signalling). */
  playable: v.nullable(v.boolean()),
  /** All streams of the room, its programme first: `publishing` and `playable` are the programme's. */
  streams: v.array(StreamNow),
  /** The picture comes from the built-in demonstration: say so. */
  demo: v.boolean(),
  /** What this page lays over the picture; null = nothing. */
  watermark: Watermark,
  /** The server's clock, for countdowns. */
  now: v.string(),
}

/** `GET /api/room`: the same without the token; what the live channel says, for pages without one. */
export const RoomView = v.object(seen)
export type RoomView = v.InferOutput<typeof RoomView>

/** The token is the person's bearer for `/api/room` and `/api/playback`. */
export const JoinAnswer = v.object({ ...seen, token: v.string() })
export type JoinAnswer = v.InferOutput<typeof JoinAnswer>

/**
 * Refusals of a viewer's calls, told only to who holds a correct link secret or a person's token:
 * `room_ended`, `link_ended`, `link_revoked`, `link_used_up` (410), `removed`,
 * `blocked` (403), `not_started` (409, `opensAt`), `not_admitted` (409: before the door),
 * `room_full` (409, `seats`), `moved` (409: this person now watches from another device).
 */
export const refusalCodes = [
  'room_ended',
  'link_ended',
  'link_revoked',
  'link_used_up',
  'removed',
  'blocked',
  'not_started',
  'not_admitted',
  'room_full',
  'moved',
] as const
export type RefusalCode = (typeof refusalCodes)[number]
