import { panel } from '../text.ts'
import type { Failure } from './links-api.ts'

const t = panel.invite

/** Why nothing came of it, in a sentence that says what to do. */
export function sayFailure(failure: Failure): string {
  if (failure === 'unreachable') return t.unreachable
  const { refused } = failure
  return Object.hasOwn(t.why, refused) ? t.why[refused as keyof typeof t.why] : t.refused
}
