import type { PinFault } from './api.ts'
import { t } from './text.ts'

/**
 * What is said of a PIN that did not open; nothing when the wait for the next one is over.
 * @param wait seconds until a locked PIN is looked at again
 */
export function sayPin(fault: PinFault, wait: number): string | null {
  if (fault.code === 'pin_wrong')
    return fault.triesLeft === null ? t.form.pinWrong : t.form.pinWrongLeft(fault.triesLeft)
  if (wait <= 0) return null
  return wait < 60 ? t.form.pinLockedSeconds(wait) : t.form.pinLockedMinutes(Math.ceil(wait / 60))
}
