import type { RefusedCode, ToServer } from '../../../worker/live/protocol.ts'

/** Something of one's own that is not stored yet. Sent again it keeps its `ref`, so that it is stored once. */
export type Unsent = (
  | {
      kind: 'chat'
      text: string
      to: { id: string; name: string } | null
      replyTo: string | null
      me: boolean
    }
  /** Another text for a message that is there. */
  | { kind: 'edit'; id: string; text: string }
) & {
  ref: string
  /** On its way; kept until the connection is back; written in another room; or why the room did not take it. */
  state: 'sending' | 'offline' | 'elsewhere' | RefusedCode
}

/** What is sent for it. */
export function messageOf(unsent: Unsent): ToServer {
  const { ref, text } = unsent
  if (unsent.kind === 'edit') return { type: 'chat.edit', id: unsent.id, text, ref }
  return {
    type: 'chat',
    text,
    ref,
    ...(unsent.to ? { to: unsent.to.id } : {}),
    ...(unsent.replyTo === null ? {} : { replyTo: unsent.replyTo }),
    ...(unsent.me ? { me: true } : {}),
  }
}

/** Puts one in another state; null takes it away. What is not there stays so. */
export const withState = (
  box: readonly Unsent[],
  ref: string | undefined,
  state: Unsent['state'] | null,
): readonly Unsent[] =>
  box.flatMap(unsent => (unsent.ref !== ref ? [unsent] : state === null ? [] : [{ ...unsent, state }]))
