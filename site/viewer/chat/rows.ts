import type { ChatMessage } from '../../../worker/live/protocol.ts'
import type { Aside } from './asides.ts'
import { keyOf, shownOf } from './log.ts'
import type { Unsent } from './outbox.ts'
import type { Chat } from './state.ts'

export type Row =
  | {
      is: 'message'
      message: ChatMessage
      /** What it answers; 'gone' when that is not here. */
      quoted: ChatMessage | 'gone' | null
      /** Another text that is not stored yet. */
      change: Extract<Unsent, { kind: 'edit' }> | null
    }
  | { is: 'aside'; aside: Aside }
  /** What follows was not in sight before. */
  | { is: 'new' }

/** The conversation from a key on, line by line. */
export function rowsOf({ log, asides, unsent, newFrom }: Chat, start: string): readonly Row[] {
  const all = shownOf(log)
  const known = new Map(all.map(message => [message.id, message]))
  const changes = new Map(unsent.flatMap(one => (one.kind === 'edit' ? [[one.id, one]] : [])))
  const rows: Row[] = []
  // An aside belongs behind a message; those of messages further up come with them.
  let left = asides.filter(({ after }) => after >= start)
  const upTo = (key: string | null) => {
    const due = key === null ? left : left.filter(({ after }) => after < key)
    left = left.filter(aside => !due.includes(aside))
    for (const aside of due) rows.push({ is: 'aside', aside })
  }
  for (const message of all) {
    const key = keyOf(message)
    if (key < start) continue
    upTo(key)
    if (message.id === newFrom) rows.push({ is: 'new' })
    const quoted = message.replyTo === null ? null : (known.get(message.replyTo) ?? 'gone')
    rows.push({ is: 'message', message, quoted, change: changes.get(message.id) ?? null })
  }
  upTo(null)
  return rows
}

/** From which key on so many messages are shown; '' for all. */
export function startOf({ log }: Chat, most: number): string {
  const all = shownOf(log)
  return all.length <= most ? '' : keyOf(all[all.length - most]!)
}

/** How many messages are shown from a key on. */
export const countFrom = ({ log }: Chat, start: string): number =>
  shownOf(log).reduce((n, message) => n + Number(keyOf(message) >= start), 0)
