import type { FileSignal, OfferedFile, Refusal, Stop } from './signal.ts'

/** Why a transfer came to nothing, seen from this page. */
export type Failure =
  | Exclude<Stop, 'cancelled'>
  /** The connection was there and is gone, or nothing came any more. */
  | 'lost'
  /** Nobody answered the offer. */
  | 'no_answer'
  /** The other one left the room, or may no longer send or take files. */
  | 'left'
  /** Relay-only, and the relay gave no address. */
  | 'no_relay'
  /** The room did not pass on what was to be said. */
  | 'unsaid'
  /** The other side says that it failed, in a way that this page has no other word for. */
  | 'theirs'

/** Where a transfer stands. `out` goes from `draft`, `in` from `asked`; the last five are ends. */
export type Phase =
  | 'draft'
  | 'offered'
  | 'asked'
  | 'connecting'
  | 'moving'
  | 'checking'
  | 'done'
  | 'refused'
  | 'cancelled'
  | 'failed'
  /** Another page of the same person took it. */
  | 'elsewhere'

/** One file on its way to somebody, or from them. Never changed in place. */
export interface Transfer {
  id: string
  way: 'out' | 'in'
  peer: { id: string; name: string }
  file: OfferedFile
  phase: Phase
  /** Since when, ms. */
  since: number
  /** The page of the receiver that takes it. */
  tab: string | null
  /** Bytes that are there and right. */
  moved: number
  /** When that last grew, and how much it was at some moments of the last minute: for speed and for giving up. */
  movedAt: number
  marks: readonly { at: number; moved: number }[]
  /** Of `refused` and `cancelled`. */
  by: 'you' | 'them' | null
  refusal: { why: Refusal; limit: number | null } | null
  failure: Failure | null
}

export type TransferEvent = { now: number } & (
  | { type: 'send' }
  | { type: 'accept'; tab: string }
  | { type: 'refuse' }
  | { type: 'cancel' }
  /** Said by the other one, about this transfer. */
  | { type: 'heard'; signal: Exclude<FileSignal, { is: 'offer' }> }
  /** The data channel is open. */
  | { type: 'open' }
  /** @property moved all bytes so far that are there and right */
  | { type: 'moved'; moved: number }
  /** All blocks are there. */
  | { type: 'all' }
  /** The root is right on both sides, and the file is kept. */
  | { type: 'verified' }
  | { type: 'broke'; why: Failure }
  /** The other one is no longer here, or one of the two may no longer. */
  | { type: 'left' }
  | { type: 'tick' }
)

export type TransferEffect =
  | { do: 'say'; signal: FileSignal }
  /** Make a connection, and the description that begins it. */
  | { do: 'connect' }
  | { do: 'take'; type: 'offer' | 'answer'; sdp: string }
  /** Give the file to the person. */
  | { do: 'save' }
  /** Close the connection; what is not done is thrown away. */
  | { do: 'end' }

export interface Step {
  transfer: Transfer
  effects: TransferEffect[]
}

export const ends: readonly Phase[] = ['done', 'refused', 'cancelled', 'failed', 'elsewhere']
export const isOver = ({ phase }: Transfer): boolean => ends.includes(phase)
/** Whether it needs a connection. */
export const isRunning = ({ phase }: Transfer): boolean =>
  phase === 'connecting' || phase === 'moving' || phase === 'checking'

const fresh = (now: number) => ({
  since: now,
  tab: null,
  moved: 0,
  movedAt: now,
  marks: [],
  by: null,
  refusal: null,
  failure: null,
})

/** A file that somebody chose here, not offered yet. */
export const draftOf = (what: Pick<Transfer, 'id' | 'peer' | 'file'>, now: number): Transfer => ({
  ...what,
  way: 'out',
  phase: 'draft',
  ...fresh(now),
})

/** No browser would keep it: not offered at all. */
export const tooLarge = (draft: Transfer): Transfer => ({
  ...draft,
  phase: 'refused',
  by: 'you',
  refusal: { why: 'too_large', limit: null },
})

/** A file that somebody offers. */
export const askedOf = (what: Pick<Transfer, 'id' | 'peer' | 'file'>, now: number): Transfer => ({
  ...what,
  way: 'in',
  phase: 'asked',
  ...fresh(now),
})
