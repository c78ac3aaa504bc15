import { useState } from 'preact/hooks'
import { Icon } from '../../../lib/icon.tsx'
import { refusalWord } from '../../commands/act.ts'
import type { Live } from '../../live/room-store.ts'
import { chat as t } from '../text.ts'

/** The longest caption that the room takes, in characters. */
const MAX_CAPTION = 300

/** What is shown over the lower edge of everybody's picture, and kept nowhere. */
export function CaptionComposer({ live }: { live: Live }) {
  const [text, setText] = useState('')
  const [fault, setFault] = useState<string | null>(null)

  async function show() {
    const line = text.replace(/\s+/gu, ' ').trim()
    if (!line) return
    setText('')
    const outcome = await live.send({ type: 'caption', text: line })
    if ('done' in outcome) return setFault(null)
    setFault('lost' in outcome ? t.lost : refusalWord(outcome.refused))
    // What was typed meanwhile is not overwritten.
    setText(now => now || line)
  }

  return (
    <form
      class="composing"
      onSubmit={event => {
        event.preventDefault()
        show()
      }}
    >
      <div class="chat-composer">
        <input
          class="input"
          dir="auto"
          autocomplete="off"
          maxLength={MAX_CAPTION}
          placeholder={t.caption.placeholder}
          aria-label={t.caption.label}
          value={text}
          onInput={event => setText(event.currentTarget.value)}
        />
        <button type="submit" class="button icon-only" title={t.caption.send} aria-label={t.caption.send}>
          <Icon name="send" />
        </button>
      </div>
      {fault !== null && (
        <p class="state" role="alert">
          {t.caption.failed(fault)}
        </p>
      )}
    </form>
  )
}
