import type { NewRoom, Room, RoomChange } from '../api/client.ts'
import { type Fault, orderFault, timeFault, wholeFault } from '../forms/faults.ts'
import { fromLocalInput, toLocalInput } from '../time/zone.ts'

/** A room as its form holds it: what is typed, word for word. Times are local, the lease is in seconds. */
export type RoomDraft = {
  title: string
  slug: string
  description: string
  startsAt: string
  endsAt: string
  maxViewers: string
  lease: string
}

export const emptyRoomDraft: RoomDraft = {
  title: '',
  slug: '',
  description: '',
  startsAt: '',
  endsAt: '',
  maxViewers: '',
  lease: '',
}

export const roomDraft = (room: Room, zone: string): RoomDraft => ({
  title: room.title,
  slug: room.slug,
  description: room.description,
  startsAt: toLocalInput(room.startsAt, zone),
  endsAt: toLocalInput(room.endsAt, zone),
  maxViewers: room.maxViewers === null ? '' : String(room.maxViewers),
  lease: room.leaseMs === null ? '' : String(room.leaseMs / 1000),
})

/** The server's limits: 1 to 100,000 seats, 64 characters of slug, 200 of title (worker/rooms/schema.ts). */
export function roomFaults(draft: RoomDraft, zone: string): Partial<Record<keyof RoomDraft, Fault>> {
  const faults: Partial<Record<keyof RoomDraft, Fault | null>> = {
    title: draft.title.trim() === '' ? { is: 'empty' } : tooLong(draft.title, 200),
    slug: draft.slug === '' || /^[a-z0-9-]{1,64}$/.test(draft.slug) ? null : { is: 'slug' },
    description: tooLong(draft.description, 2000),
    startsAt: timeFault(draft.startsAt, zone),
    endsAt: timeFault(draft.endsAt, zone) ?? orderFault(draft.startsAt, draft.endsAt, zone),
    maxViewers: wholeFault(draft.maxViewers, 1, 100_000),
  }
  return Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault))
}

const tooLong = (text: string, max: number): Fault | null =>
  text.trim().length > max ? { is: 'too-long', max } : null

/** A form without faults → the body of `POST /api/rooms`. */
export function newRoomBody(draft: RoomDraft, zone: string): NewRoom {
  const { title = '', ...rest } = roomChangeBody(emptyRoomDraft, draft, zone)
  return { title, ...rest }
}

/** What differs between two versions of a form → the body of `PATCH /api/rooms/:id`. */
export function roomChangeBody(base: RoomDraft, draft: RoomDraft, zone: string): RoomChange {
  const changed = (field: keyof RoomDraft) => draft[field].trim() !== base[field].trim()
  const body: RoomChange = {}
  if (changed('title')) body.title = draft.title.trim()
  if (changed('slug') && draft.slug !== '') body.slug = draft.slug
  if (changed('description')) body.description = draft.description.trim()
  if (changed('startsAt')) body.startsAt = instant(draft.startsAt, zone)
  if (changed('endsAt')) body.endsAt = instant(draft.endsAt, zone)
  if (changed('maxViewers'))
    body.maxViewers = draft.maxViewers.trim() === '' ? null : Number(draft.maxViewers)
  if (changed('lease')) body.leaseMs = draft.lease === '' ? null : Math.round(Number(draft.lease) * 1000)
  return body
}

function instant(text: string, zone: string): string | null {
  const time = fromLocalInput(text, zone)
  return time.is === 'at' ? time.iso : null
}
