import type { ApiFailure } from '../api/failure.ts'
import { type Faults, faultsOf } from './faults.ts'

/** A refusal, split into what belongs under a field and what concerns the whole form. */
export interface Refused {
  faults: Faults
  failure: ApiFailure | null
}

/** @param names which of the server's fields a form shows under another name */
export function refused(failure: ApiFailure, names: Record<string, string> = {}): Refused {
  return { faults: faultsOf(failure.fields, names), failure: failure.fields.length > 0 ? null : failure }
}
