import * as v from 'valibot'
import { LEASE_MS } from '../config.ts'
import { instant, line, paragraph, slug, whole } from '../http/fields.ts'
import { page } from '../http/page.ts'
import { settingsGiven, settingsShown } from './settings.ts'

/** `scheduled` until it starts, then `open`, `live` while a publisher is admitted, `ended` for good or until reopened. */
export const roomStates = ['scheduled', 'open', 'live', 'ended'] as const
export type RoomState = (typeof roomStates)[number]

const time = v.nullable(v.string())

export const Room = v.object({
  id: v.string(),
  slug: v.string(),
  title: v.string(),
  description: v.string(),
  state: v.picklist(roomStates),
  startsAt: time,
  endsAt: time,
  endedAt: time,
  /** Seats; null = no limit. */
  maxViewers: v.nullable(v.number()),
  /** Length of a lease in ms; null = the deployment's usual. */
  leaseMs: v.nullable(v.number()),
  originId: v.string(),
  /** The programme, while a publisher is admitted. `playable` is null when the origin could not be asked. */
  live: v.nullable(v.object({ since: v.string(), protocol: v.string(), playable: v.nullable(v.boolean()) })),
  /** Seats held now. */
  seats: v.number(),
  links: v.number(),
  ...settingsShown,
  createdAt: v.string(),
  updatedAt: v.string(),
})
export type Room = v.InferOutput<typeof Room>

const fields = {
  description: v.optional(paragraph(2000)),
  startsAt: v.optional(v.nullable(instant)),
  endsAt: v.optional(v.nullable(instant)),
  maxViewers: v.optional(v.nullable(whole(1, 100_000))),
  leaseMs: v.optional(v.nullable(whole(LEASE_MS.min, LEASE_MS.max))),
  ...settingsGiven,
}

/** `POST /api/rooms`. Without a slug one is made from the title. One that locks itself begins locked: no host is there. */
export const NewRoom = v.strictObject({ title: line(200), slug: v.optional(slug), ...fields })
export type NewRoom = v.InferOutput<typeof NewRoom>

/** `PATCH /api/rooms/:id`. `state: "ended"` ends it now, `"open"` takes that back. */
export const RoomChange = v.strictObject({
  title: v.optional(line(200)),
  slug: v.optional(slug),
  ...fields,
  state: v.optional(v.picklist(['ended', 'open'], 'must be ended or open')),
})
export type RoomChange = v.InferOutput<typeof RoomChange>

export const RoomQuery = v.strictObject({
  ...page,
  q: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(200, 'must have at most 200 characters'))),
  state: v.optional(v.picklist(roomStates, `must be one of ${roomStates.join(', ')}`)),
})
export type RoomQuery = v.InferOutput<typeof RoomQuery>

export const RoomList = v.object({ items: v.array(Room), next: v.nullable(v.string()) })
export type RoomList = v.InferOutput<typeof RoomList>

/** What to paste into an encoder. Every value carries the ingest key: show it only to who may publish. */
export const Ingest = v.object({
  rtmp: v.object({ server: v.string(), key: v.string() }),
  srt: v.object({ url: v.string(), streamId: v.string() }),
  whip: v.object({ url: v.string() }),
})
export type Ingest = v.InferOutput<typeof Ingest>

/** A person with a live lease. `address` is what the origin saw; more than one says the seat moved. */
export const Seat = v.object({
  person: v.object({ id: v.string(), name: v.string() }),
  link: v.object({ id: v.string(), label: v.string() }),
  since: v.string(),
  until: v.string(),
  addresses: v.array(v.string()),
  protocols: v.array(v.string()),
  sessions: v.number(),
})
export type Seat = v.InferOutput<typeof Seat>

export const SeatList = v.object({ items: v.array(Seat), next: v.null() })
export type SeatList = v.InferOutput<typeof SeatList>
