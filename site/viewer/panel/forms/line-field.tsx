import { useId } from 'preact/hooks'
import { panel } from '../text.ts'

interface LineFieldProps {
  name: string
  label: string
  hint?: string
  maxLength: number
  /** Several lines, and not to be left out. */
  long?: boolean
}

/** Words of a host to somebody. */
export function LineField({ name, label, hint, maxLength, long = false }: LineFieldProps) {
  const id = useId()
  const common = { id, name, maxLength, class: 'input', 'aria-describedby': hint ? `${id}-hint` : undefined }
  return (
    <div class="field">
      <label for={id}>
        {label} {!long && <span class="dim">{panel.forms.optional}</span>}
      </label>
      {long ? <textarea {...common} rows={3} required /> : <input {...common} autocomplete="off" />}
      {hint && (
        <span id={`${id}-hint`} class="hint">
          {hint}
        </span>
      )}
    </div>
  )
}

interface TickFieldProps {
  name: string
  label: string
  /** What ticking it does. */
  says: string
}

/** Something more that can be done at once, and what it does. */
export function TickField({ name, label, says }: TickFieldProps) {
  const id = useId()
  return (
    <div class="field">
      <label class="check">
        <input type="checkbox" name={name} aria-describedby={id} />
        {label}
      </label>
      <span id={id} class="hint">
        {says}
      </span>
    </div>
  )
}
