import type { Room, RoomChange } from '../api/client.ts'
import type { Fault } from '../forms/faults.ts'
import type { WatermarkMode } from '../ui/watermarks.ts'

/** A room's settings as their form holds them. Lengths of time are in minutes; empty = off, or as long as the room. */
export type SettingsDraft = {
  waitingRoom: boolean
  locked: boolean
  lockMessage: string
  allowAnonymous: boolean
  autolock: boolean
  autokick: boolean
  endAfter: string
  presentersInvite: boolean
  allowRecording: boolean
  history: string
  watermark: WatermarkMode
  public: boolean
  contact: string
  comment: string
  autoSubrooms: boolean
  redirect: string
  /** Divided by commas or spaces. */
  codecs: string
  authServer: string
  authPortal: string
}

const MINUTE = 60_000
const minutes = (ms: number | null): string => (ms === null ? '' : String(ms / MINUTE))

export const settingsDraft = (room: Room): SettingsDraft => ({
  waitingRoom: room.waitingRoom,
  locked: room.lock !== null,
  lockMessage: room.lock?.message ?? '',
  allowAnonymous: room.allowAnonymous,
  autolock: room.autolock,
  autokick: room.autokick,
  endAfter: minutes(room.endAfterHostMs),
  presentersInvite: room.presentersInvite,
  allowRecording: room.allowRecording,
  history: minutes(room.chatHistoryMs),
  watermark: room.watermark,
  public: room.public,
  contact: room.contact,
  comment: room.comment,
  autoSubrooms: room.autoSubrooms,
  redirect: room.redirect ?? '',
  codecs: room.codecs?.join(', ') ?? '',
  authServer: room.authServer ?? '',
  authPortal: room.authPortal ?? '',
})

/** As the server knows them: worker/rooms/settings.ts. */
const CODECS = ['vp8', 'vp9', 'av1', 'h264', 'h265', 'opus', 'g722', 'pcmu', 'pcma'] as const
type Codec = (typeof CODECS)[number]

const codecsIn = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
const isCodec = (word: string): word is Codec => (CODECS as readonly string[]).includes(word)

/** The server's limits: worker/rooms/settings.ts. */
export function settingsFaults(draft: SettingsDraft): Partial<Record<keyof SettingsDraft, Fault>> {
  const faults: Partial<Record<keyof SettingsDraft, Fault | null>> = {
    lockMessage: draft.locked ? tooLong(draft.lockMessage, 500) : null,
    contact: tooLong(draft.contact, 500),
    comment: tooLong(draft.comment, 2000),
    redirect: addressFault(draft.redirect),
    codecs: codecsIn(draft.codecs).every(isCodec) ? null : { is: 'codecs' },
    authServer: addressFault(draft.authServer),
    authPortal: addressFault(draft.authPortal),
  }
  return Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault))
}

const tooLong = (text: string, max: number): Fault | null =>
  text.trim().length > max ? { is: 'too-long', max } : null

function addressFault(text: string): Fault | null {
  const typed = text.trim()
  if (typed === '') return null
  return /^https?:\/\/[^\s\\]+$/i.test(typed) && URL.canParse(typed)
    ? tooLong(typed, 2000)
    : { is: 'address' }
}

const SAME = [
  'waitingRoom',
  'allowAnonymous',
  'autolock',
  'autokick',
  'presentersInvite',
  'allowRecording',
  'public',
  'autoSubrooms',
] as const

/** What differs between two versions of the form → the body of `PATCH /api/rooms/:id`. */
export function settingsBody(base: SettingsDraft, draft: SettingsDraft): RoomChange {
  const changed = (field: keyof SettingsDraft) => plain(draft[field]) !== plain(base[field])
  const body: RoomChange = {}
  for (const field of SAME) if (changed(field)) body[field] = draft[field]
  if (changed('locked') || (draft.locked && changed('lockMessage')))
    body.lock = draft.locked ? { message: draft.lockMessage.trim() } : null
  if (changed('endAfter')) body.endAfterHostMs = milliseconds(draft.endAfter)
  if (changed('history')) body.chatHistoryMs = milliseconds(draft.history)
  if (changed('watermark')) body.watermark = draft.watermark
  if (changed('contact')) body.contact = draft.contact.trim()
  if (changed('comment')) body.comment = draft.comment.trim()
  if (changed('codecs')) body.codecs = codecsOf(draft.codecs)
  for (const field of ['redirect', 'authServer', 'authPortal'] as const)
    if (changed(field)) body[field] = draft[field].trim() || null
  return body
}

const plain = (value: string | boolean) => (typeof value === 'string' ? value.trim() : value)
const milliseconds = (text: string) => (text === '' ? null : Math.round(Number(text) * MINUTE))

/** Each once: one that is named twice is preferred where it is named first. */
function codecsOf(text: string): Codec[] | null {
  const named = [...new Set(codecsIn(text).filter(isCodec))]
  return named.length > 0 ? named : null
}
