import { type ReadonlySignal, signal } from '@preact/signals'
import type { ToServer } from '../../../worker/live/protocol.ts'
import type { ChatEvent } from '../chat/chat.ts'
import { type Chat, emptyChat } from '../chat/state.ts'

/** The conversation's rules, which are no part of what the first frame needs. */
export type Rules = Pick<typeof import('../chat/chat.ts'), 'reduceChat' | 'unreadOf'>

/** When their file could not be loaded, in ms. */
const LOAD_AGAIN = 2000

export interface Conversation {
  readonly chat: ReadonlySignal<Chat>
  /** Messages of others that were not in sight yet. */
  readonly unread: ReadonlySignal<number>
  talk(event: ChatEvent): void
}

/**
 * Keeps the conversation, and says to the room what it leads to. Whatever happens before the rules are loaded waits for
 * them, in its order.
 */
export function createConversation(
  say: (message: ToServer) => void,
  load: () => Promise<Rules>,
): Conversation {
  const chat = signal(emptyChat)
  const unread = signal(0)
  const waiting: ChatEvent[] = []
  let rules: Rules | null = null
  let called = false

  function happen({ reduceChat, unreadOf }: Rules, event: ChatEvent): void {
    const step = reduceChat(chat.peek(), event)
    chat.value = step.chat
    unread.value = unreadOf(step.chat)
    for (const message of step.send) say(message)
  }

  const call = () =>
    load().then(
      loaded => {
        rules = loaded
        for (const event of waiting.splice(0)) happen(loaded, event)
      },
      () => void setTimeout(call, LOAD_AGAIN),
    )

  return {
    chat,
    unread,
    talk(event) {
      if (rules) return happen(rules, event)
      waiting.push(event)
      if (!called) call()
      called = true
    },
  }
}
