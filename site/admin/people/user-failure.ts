import type { ApiFailure } from '../api/failure.ts'
import { type Refused, refused } from '../forms/refused.ts'
import { t } from '../text.ts'

/** A refused user: what belongs under a field, and what concerns the whole form. */
export function userFailure(failure: ApiFailure): Refused {
  if (failure.code === 'email_taken')
    return { faults: { email: { is: 'said', sentence: t.users.emailTaken } }, failure: null }
  return refused(failure)
}
