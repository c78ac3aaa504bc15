import type { PinFault } from './api.ts'
import { d } from './door/text.ts'

/**
 * What is said of a PIN that did not open; nothing when the wait for the next one is over.
 * @param wait seconds until a locked PIN is looked at again
 */
export function sayPin(fault: PinFault, wait: number): string | null {
  if (fault.code === 'pin_wrong')
    return fault.triesLeft === null ? d.form.pinWrong : d.form.pinWrongLeft(fault.triesLeft)
  if (wait <= 0) return null
  return wait < 60 ? d.form.pinLockedSeconds(wait) : d.form.pinLockedMinutes(Math.ceil(wait / 60))
}
