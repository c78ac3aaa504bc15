import type { AuditAction } from '../../audit/actions.ts'
import type { AuditParams } from '../../audit/params.ts'
import type { Grant } from '../../links/permissions.ts'
import type { LinkOpens } from '../../links/schema.ts'
import type { NoteChange, NoteOutcome } from '../../notes/change.ts'
import type { Waiting } from '../../people/may-watch.ts'
import type { StreamNow } from '../../streams/now-schema.ts'
import type { SubroomSeen } from '../../subrooms/populated.ts'
import type { WatermarkMode } from '../../watermark/watermark.ts'
import type { Act, ActOutcome, RemovedRow } from '../acts/acts.ts'
import type { Drawn } from '../messages/drawing.ts'
import type { Point } from '../messages/drawing-fields.ts'
import type { HealthReport } from '../messages/health.ts'
import type { ShownStill } from '../messages/stills.ts'
import type { RoomTimecode } from '../messages/timecode.ts'
import type { ByeCode, ChatMessage, ChatPage, News, Person, ToClient, ToServer } from '../protocol.ts'
import type { StillSeen } from '../stills-store.ts'
import type { Allowance } from './allowance.ts'

/** A room as the database last told. Times in ms. */
export interface RoomFacts {
  slug: string
  title: string
  /** What follows of doors is this one's where the channel is a sub-room's; null = it is the room's own. */
  sub: { name: string; title: string } | null
  startsAt: number | null
  endsAt: number | null
  endedAt: number | null
  maxViewers: number | null
  waitingRoom: boolean
  lockedAt: number | null
  lockMessage: string
  /** It wants a host to be there, and none is. */
  hostless: boolean
  publishing: boolean
  playable: boolean | null
  /** The programme first. */
  streams: readonly StreamNow[]
  demo: boolean
  /** The programme, for looking at it. */
  streamId: string
  /** Chat is shown and kept for so long, in ms; null = as long as the room. */
  historyMs: number | null
  /** Since when a host is in, as it is written down, ms; null = none is. */
  hostSince: number | null
  /** What timecode the picture shows; null = nobody has said so. */
  timecode: RoomTimecode | null
  /** When a note of the place last changed, ms; 0 = never. */
  notesAt: number
}

/** A person of it, likewise. */
export interface PersonFacts {
  id: string
  name: string
  role: string | null
  permissions: Grant[]
  removedAt: number | null
  /** What the host who removed them wrote to them. */
  removedReason: string | null
  /** When they were let in, ms; null = they were not. */
  admittedAt: number | null
  joinedAt: number
  link: { id: string; label: string }
  watermark: WatermarkMode
  opens: LinkOpens
  linkStartsAt: number | null
  linkEndsAt: number | null
  linkRevokedAt: number | null
  /** They say that they have checked their display. */
  displayChecked: boolean
}

/** Somebody who is in the room or waits before it. */
export interface Member {
  facts: PersonFacts
  /** When they came, ms. */
  since: number
  hand: boolean
  microphone: Person['microphone']
  camera: Person['camera']
  health: Person['health']
  /** What their page last said of their picture; null = nothing yet. */
  report: HealthReport | null
  /** Since their picture is not well; null = it is, or nobody knows. */
  unwell: Unwell | null
  /** What keeps them before the door; null = they are in. */
  waiting: Waiting | null
  allowance: Allowance
  /** The same for what is relayed. */
  signals: Allowance
  /** And for pings. */
  pings: Allowance
  /** And for what their page says of their picture. */
  reports: Allowance
  /** When they count as gone, ms, since none of their pages is connected; null = one is. */
  goneAt: number | null
}

/** What somebody may still send of what is shown and gone: it changes too often to be kept, and is full again after a sleep. */
export interface Fleeting {
  pointer: Allowance
  strokes: Allowance
}

/** A mark over the picture, with the number of the change that began it. */
export interface KeptMark extends Drawn {
  seq: number
}

/** A picture that is not well: the worst of it since it began. */
export interface Unwell extends Pick<Incident, 'id' | 'level' | 'side' | 'cause' | 'beganAt'> {
  /** It lasted long enough to be written down. */
  noted: boolean
}

/** When somebody's picture was not well. Times in ms. */
export interface Incident {
  id: string
  personId: string
  personName: string
  level: 'fair' | 'poor'
  side: HealthReport['side']
  cause: HealthReport['cause']
  beganAt: number
  /** Null = it goes on. */
  endedAt: number | null
}

/** One connection. */
export interface Socket {
  person: string
  /** The client's, as far as it is known. */
  address: string | null
  userAgent: string | null
  /** Ms. */
  openedAt: number
  /** When the token that opened it ends, ms. */
  until: number
  /** It has said hello. */
  greeted: boolean
  /** It has been told everything and is told what changes. */
  current: boolean
}

/** Who is told: everybody connected, those who are in, hosts among them, or some by their ids. */
export type Audience = 'all' | 'admitted' | 'hosts' | readonly string[]

/** A change that pages were told of, kept for those that come back. */
export interface Told {
  seq: number
  at: number
  audience: Audience
  news: News
}

