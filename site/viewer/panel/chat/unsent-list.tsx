import type { Unsent } from '../../chat/outbox.ts'
import { chat as t } from '../text.ts'

interface UnsentProps {
  again(ref: string): void
  discard(ref: string): void
}

/** One's own messages that the room has not stored: beside the log, so that a screen reader hears each once, when it is. */
export function UnsentList({ unsent, ...act }: { unsent: readonly Unsent[] } & UnsentProps) {
  const messages = unsent.flatMap(one => (one.kind === 'chat' ? [one] : []))
  if (messages.length === 0) return null
  return (
    <ul class="chat-log unsent">
      {messages.map(one => (
        <li key={one.ref} class={one.to ? 'private' : undefined}>
          {one.to && <span class="tag trunc">{t.onlyTo(one.to.name)}</span>}
          <p class="said" dir="auto">
            {one.text}
          </p>
          <Trouble unsent={one} {...act} />
        </li>
      ))}
    </ul>
  )
}

/** Why something is not stored yet, and what can be done about it. */
export function Trouble({ unsent: { ref, kind, state }, again, discard }: { unsent: Unsent } & UnsentProps) {
  if (state === 'sending') return <p class="state">{kind === 'edit' ? t.saving : t.sending}</p>
  const what = kind === 'edit' ? t.notChanged : t.notSent
  return (
    <div class="state failed">
      <p role={state === 'offline' ? 'status' : 'alert'}>
        <b>{what}.</b> {t.why[state]}
      </p>
      <div class="row">
        {/* Without a connection there is nothing to do: it goes out by itself. */}
        {state !== 'offline' && (
          <button type="button" class="button" onClick={() => again(ref)}>
            {t.sendAgain}
          </button>
        )}
        <button type="button" class="button ghost" onClick={() => discard(ref)}>
          {t.discard}
        </button>
      </div>
    </div>
  )
}
