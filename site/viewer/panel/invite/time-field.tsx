import { useId } from 'preact/hooks'
import { panel } from '../text.ts'

interface TimeFieldProps {
  name: string
  label: string
  hint: string
  optional?: boolean
  /** As `2026-11-21T14:00`, in the reader's zone. */
  value?: string
}

/** A date and a time of day, in the reader's zone. */
export function TimeField({ name, label, hint, optional = false, value = '' }: TimeFieldProps) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>
        {label} {optional && <span class="dim">{panel.forms.optional}</span>}
      </label>
      <input
        id={id}
        name={name}
        type="datetime-local"
        class="input"
        defaultValue={value}
        required={!optional}
        aria-describedby={`${id}-hint`}
      />
      <span id={`${id}-hint`} class="hint">
        {hint}
      </span>
    </div>
  )
}
