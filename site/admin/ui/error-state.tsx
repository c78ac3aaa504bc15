import type { ApiFailure } from '../api/failure.ts'
import { t } from '../text.ts'
import { Button } from './button.tsx'
import { CopyButton } from './copy-button.tsx'
import { sayFailure } from './failure-note.tsx'
import { Glyph } from './glyph.tsx'

interface ErrorStateProps {
  title: string
  failure: ApiFailure
  onRetry: () => void
}

/** A page that could not be loaded: what is wrong, what to do, and what to tell whoever runs the server. */
export function ErrorState({ title, failure, onRetry }: ErrorStateProps) {
  const details = `${failure.code} · ${failure.status}`
  return (
    <div class="empty-state solid" role="alert">
      <Glyph is="poor" />
      <h2>{title}</h2>
      <p>{sayFailure(failure)}</p>
      <div class="row">
        <Button kind="primary" onClick={onRetry}>
          {t.tryAgain}
        </Button>
        <CopyButton text={details} what={t.copy.details} word={t.copy.detailsWord} />
      </div>
      <p class="mono dim">{details}</p>
    </div>
  )
}
