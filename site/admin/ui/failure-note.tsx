import type { ApiFailure } from '../api/failure.ts'
import { t } from '../text.ts'
import { Glyph } from './glyph.tsx'

/** What went wrong and what to do next, in one sentence. */
export function sayFailure(failure: ApiFailure): string {
  const known = t.failure.codes[failure.code as keyof typeof t.failure.codes]
  if (known) return known
  if (failure.status >= 500) return t.failure.server(failure.status)
  return failure.detail || t.failure.unreadable(failure.status)
}

/** A refusal inside a form; nothing while there is none. */
export function FailureNote({ failure }: { failure: ApiFailure | null }) {
  if (!failure) return null
  return (
    <p class="refusal" role="alert">
      <Glyph is="poor" />
      <span>{sayFailure(failure)}</span>
    </p>
  )
}
