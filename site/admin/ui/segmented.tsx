import { Button } from './button.tsx'

interface SegmentedProps<T extends string> {
  label: string
  value: T
  choices: readonly { value: T; word: string }[]
  onValue: (value: T) => void
}

/** One of a few, all of them in sight. */
export function Segmented<T extends string>({ label, value, choices, onValue }: SegmentedProps<T>) {
  return (
    <fieldset class="segmented" aria-label={label}>
      {choices.map(choice => (
        <Button key={choice.value} pressed={choice.value === value} onClick={() => onValue(choice.value)}>
          {choice.word}
        </Button>
      ))}
    </fieldset>
  )
}
