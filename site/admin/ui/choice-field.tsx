import type { Fault } from '../forms/faults.ts'
import { Field } from './field.tsx'

interface ChoiceFieldProps {
  label: string
  hint?: string | undefined
  fault?: Fault | undefined
  value: string
  choices: readonly { value: string; word: string }[]
  onValue: (value: string) => void
}

/** One of several, behind a button. */
export function ChoiceField({ value, choices, onValue, ...field }: ChoiceFieldProps) {
  return (
    <Field {...field}>
      {control => (
        <select {...control} class="input" value={value} onChange={e => onValue(e.currentTarget.value)}>
          {choices.map(choice => (
            <option key={choice.value} value={choice.value}>
              {choice.word}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
