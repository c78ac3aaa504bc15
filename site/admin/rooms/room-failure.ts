import type { ApiFailure } from '../api/failure.ts'
import { type Faults, faultsOf } from '../forms/faults.ts'
import { t } from '../text.ts'

/** A refused room: what belongs under a field, and what concerns the whole form. */
export function roomFailure(failure: ApiFailure): { faults: Faults; failure: ApiFailure | null } {
  if (failure.code === 'slug_taken')
    return { faults: { slug: { is: 'said', sentence: t.room.slugTaken } }, failure: null }
  const faults = faultsOf(failure.fields, { leaseMs: 'lease' })
  return { faults, failure: failure.fields.length > 0 ? null : failure }
}
