import type { StillsFault } from './stills.ts'
import { words } from './text.ts'

/** A sentence for what went wrong, also for what this page does not know. */
export const sayFault = (fault: StillsFault): string =>
  Object.hasOwn(words.faults, fault) ? words.faults[fault as keyof typeof words.faults] : words.faults.other