/** The whole of a room's live channel. Never changed in place; parts that did not change stay the same objects. */
export interface LiveState {
  /** Names this numbering: a page that comes with another one's number starts from scratch. */
  epoch: string
  /** The number of the last change. */
  seq: number
  /** Changes up to this number are forgotten. */
  forgotten: number
  replay: readonly Told[]
  /** When the last chat message was said, ms. Times of messages rise, so that their order is everywhere the same. */
  saidAt: number
  room: RoomFacts | null
  /** What pages were last told of the room, as JSON. */
  roomTold: string
  /** The still that everybody is shown; it is forgotten with the process. */
  shown: ShownStill | null
  people: ReadonlyMap<string, Member>
  sockets: ReadonlyMap<string, Socket>
  /** What is drawn over the picture, by its id, the oldest first. It ends with the process. */
  marks: ReadonlyMap<string, KeptMark>
  /** Of marks that are being drawn: their points so far. Kept nowhere; the end of a stroke brings all of it. */
  strokes: ReadonlyMap<string, readonly Point[]>
  /** By person. Kept nowhere. */
  fleeting: ReadonlyMap<string, Fleeting>
}

export const emptyRoom = (epoch: string): LiveState => ({
  epoch,
  seq: 0,
  forgotten: 0,
  replay: [],
  saidAt: 0,
  room: null,
  roomTold: '',
  shown: null,
  people: new Map(),
  sockets: new Map(),
  marks: new Map(),
  strokes: new Map(),
  fleeting: new Map(),
})

interface Asking {
  /** Who is answered, and by which of their pages. */
  socket: string
  by: { id: string; name: string }
  ref?: string | undefined
}

/** What the database is asked. A room's questions are put and answered one after another. */
export type Ask =
  | (Asking & {
      kind: 'say'
      ref: string
      id: string
      at: number
      text: string
      me: boolean
      to: { id: string; name: string } | null
      replyTo: string | null
    })
  | (Asking & { kind: 'edit'; id: string; at: number; text: string })
  /** `anybody`: not only one's own. */
  | (Asking & {
      kind: 'delete'
      which: { id: string } | { of: string } | { all: true }
      anybody: boolean
    })
  /** `since`: the oldest that is shown, ms. `welcome`: it goes into one. */
  | (Asking & { kind: 'page'; before: string | null; since: number; welcome: boolean })
  /** `about`: the type of the message that wants it. */
  | (Asking & { kind: 'act'; about: string; act: Act; at: number })
  | (Asking & { kind: 'removed' })
  | (Asking & { kind: 'subrooms' })
  /** A still of the room, to show it. */
  | (Asking & { kind: 'still'; id: string })
  | (Asking & { kind: 'note'; change: NoteChange; at: number })
  | (Asking & { kind: 'display'; checked: boolean; at: number })
  /** To be written down, however much of it is written already. Nobody waits for it. */
  | { kind: 'incident'; incident: Incident }

/** What the chat asks. */
export type AboutChat = Extract<Ask, { kind: 'say' | 'edit' | 'delete' | 'page' }>

/** What came of it; `failed`: the database did not do it. */
export type Answer =
  | 'failed'
  | { said: ChatMessage | 'already' }
  /** Undefined: there is no such message, or it is not theirs. */
  | { edited: ChatMessage | undefined }
  /** Whose eyes it was for, of a single message. Undefined: it was not there, or not theirs to delete. */
  | { deleted: { from: string; to: string | null } | 'many' | undefined }
  | { page: ChatPage }
  | { acted: ActOutcome }
  | { removed: RemovedRow[] }
  | { subrooms: SubroomSeen[] }
  /** Undefined: the room keeps no such still. */
  | { still: StillSeen | undefined }
  | { note: NoteOutcome }
  | { checked: boolean }
  | { noted: true }

/** What happens to a room. `at` is the clock, in ms. */
export type LiveEvent = { at: number } & (
  | {
      type: 'opened'
      socket: string
      until: number
      address: string | null
      userAgent: string | null
      room: RoomFacts
      person: PersonFacts
    }
  /** `fresh`: an id that nothing has yet. */
  | { type: 'received'; socket: string; message: ToServer; fresh: string }
  | { type: 'unreadable'; socket: string; refusal: Extract<ToClient, { type: 'refused' }> }
  | { type: 'closed'; socket: string }
  | { type: 'answered'; ask: Ask; answer: Answer }
  /** The database was looked at again; null: the room is gone. `keptOut`: addresses that nobody may come from. */
  | {
      type: 'looked'
      room: RoomFacts | null
      people: ReadonlyMap<string, PersonFacts>
      keptOut: ReadonlySet<string>
    }
  /** Time passed. `heard`: when each connection was last heard of, ms. */
  | { type: 'ticked'; heard: ReadonlyMap<string, number> }
  /** Whether a host is in is written down. */
  | { type: 'noted'; since: number | null }
  | { type: 'stopping' }
)

/** What somebody did as an operator, for the audit. */
export interface Recorded {
  action: AuditAction
  by: { id: string; name: string }
  /** The page they did it with; it may be gone. */
  address: string | null
  userAgent: string | null
  target: {
    kind: 'person' | 'link' | 'room' | 'message' | 'still' | 'note'
    id: string | null
    name?: string
  }
  params: AuditParams
}

/** What is to be done about it, in this order. */
export type Effect =
  | { do: 'send'; sockets: readonly string[]; message: ToClient }
  | { do: 'close'; socket: string; code: ByeCode }
  | { do: 'ask'; ask: Ask }
  /** The database has something new: read it. */
  | { do: 'look' }
  /** The origin has orders: see that they are carried out. */
  | { do: 'drain' }
  | { do: 'record'; record: Recorded }
  /** Write down that a host is in, or that none is any more. */
  | { do: 'hosts'; here: boolean }
