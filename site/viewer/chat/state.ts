import type { ChatMessage } from '../../../worker/live/protocol.ts'
import type { Aside } from './asides.ts'
import type { Unsent } from './outbox.ts'

/** The stored messages of a room as far as this page knows them: the same whatever the order in which it was told. */
export interface Log {
  /** All that are known, oldest first, each once and in its newest version. */
  items: readonly ChatMessage[]
  /** The key of the newest message there ever was; '' before the first. */
  newest: string
  /** From this key on nothing is missing; what is known from before it (it was edited) is not shown yet. */
  from: string
  /** Leads to what was before; null when there is nothing, or when that is not known. */
  next: string | null
  /** What was deleted: a page of history that was read before must not bring it back. */
  gone: { ids: ReadonlySet<string>; of: ReadonlyMap<string, string>; all: string }
}

export const emptyLog: Log = {
  items: [],
  newest: '',
  from: '',
  next: null,
  gone: { ids: new Set(), of: new Map(), all: '' },
}

/** The conversation as one page shows it. */
export interface Chat {
  /** Whose page it is; null before the first welcome. */
  you: string | null
  connected: boolean
  /** The name of the sub-room, '' for the room itself; null before the first welcome. */
  place: string | null
  log: Log
  unsent: readonly Unsent[]
  asides: readonly Aside[]
  /** The page of history that is on its way. */
  older: { state: 'idle' | 'failed' } | { state: 'loading'; ref: string }
  /** The newest part could not be had when the page was welcomed. */
  missing: boolean
  /** The end of the conversation is in sight. */
  looking: boolean
  /** The key of the last message that was in sight. */
  seen: string
  /** The message before which "New" stands. */
  newFrom: string | null
}

export const emptyChat: Chat = {
  you: null,
  connected: false,
  place: null,
  log: emptyLog,
  unsent: [],
  asides: [],
  older: { state: 'idle' },
  missing: false,
  looking: false,
  seen: '',
  newFrom: null,
}
