import type { ChatMessage, ChatPage } from '../../../worker/live/protocol.ts'
import * as live from '../live/fixture.ts'

/** The person whose page it is, in tests of the chat. */
export const you = { id: 'p1', name: 'Client' }
export const other = { id: 'other', name: 'Colourist' }

/** The nth message of a room, for tests. */
export const said = (n: number, change: Partial<ChatMessage> = {}): ChatMessage => ({
  id: `m${n}`,
  at: new Date(Date.parse('2026-11-21T14:00:00Z') + n).toISOString(),
  from: other,
  to: null,
  me: false,
  text: `Message ${n}`,
  replyTo: null,
  editedAt: null,
  ref: `r${n}`,
  ...change,
})

/** The first thing that a room says to a page, in tests of the chat. */
export const welcome = (chat: ChatPage | null) => live.welcome({ chat })
