import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../text.ts'
import { IconButton } from './button.tsx'

interface DialogProps {
  title: string
  onClose: () => void
  /** With it, the dialog is a form and Enter in a field submits. */
  onSubmit?: () => void
  children: ComponentChildren
  /** Buttons; the submitting one has `type="submit"`. */
  footer: ComponentChildren
}

/**
 * A modal dialog, a sheet on phones. The browser traps the focus and gives it back to where it was; the field marked
 * `data-first`, or else the first button below, has it first.
 */
export function Dialog({ title, onClose, onSubmit, children, footer }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  useLayoutEffect(() => {
    const dialog = ref.current
    if (!dialog) return
    dialog.showModal()
    const first = dialog.querySelector<HTMLElement>('[data-first]') ?? dialog.querySelector('footer button')
    if (first instanceof HTMLElement) first.focus()
    // Closing before the element leaves the page is what returns the focus.
    return () => dialog.close()
  }, [])
  return (
    <dialog
      class="dialog"
      ref={ref}
      aria-labelledby={id}
      onCancel={event => {
        event.preventDefault()
        onClose()
      }}
    >
      <form
        noValidate
        onSubmit={event => {
          event.preventDefault()
          onSubmit?.()
        }}
      >
        <header>
          <h2 id={id}>{title}</h2>
          <IconButton icon="close" label={t.close} onClick={onClose} />
        </header>
        <div class="pad">{children}</div>
        <footer>{footer}</footer>
      </form>
    </dialog>
  )
}
