import { t } from '../text.ts'
import type { Fault } from './faults.ts'

/** What is wrong with a field and what would be right. */
export function sayFault(fault: Fault): string {
  switch (fault.is) {
    case 'too-long':
      return t.form.tooLong(fault.max)
    case 'whole':
      return t.form.whole(fault.min, fault.max)
    case 'said':
      return t.form.said(fault.sentence)
    default:
      return t.form.faults[fault.is]
  }
}
