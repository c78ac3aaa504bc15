import { useEffect, useRef } from 'preact/hooks'
import { chat as t } from '../text.ts'
import { type Question, question } from './compose.ts'

/** Asks whether it is really meant, in the place of the composer: nothing covers the picture. */
export function QuestionBar({ asked, act }: { asked: Question; act(asked: Question): void }) {
  const cancel = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const before = document.activeElement
    cancel.current?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  const close = () => {
    question.value = null
  }
  const words = asked.what === 'of' ? t.ask.of(asked.who.name) : t.ask[asked.what]
  return (
    <div
      class="question"
      role="alertdialog"
      aria-label={words}
      onKeyDown={event => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        close()
      }}
    >
      <p>{words}</p>
      <div class="row">
        <button
          type="button"
          class="button danger"
          onClick={() => {
            close()
            act(asked)
          }}
        >
          {t.ask.do[asked.what]}
        </button>
        <button type="button" class="button" ref={cancel} onClick={close}>
          {t.ask.cancel}
        </button>
      </div>
    </div>
  )
}
