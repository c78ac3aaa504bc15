import type { Live } from '../../live/room-store.ts'
import { chat as t } from '../text.ts'

/** The conversation: what was said, and where to say something. */
export function ChatPanel({ live }: { live: Live }) {
  return (
    <div class="body" role="log" aria-live="polite" aria-label={t.log}>
      <ul class="chat-log">
        {live.chat.value.items.map(({ id, from, text }) => (
          <li key={id}>
            <b>{from.name}</b> {text}
          </li>
        ))}
      </ul>
    </div>
  )
}
