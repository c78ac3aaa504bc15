import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import type { Fault } from '../forms/faults.ts'
import { sayFault } from '../forms/say-fault.ts'

interface Control {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': boolean | undefined
}

interface FieldProps {
  label: string
  hint?: string | undefined
  fault?: Fault | undefined
  /** Draws the control; it must take all of these. */
  children: (control: Control) => ComponentChildren
}

/** A label, a control, and under it what is wrong or what helps. */
export function Field({ label, hint, fault, children }: FieldProps) {
  const id = useId()
  const note = fault ? sayFault(fault) : hint
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({
        id,
        'aria-describedby': note ? `${id}-note` : undefined,
        'aria-invalid': fault ? true : undefined,
      })}
      {note && (
        <span class={fault ? 'fault' : 'hint'} id={`${id}-note`}>
          {note}
        </span>
      )}
    </div>
  )
}

interface TextAreaProps extends Omit<FieldProps, 'children'> {
  value: string
  onValue: (value: string) => void
  rows?: number
  mono?: boolean
}

/** Text of several lines. */
export function TextArea({ value, onValue, rows = 2, mono, ...field }: TextAreaProps) {
  return (
    <Field {...field}>
      {control => (
        <textarea
          {...control}
          class={mono ? 'input mono' : 'input'}
          rows={rows}
          spellcheck={mono ? false : undefined}
          value={value}
          onInput={e => onValue(e.currentTarget.value)}
        />
      )}
    </Field>
  )
}

interface TextFieldProps extends Omit<FieldProps, 'children'> {
  value: string
  onValue: (value: string) => void
  type?: 'text' | 'password' | 'datetime-local'
  /** Takes the focus when its dialog opens. */
  first?: boolean
  large?: boolean
  mono?: boolean
  numeric?: boolean
  placeholder?: string
  maxLength?: number
}

export function TextField({
  value,
  onValue,
  type = 'text',
  first,
  large,
  mono,
  numeric,
  placeholder,
  maxLength,
  ...field
}: TextFieldProps) {
  return (
    <Field {...field}>
      {control => (
        <input
          {...control}
          class={['input', large && 'large', mono && 'mono'].filter(Boolean).join(' ')}
          // The typings pair each type with its roles; none is given here.
          type={type as 'text'}
          value={value}
          placeholder={placeholder}
          maxLength={maxLength}
          inputMode={numeric ? 'numeric' : undefined}
          autoComplete="off"
          spellcheck={false}
          data-first={first || undefined}
          onInput={e => onValue(e.currentTarget.value)}
        />
      )}
    </Field>
  )
}
