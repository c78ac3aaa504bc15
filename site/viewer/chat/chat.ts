import type {
  ChatMessage,
  ChatPage,
  Person,
  RefusedCode,
  ToClient,
  ToServer,
} from '../../../worker/live/protocol.ts'
import { type Aside, withAside, withComing } from './asides.ts'
import { erased, heard, keyOf, paged, shownOf } from './log.ts'
import { messageOf, type Unsent, withState } from './outbox.ts'
import { type Chat, emptyChat, emptyLog, type Log } from './state.ts'

type Draft<K extends Unsent['kind']> = Omit<Extract<Unsent, { kind: K }>, 'state'>

export type ChatEvent =
  /** `people`: who was there before; `at` in ms. */
  | { type: 'told'; message: ToClient; people: readonly Person[]; at: number }
  /** The connection broke. */
  | { type: 'lost' }
  | { type: 'write'; draft: Draft<'chat'> | Draft<'edit'> }
  | { type: 'again' | 'discard'; ref: string }
  /** The reader wants what was before, or the newest part when that could not be had. */
  | { type: 'older'; ref: string }
  | { type: 'look'; looking: boolean }
  | { type: 'aside'; aside: Omit<Aside, 'after'> }

interface Step {
  chat: Chat
  send: readonly ToServer[]
}

/** The page of the history that ends with the newest message: `before` a time that never comes. */
const NEWEST = '8640000000000000.7777777777777777'

const idle: Chat['older'] = { state: 'idle' }

/** What an event makes of the conversation, and what is to be said to the room. Pure. */
export function reduceChat(chat: Chat, event: ChatEvent): Step {
  switch (event.type) {
    case 'told':
      return told(chat, event)
    case 'lost':
      return quiet({ ...chat, connected: false, older: idle, unsent: chat.unsent.map(kept) })
    case 'write': {
      const unsent: Unsent = { ...event.draft, state: chat.connected ? 'sending' : 'offline' }
      const others = chat.unsent.filter(({ ref }) => ref !== unsent.ref)
      return {
        // Whoever writes has read.
        chat: { ...chat, unsent: [...others, unsent], newFrom: null, seen: chat.log.newest },
        send: chat.connected ? [messageOf(unsent)] : [],
      }
    }
    case 'again': {
      const unsent = chat.unsent.find(({ ref }) => ref === event.ref)
      if (!unsent || unsent.state === 'sending') return quiet(chat)
      const state = chat.connected ? 'sending' : 'offline'
      return {
        chat: { ...chat, unsent: withState(chat.unsent, event.ref, state) },
        send: chat.connected ? [messageOf(unsent)] : [],
      }
    }
    case 'discard':
      return quiet({ ...chat, unsent: withState(chat.unsent, event.ref, null) })
    case 'older': {
      const before = chat.missing ? NEWEST : chat.log.next
      if (!chat.connected || before === null || chat.older.state === 'loading') return quiet(chat)
      const { ref } = event
      return {
        chat: { ...chat, older: { state: 'loading', ref } },
        send: [{ type: 'history', before, ref }],
      }
    }
    case 'look':
      return quiet(look({ ...chat, looking: event.looking }))
    case 'aside':
      return quiet({
        ...chat,
        asides: withAside(chat.asides, { ...event.aside, after: chat.log.newest }),
      })
  }
}

/** Messages of others that were not in sight yet. */
export const unreadOf = ({ log, seen, you }: Chat): number =>
  shownOf(log).reduce((n, message) => n + Number(isNew(message, seen, you)), 0)

const isNew = (message: ChatMessage, seen: string, you: string | null) =>
  message.from.id !== you && keyOf(message) > seen

const quiet = (chat: Chat): Step => ({ chat, send: [] })

/** What was on its way may have arrived: it is sent again, under the same name, when the connection is back. */
const kept = (unsent: Unsent): Unsent =>
  unsent.state === 'sending' ? { ...unsent, state: 'offline' } : unsent

