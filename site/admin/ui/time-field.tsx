import type { Fault } from '../forms/faults.ts'
import { t } from '../text.ts'
import { fromLocalInput, readerZone } from '../time/zone.ts'
import { TextField } from './field.tsx'

interface TimeFieldProps {
  label: string
  value: string
  onValue: (value: string) => void
  fault?: Fault | undefined
  hint?: string
  first?: boolean
}

/** A date and time in the reader's zone. Says so when the clock shows that time twice. */
export function TimeField({ value, hint, ...rest }: TimeFieldProps) {
  const time = fromLocalInput(value, readerZone())
  const twice = time.is === 'at' && time.twice ? t.form.twice : undefined
  return <TextField {...rest} value={value} type="datetime-local" hint={twice ?? hint} />
}
