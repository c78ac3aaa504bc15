import { signal } from '@preact/signals'
import { createRef } from 'preact'
import type { ChatMessage } from '../../../../worker/live/protocol.ts'
import type { Named } from '../../commands/intent.ts'

/** What is asked about before it is done. */
export type Question = { what: 'clear' | 'end' } | { what: 'of'; who: Named }

/**
 * What somebody is writing: it stays while the panel is closed or shows something else. To whom it goes stands in the
 * room's own `privateTo`.
 */
export const draft = signal('')
export const replyTo = signal<ChatMessage | null>(null)
/** One's own message that gets another text; what was being written meanwhile waits in `kept`. */
export const editing = signal<{ message: ChatMessage; kept: string } | null>(null)
export const question = signal<Question | null>(null)
/** Where it is written; there is one. */
export const field = createRef<HTMLTextAreaElement>()
/** A host who writes captions beside all else. */
export const captioning = signal(false)

/** The room in which all this is written. */
let place: string | null = null

/** In another room there is nothing to answer or to change; the words themselves stay. */
export function comeTo(next: string | null): void {
  if (place !== null && place !== next) {
    if (editing.value) edit(null)
    replyTo.value = null
    question.value = null
  }
  place = next
}

/** Begins to change a message, or leaves it as it is. */
export function edit(message: ChatMessage | null): void {
  const kept = editing.value?.kept ?? draft.value
  replyTo.value = null
  editing.value = message && { message, kept }
  draft.value = message ? message.text : kept
}

/** Begins an answer; one to a private message is private too. */
export function reply(message: ChatMessage, you: string, setPrivate: (to: Named | null) => void): void {
  if (editing.value) edit(null)
  replyTo.value = message
  if (message.to) setPrivate(message.from.id === you ? message.to : message.from)
  else setPrivate(null)
}