function told(chat: Chat, { message, people, at }: Extract<ChatEvent, { type: 'told' }>): Step {
  switch (message.type) {
    case 'person.joined':
    case 'person.left':
      return quiet({
        ...chat,
        asides: withComing(chat.asides, message, { people, you: chat.you, after: chat.log.newest, at }),
      })
    case 'welcome':
      return welcomed(chat, message)
    case 'resumed':
      return backAgain({ ...chat, connected: true })
    case 'chat':
      return quiet(settled(chat, heard(chat.log, message.message)))
    case 'chat.edited':
      return quiet(settled(chat, heard(chat.log, message.message)))
    case 'chat.deleted':
      return quiet(settled(chat, erased(chat.log, message.which)))
    case 'history': {
      if (chat.older.state !== 'loading' || chat.older.ref !== message.ref) return quiet(chat)
      const log = paged(chat.missing ? since(chat.log, message) : chat.log, message)
      return quiet({ ...settled(chat, log), older: idle, missing: false })
    }
    case 'refused':
      return quiet(refused(chat, message.about, message.ref, message.code))
    default:
      return quiet(chat)
  }
}

/** Everything from scratch, except what only this page has. */
function welcomed(before: Chat, { you, sub, chat: page }: Extract<ToClient, { type: 'welcome' }>): Step {
  const place = sub?.name ?? ''
  const chat = before.place === null || before.place === place ? { ...before, place } : moved(before, place)
  if (you.state === 'waiting') return quiet({ ...chat, connected: false })
  // Without the newest part there is still what was here before.
  const log = page ? paged(emptyLog, page) : chat.log
  const begun = { ...chat, you: you.id, connected: true, missing: page === null, older: idle }
  const known = settled(begun, log)
  // What was said before somebody came is not news to them.
  return backAgain(chat.you !== you.id ? { ...known, seen: log.newest, newFrom: null } : known)
}

/** Another room has another conversation, and what was written for the one is not said in the other. */
const moved = ({ unsent, looking }: Chat, place: string): Chat => ({
  ...emptyChat,
  place,
  looking,
  unsent: unsent.flatMap((one): Unsent[] => (one.kind === 'chat' ? [{ ...one, state: 'elsewhere' }] : [])),
})

/** Of what is known, what is newer than a page that went up to the newest: what is older may have been deleted. */
function since(log: Log, { items }: ChatPage): Log {
  const last = items.length > 0 ? keyOf(items.at(-1)!) : ''
  return { ...log, items: log.items.filter(message => keyOf(message) > last) }
}

/** Sends what waited for the connection, in the order in which it was written. */
function backAgain(chat: Chat): Step {
  const waiting = chat.unsent.filter(({ state }) => state === 'offline' || state === 'sending')
  const unsent = chat.unsent.map(
    (one): Unsent => (waiting.includes(one) ? { ...one, state: 'sending' } : one),
  )
  return { chat: { ...chat, unsent }, send: waiting.map(messageOf) }
}

/** What is stored is no longer unsent; what is new is counted, or in sight at once. */
function settled(chat: Chat, log: Log): Chat {
  const by = new Map(log.items.map(message => [message.id, message]))
  const refs = new Set(log.items.filter(({ from }) => from.id === chat.you).map(({ ref }) => ref))
  const unsent = chat.unsent.filter(one =>
    one.kind === 'chat' ? !refs.has(one.ref) : (by.get(one.id)?.text ?? one.text) !== one.text,
  )
  const before = unreadOf(chat)
  const next = look({ ...chat, log, unsent })
  if (next.looking || before > 0) return next
  const first = shownOf(log).find(message => isNew(message, chat.seen, chat.you))
  return first ? { ...next, newFrom: first.id } : next
}

const look = (chat: Chat): Chat => (chat.looking ? { ...chat, seen: chat.log.newest } : chat)

function refused(chat: Chat, about: string | null, ref: string | undefined, code: RefusedCode): Chat {
  if (about === 'history')
    return chat.older.state === 'loading' && chat.older.ref === ref
      ? { ...chat, older: { state: 'failed' } }
      : chat
  // It is stored: what was missed tells it, or it was deleted since.
  const state = code === 'already_sent' ? null : code
  return { ...chat, unsent: withState(chat.unsent, ref, state) }
}
