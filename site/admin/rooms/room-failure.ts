import type { ApiFailure } from '../api/failure.ts'
import { type Refused, refused } from '../forms/refused.ts'
import { t } from '../text.ts'

/** A refused room: what belongs under a field, and what concerns the whole form. */
export function roomFailure(failure: ApiFailure): Refused {
  if (failure.code === 'slug_taken')
    return { faults: { slug: { is: 'said', sentence: t.room.slugTaken } }, failure: null }
  return refused(failure, { leaseMs: 'lease' })
}
