import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useLayoutEffect } from 'preact/hooks'
import { Icon } from '../../../lib/icon.tsx'
import { firstLine } from '../../chat/rich-text.ts'
import { complete } from '../../commands/complete.ts'
import type { Context } from '../../commands/read-line.ts'
import { MAX_TEXT } from '../../commands/table.ts'
import type { Live } from '../../live/room-store.ts'
import { chat as t } from '../text.ts'
import { CompletionList } from './completion-list.tsx'
import { draft, edit, editing, field, replyTo } from './compose.ts'
import { keyIn } from './composer-keys.ts'

/** From how many characters before the end on they are counted, and how tall the field grows, in px. */
const COUNTED = 200
const TALLEST = 144

interface ChatComposerProps {
  live: Live
  context(): Context
  /** Sends what is written; false when it stays. */
  send(text: string): boolean
  /** Beside the field. */
  children: ComponentChildren
}

/** Where messages and commands are written. */
export function ChatComposer({ live, context, send, children }: ChatComposerProps) {
  /** The option that somebody went to; null: none, so Enter sends. */
  const chosen = useSignal<number | null>(null)
  /** What was typed when the suggestions were put away. */
  const dismissed = useSignal<string | null>(null)
  const text = draft.value
  const to = live.privateTo.value
  const changing = editing.value
  const answered = replyTo.value
  const completion = changing || dismissed.value === text ? null : complete(text, context())
  const left = MAX_TEXT - text.length

  useLayoutEffect(() => {
    const { current } = field
    if (!current) return
    current.style.height = 'auto'
    const edges = current.offsetHeight - current.clientHeight
    current.style.height = `${Math.min(current.scrollHeight + edges, TALLEST)}px`
  }, [text])
  useLayoutEffect(() => {
    if (changing || answered || to) field.current?.focus()
  }, [changing, answered, to])

  const type = (line: string) => {
    draft.value = line
    chosen.value = null
    dismissed.value = null
  }
  const go = () => {
    if (left < 0 || !text.trim() || !send(text)) return
    dismissed.value = null
    chosen.value = null
  }
  const leave = () => {
    if (changing) edit(null)
    else if (answered) replyTo.value = null
    else live.privateTo.value = null
  }

  const pressed = (event: KeyboardEvent) => {
    const options = completion?.options.length ?? 0
    const modal = Boolean(changing || answered || to)
    const key = keyIn(event, { options, chosen: chosen.value, modal })
    if (!key) return
    event.preventDefault()
    event.stopPropagation()
    switch (key.do) {
      case 'send':
        return go()
      case 'newline': {
        const { current } = field
        current?.setRangeText('\n', current.selectionStart, current.selectionEnd, 'end')
        return type(current?.value ?? text)
      }
      case 'choose':
        chosen.value = key.option
        return
      case 'take':
        return type(completion!.options[key.option]!.line)
      case 'dismiss':
        dismissed.value = text
        chosen.value = null
        return
      case 'leave':
        return leave()
    }
  }

  const label = changing ? t.composer.changing : to ? t.composer.to(to.name) : t.composer.everyone
  const option = chosen.value ?? 0
  return (
    <div class="composing">
      {changing && <Bar words={t.composer.changing} off={t.composer.noChange} leave={() => edit(null)} />}
      {answered && (
        <Bar
          words={t.composer.replying(answered.from.name)}
          quote={firstLine(answered.text)}
          off={t.composer.noReply}
          leave={() => {
            replyTo.value = null
          }}
        />
      )}
      {to && !changing && (
        <Bar
          words={t.composer.privately(to.name)}
          off={t.composer.noPrivate}
          leave={() => {
            live.privateTo.value = null
          }}
        />
      )}
      {completion && <CompletionList id="completions" completion={completion} chosen={option} take={type} />}
      <div class="chat-composer">
        <textarea
          ref={field}
          class="input"
          rows={1}
          dir="auto"
          enterkeyhint="send"
          placeholder={label}
          aria-label={label}
          aria-autocomplete="list"
          aria-controls={completion ? 'completions' : undefined}
          aria-activedescendant={completion ? `completions-${option}` : undefined}
          aria-invalid={left < 0}
          value={text}
          onInput={event => type(event.currentTarget.value)}
          onKeyDown={pressed}
        />
        {children}
        <button
          type="button"
          class="button icon-only"
          title={changing ? t.composer.save : t.composer.send}
          aria-label={changing ? t.composer.save : t.composer.send}
          disabled={left < 0}
          onClick={() => {
            go()
            field.current?.focus()
          }}
        >
          <Icon name={changing ? 'check' : 'send'} />
        </button>
      </div>
      {left < COUNTED && (
        <p class="state" role="status">
          {t.composer.left(left)}
        </p>
      )}
    </div>
  )
}

/** Says what is special about what is being written, and undoes it. */
function Bar({ words, quote, off, leave }: { words: string; quote?: string; off: string; leave(): void }) {
  return (
    <div class="bar">
      <p class="grow">
        <b class="trunc" dir="auto">
          {words}
        </b>
        {quote !== undefined && (
          <span class="trunc quote" dir="auto">
            {quote}
          </span>
        )}
      </p>
      <button type="button" class="button ghost icon-only" title={off} aria-label={off} onClick={leave}>
        <Icon name="close" />
      </button>
    </div>
  )
}
