import type { ChatMessage, ChatPage, ToClient } from '../../../worker/live/protocol.ts'
import type { Log } from './state.ts'

type Which = Extract<ToClient, { type: 'chat.deleted' }>['which']

/** Where a message stands: times rise within a room and are written with a fixed number of digits. */
export const keyOf = ({ at, id }: Pick<ChatMessage, 'at' | 'id'>): string => `${at} ${id}`

/** The messages to show, oldest first. */
export function shownOf({ items, from }: Log): readonly ChatMessage[] {
  const first = items.findIndex(message => keyOf(message) >= from)
  return first < 0 ? [] : items.slice(first)
}

/** A message that is new, or in a new version. */
export const heard = (log: Log, message: ChatMessage): Log => merged(log, [message])

/** A part of the chat that goes up to what is shown, or to the newest message there is. */
export function paged(log: Log, { items, next }: ChatPage): Log {
  const from = next === null ? '' : items[0] ? keyOf(items[0]) : log.from
  return { ...merged(log, items), from, next }
}

export function erased(log: Log, which: Which): Log {
  const { gone } = log
  const upTo = log.newest
  const more =
    'id' in which
      ? { ...gone, ids: new Set(gone.ids).add(which.id) }
      : 'of' in which
        ? { ...gone, of: new Map(gone.of).set(which.of, upTo) }
        : { ...gone, all: upTo }
  return { ...log, gone: more, items: log.items.filter(message => !isGone(more, message)) }
}

const isGone = ({ ids, of, all }: Log['gone'], message: ChatMessage): boolean => {
  const key = keyOf(message)
  return ids.has(message.id) || key <= all || key <= (of.get(message.from.id) ?? '')
}

function merged(log: Log, added: readonly ChatMessage[]): Log {
  const items = merge(log, added)
  const last = items.length > 0 ? keyOf(items.at(-1)!) : ''
  return { ...log, items, newest: last > log.newest ? last : log.newest }
}

function merge({ items, gone }: Log, added: readonly ChatMessage[]): readonly ChatMessage[] {
  const wanted = added.filter(message => !isGone(gone, message))
  const [only] = wanted
  // Nearly always: one more at the end.
  if (wanted.length === 1 && only && (items.length === 0 || keyOf(only) > keyOf(items.at(-1)!)))
    return [...items, only]
  const known = new Map(items.map(message => [message.id, message]))
  for (const message of wanted) {
    const old = known.get(message.id)
    if (!old || (message.editedAt ?? '') >= (old.editedAt ?? '')) known.set(message.id, message)
  }
  return [...known.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}
