import type { RefusedCode, ToClient, ToServer } from '../../../worker/live/protocol.ts'

/** What became of something that the page said. */
export type Outcome =
  /** It is done; with the message that says so, where there is one. */
  | { done: ToClient | null }
  | { refused: RefusedCode; detail: string }
  /** The line broke before an answer, or there was none to begin with: done or not, the page cannot know. */
  | { lost: true }

/** What panels say. `hello` and `ping` are the line's own. A missing `ref` is given. */
export type Saying = Said extends infer S
  ? S extends { ref: string }
    ? Omit<S, 'ref'> & { ref?: string }
    : S
  : never
type Said = Exclude<ToServer, { type: 'hello' | 'ping' }>

/** Something said under a name of its own, waiting for its answer. */
export type Named = Said & { ref: string }

const unanswered: readonly string[] = [
  'hand',
  'state',
  'health',
  'pointer',
  'draw.extend',
] satisfies Saying['type'][]

/** Others nobody answers unless to refuse: what they change comes as news for everybody. */
export const isAnswered = ({ type }: Saying): boolean => !unanswered.includes(type)

/** What a message says about something that was said before; null when it is about something else. */
export function outcomeOf(said: Named, message: ToClient): Outcome | null {
  if (message.type === 'refused')
    return message.ref === said.ref ? { refused: message.code, detail: message.detail } : null
  return isAnswer(said, message) ? { done: message } : null
}

function isAnswer(said: Named, message: ToClient): boolean {
  switch (message.type) {
    case 'chat':
      return said.type === 'chat' && message.message.ref === said.ref
    case 'chat.edited':
      return said.type === 'chat.edit' && message.message.id === said.id
    case 'chat.deleted':
      return said.type === 'chat.delete' && JSON.stringify(message.which) === JSON.stringify(said.which)
  }
  return 'ref' in message && message.ref === said.ref
}
