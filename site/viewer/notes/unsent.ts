import type { RefusedCode } from '../../../worker/live/protocol.ts'
import type { Saying } from '../live/outcome.ts'

type NewNote = Extract<Saying, { type: 'note.add' | 'note.reply' }>

/** A note of one's own that the room does not have yet. Sent again it keeps its `ref`, so that it is stored once. */
export interface Unsent {
  message: NewNote & { ref: string }
  /** On its way; kept until the connection is back; or why the room did not take it. */
  state: 'sending' | 'offline' | RefusedCode
}

/** So many are kept while the line is down. */
export const MAX_UNSENT = 50

/** Puts one in another state; null takes it away. */
export const withState = (
  box: readonly Unsent[],
  ref: string,
  state: Unsent['state'] | null,
): readonly Unsent[] =>
  box.flatMap(unsent =>
    unsent.message.ref !== ref ? [unsent] : state === null ? [] : [{ ...unsent, state }],
  )

/** What the line took with it waits, and is sent as written while it was down. */
export const kept = (box: readonly Unsent[], ref: string): readonly Unsent[] =>
  box.map(unsent =>
    unsent.message.ref === ref ? { state: 'offline', message: { ...unsent.message, late: true } } : unsent,
  )

/** Keeps what is not sent for as long as the tab lives, so that a reload loses no note. */
export function keepUnsent(key: string, storage: () => Storage = () => sessionStorage) {
  return {
    get(): readonly Unsent[] {
      try {
        const list = JSON.parse(storage().getItem(key) ?? '[]') as Unsent[]
        if (!Array.isArray(list)) return []
        return list.slice(0, MAX_UNSENT).map(({ message }) => ({ message, state: 'offline' }))
      } catch {
        return []
      }
    },
    set(box: readonly Unsent[]): void {
      try {
        const waiting = box.filter(({ state }) => state === 'sending' || state === 'offline')
        if (waiting.length) storage().setItem(key, JSON.stringify(waiting))
        else storage().removeItem(key)
      } catch {
        // Without storage they are kept as long as the page is.
      }
    },
  }
}
