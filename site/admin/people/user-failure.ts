import type { ApiFailure } from '../api/failure.ts'
import { type Faults, faultsOf } from '../forms/faults.ts'
import { t } from '../text.ts'

/** A refused user: what belongs under a field, and what concerns the whole form. */
export function userFailure(failure: ApiFailure): { faults: Faults; failure: ApiFailure | null } {
  if (failure.code === 'email_taken')
    return { faults: { email: { is: 'said', sentence: t.users.emailTaken } }, failure: null }
  return { faults: faultsOf(failure.fields), failure: failure.fields.length > 0 ? null : failure }
}
