import * as v from 'valibot'
import { paragraph, whole } from '../http/fields.ts'
import { grants } from '../links/permissions.ts'
import { RoomView, refusalCodes, WaitingView } from '../people/schema.ts'
import { Watermark } from '../watermark/watermark.ts'
import { controlToClient, controlToServer, Waiting } from './messages/control.ts'
import { Drawn, drawingToClient, drawingToServer } from './messages/drawing.ts'
import { id, named, ref, renamed, Somebody } from './messages/fields.ts'
import { healthToClient, healthToServer } from './messages/health.ts'
import { notesToClient, notesToServer } from './messages/notes.ts'
import { pointerToClient, pointerToServer } from './messages/pointer.ts'
import { ShownStill, stillsToClient, stillsToServer } from './messages/stills.ts'
import { RoomTimecode, timecodeToServer } from './messages/timecode.ts'

/**
 * The live channel's messages, version `sightline.1`: JSON texts, told apart by `type`. Within a version fields and types
 * may be added; pages ignore what they do not know.
 */

/** The WebSocket subprotocol that the server chooses. */
export const SUBPROTOCOL = 'sightline.1'

/** The largest message that a page may send, in bytes. */
export const MAX_MESSAGE = 64 * 1024

/** What a page that is there sends each 3 s: byte for byte, because on Workers the edge itself answers it. */
export const PING = '{"type":"ping"}'

/** The code that connections are closed with after a `bye`. */
export const CLOSED = 4000

/** The longest chat message, in characters. */
const MAX_TEXT = 4_000

const text = v.pipe(paragraph(MAX_TEXT), v.minLength(1, 'must not be empty'))

const microphone = v.picklist(['off', 'muted', 'on'])
const camera = v.picklist(['off', 'on'])
/** How somebody's picture arrives: `poor` needs help, `lost` is none at all. */
const health = v.picklist(['unknown', 'good', 'fair', 'poor', 'lost'])

/** Where in the room's history a page was last: what `welcome` or the last numbered message said. */
const Place = v.strictObject({ epoch: id, seq: whole(0, Number.MAX_SAFE_INTEGER) })

/** What a page says. */
export const ToServer = v.variant('type', [
  /** First of all, once. With `since` the page gets what it missed, if the room still knows it. */
  v.strictObject({ type: v.literal('hello'), since: v.optional(Place) }),
  v.strictObject({ type: v.literal('hand'), raised: v.boolean(), ...named }),
  /** What does not change may be left out. */
  v.strictObject({
    type: v.literal('state'),
    microphone: v.optional(microphone),
    camera: v.optional(camera),
    health: v.optional(health),
    ...named,
  }),
  /** Needs `message`. `ref` is required: what is sent twice under one is stored once. `to`: only that person sees it. */
  v.strictObject({
    type: v.literal('chat'),
    text,
    ref,
    to: v.optional(id),
    replyTo: v.optional(id),
    me: v.optional(v.boolean()),
  }),
  /** One's own only; needs `message`. */
  v.strictObject({ type: v.literal('chat.edit'), id, text, ...named }),
  /** One message (one's own; with `op` anybody's), or with `op` all of a person (`of`) or everything (`all`). */
  v.strictObject({
    type: v.literal('chat.delete'),
    which: v.union(
      [v.strictObject({ id }), v.strictObject({ of: id }), v.strictObject({ all: v.literal(true) })],
      'must be {id}, {of} or {all: true}',
    ),
    ...named,
  }),
  /** An earlier page of the chat; `before` is the `next` of a later one. */
  v.strictObject({
    type: v.literal('history'),
    before: v.pipe(v.string(), v.regex(/^\d{1,16}\.[a-z2-7]{16}$/, 'must be the next of a later page')),
    ...named,
  }),
  v.strictObject({ type: v.literal('ping') }),
  ...controlToServer,
  ...timecodeToServer,
  ...pointerToServer,
  ...drawingToServer,
  ...stillsToServer,
  ...notesToServer,
  ...healthToServer,
])
export type ToServer = v.InferOutput<typeof ToServer>

/** Somebody in the room, as everybody in it may know them. */
export const Person = v.strictObject({
  id: v.string(),
  name: v.string(),
  /** The preset's name, or null for a set of permissions of its own. */
  role: v.nullable(v.string()),
  permissions: v.array(v.picklist(grants)),
  since: v.string(),
  hand: v.boolean(),
  microphone,
  camera,
  health,
  /** They say that they have checked their display. */
  displayChecked: v.boolean(),
})
export type Person = v.InferOutput<typeof Person>

export const ChatMessage = v.strictObject({
  id: v.string(),
  at: v.string(),
  from: Somebody,
  /** Private: the one person beside the sender who sees it. */
  to: v.nullable(Somebody),
  /** To be shown as "NAME does something". */
  me: v.boolean(),
  text: v.string(),
  replyTo: v.nullable(v.string()),
  editedAt: v.nullable(v.string()),
  ref: v.string(),
})
export type ChatMessage = v.InferOutput<typeof ChatMessage>

/** A part of the chat, oldest first; `next` leads to what was before it. */
const ChatPage = v.strictObject({ items: v.array(ChatMessage), next: v.nullable(v.string()) })
export type ChatPage = v.InferOutput<typeof ChatPage>

