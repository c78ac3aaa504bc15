import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { panel } from '../text.ts'

const t = panel.forms

interface PanelFormProps {
  title: string
  says?: string
  /** What the button says; null: there is nothing to send. */
  send: string | null
  busy?: boolean
  submit?(fields: FormData): void
  close(): void
  children?: ComponentChildren
}

/**
 * Something to fill in or to confirm, in the panel: nothing stands before the picture. It has the focus while it is
 * there and gives it back; Esc leaves it.
 */
export function PanelForm({ title, says, send, busy = false, submit, close, children }: PanelFormProps) {
  const form = useRef<HTMLFormElement>(null)
  const id = useId()
  useEffect(() => {
    const before = document.activeElement
    form.current?.querySelector<HTMLElement>('input, textarea, button')?.focus({ preventScroll: true })
    // From its title on, however far down the list somebody was.
    form.current?.scrollIntoView()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <form
      ref={form}
      class="panel-form"
      aria-labelledby={id}
      onSubmit={event => {
        event.preventDefault()
        if (!busy) submit?.(new FormData(event.currentTarget))
      }}
      onKeyDown={event => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        close()
      }}
    >
      <h3 id={id}>{title}</h3>
      {says && <p class="soft">{says}</p>}
      {children}
      <div class="row">
        {send && (
          <button type="submit" class="button primary" aria-busy={busy}>
            {send}
          </button>
        )}
        <button type="button" class="button" onClick={close}>
          {send ? t.cancel : t.back}
        </button>
      </div>
    </form>
  )
}

/** What was typed in a field; undefined when that is nothing. */
export const typed = (fields: FormData, name: string): string | undefined =>
  String(fields.get(name) ?? '').trim() || undefined
