import type { ChatMessage, ToClient } from '../../../worker/live/protocol.ts'

/** The conversation as far as this page has it. */
export interface Chat {
  /** Oldest first. */
  items: readonly ChatMessage[]
  /** Leads to the page before; null when this is all. */
  next: string | null
  /** The server could not read it just now. */
  missing: boolean
}

export const noChat: Chat = { items: [], next: null, missing: false }

/** What a message makes of the conversation; the same object when nothing. */
export function chatAfter(chat: Chat, message: ToClient): Chat {
  switch (message.type) {
    case 'welcome':
      return message.chat
        ? { ...message.chat, missing: false }
        : { ...noChat, missing: message.you.state === 'admitted' }
    case 'chat':
      return { ...chat, items: inOrder(chat.items, message.message) }
    case 'chat.edited':
      return {
        ...chat,
        items: chat.items.map(item => (item.id === message.message.id ? message.message : item)),
      }
    case 'chat.deleted': {
      const { which } = message
      const stays = (item: ChatMessage) =>
        'id' in which ? item.id !== which.id : 'of' in which ? item.from.id !== which.of : false
      return { ...chat, items: chat.items.filter(stays) }
    }
    case 'history': {
      const known = new Set(chat.items.map(item => item.id))
      const earlier = message.items.filter(item => !known.has(item.id))
      return { items: [...earlier, ...chat.items], next: message.next, missing: false }
    }
  }
  return chat
}

/** Times of messages rise within a room, so the last place is almost always the right one. */
function inOrder(items: readonly ChatMessage[], message: ChatMessage): readonly ChatMessage[] {
  if (items.some(item => item.id === message.id)) return items
  const after = items.findLastIndex(item => item.at <= message.at)
  return items.toSpliced(after + 1, 0, message)
}