/** What all in the room may know of it, as `GET /api/room` tells it. */
export const RoomNow = v.object({
  ...v.pick(RoomView, ['room', 'publishing', 'playable', 'streams', 'demo']).entries,
  /** The sub-room that this is the channel of: then `room.lock` is its. Absent in the room itself. */
  sub: v.optional(v.object({ name: v.string(), title: v.string() })),
  /** What timecode the picture shows; absent: nobody has said so. */
  timecode: v.optional(RoomTimecode),
})
export type RoomNow = v.InferOutput<typeof RoomNow>

/** Refusals of a single message; the connection stays. */
export const refusalDetails = {
  unreadable: 'This message could not be understood.',
  too_large: 'A message has at most 64 KiB.',
  hello_first: 'Say hello first, and only once.',
  waiting: 'The review has not started.',
  forbidden: 'You do not have the permission to do this.',
  not_held: 'You cannot give what you do not hold.',
  yourself: 'You cannot do this to yourself.',
  own_link: 'You came through this link too, so closing it would send you away.',
  own_address: 'You have this address too, so keeping it out would keep you out.',
  address_unknown: 'The address of this person is not known.',
  too_fast: 'That was too much at once. Wait a moment.',
  not_here: 'This person is not in the room.',
  not_found: 'This message is not there, or it is not yours.',
  moment_off: 'The moment of this note is in the future or too long ago.',
  notes_full: 'The room has as many notes as it can keep.',
  already_sent: 'This message was sent already.',
  not_saved: 'This could not be saved, so nobody has seen it. Try again.',
  clock_off: 'The instant of this timecode is not now. Set it again.',
  not_drawn: 'This mark is not there, or it is not yours.',
  too_much_drawn: 'There is too much drawn already. Undo or clear some of it.',
  not_available: 'This cannot be read now. Try again.',
} as const
export type RefusedCode = keyof typeof refusalDetails

/** Why a connection ends: what `GET /api/room` would refuse with, or one of these. */
const endings = ['gone', 'flooding', 'slow', 'silent', 'replaced', 'stopping', 'token_ended'] as const
const byeCodes = [...refusalCodes, ...endings] as const
export type ByeCode = (typeof byeCodes)[number]

const seq = v.number()

/** What the room says. Whatever changes what a page shows has a number; numbers rise, with gaps where others were told. */
export const ToClient = v.variant('type', [
  /** Everything from scratch. Who waits (`you.state`) is shown neither people nor chat. `chat` null: not to be had now. */
  v.strictObject({
    type: v.literal('welcome'),
    epoch: v.string(),
    seq,
    now: v.string(),
    you: v.strictObject({
      ...Person.entries,
      state: v.picklist(['waiting', 'admitted']),
      ...WaitingView,
      /** What this page lays over the picture; null = nothing. */
      watermark: Watermark,
      /** They may ask for the sub-rooms, and enter them. */
      subrooms: v.optional(v.literal(true)),
    }),
    people: v.array(Person),
    /** Who stands before the door; empty for everybody but operators. */
    waiting: v.array(Waiting),
    ...RoomNow.entries,
    /** Absent when none is shown, and to who waits. */
    shownStill: v.optional(ShownStill),
    chat: v.nullable(ChatPage),
    /** What is drawn over the picture, the oldest first. */
    marks: v.array(Drawn),
  }),
  /** What was missed follows, nothing else; `seq` is the last number there is. */
  v.strictObject({ type: v.literal('resumed'), seq, now: v.string(), watermark: Watermark }),
  v.strictObject({ type: v.literal('person.joined'), seq, person: Person }),
  v.strictObject({ type: v.literal('person.changed'), seq, person: Person }),
  v.strictObject({ type: v.literal('person.left'), seq, id: v.string() }),
  v.strictObject({ type: v.literal('room.changed'), seq, now: v.string(), ...RoomNow.entries }),
  v.strictObject({ type: v.literal('chat'), seq, message: ChatMessage }),
  v.strictObject({ type: v.literal('chat.edited'), seq, message: ChatMessage }),
  v.strictObject({
    type: v.literal('chat.deleted'),
    seq,
    which: v.union([
      v.strictObject({ id: v.string() }),
      v.strictObject({ of: v.string() }),
      v.strictObject({ all: v.literal(true) }),
    ]),
  }),
  v.strictObject({ type: v.literal('history'), ...renamed, ...ChatPage.entries }),
  v.strictObject({
    type: v.literal('refused'),
    /** The type of the message that was refused; null when not even that could be read. */
    about: v.nullable(v.string()),
    ...renamed,
    code: v.picklist(Object.keys(refusalDetails) as RefusedCode[]),
    detail: v.string(),
  }),
  /** The last message before the connection closes with code 4000. `reason`: what who removed somebody wrote to them. */
  v.strictObject({ type: v.literal('bye'), code: v.picklist(byeCodes), reason: v.optional(v.string()) }),
  v.strictObject({ type: v.literal('pong') }),
  ...controlToClient,
  ...pointerToClient,
  ...drawingToClient,
  ...stillsToClient,
  ...notesToClient,
  ...healthToClient,
])
export type ToClient = v.InferOutput<typeof ToClient>

/** A message that changes what pages show, before it has its number. */
export type News = Unnumbered<
  Extract<ToClient, { seq: number; type: `${string}.${string}` | 'chat' | 'notice' }>
>
type Unnumbered<M> = M extends unknown ? Omit<M, 'seq'> : never
