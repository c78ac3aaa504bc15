import { useSeconds } from '../../lib/use-seconds.ts'
import { t } from '../text.ts'
import type { Trouble } from '../visit.ts'
import { Door } from './door.tsx'

/** No answer from the server: the page keeps asking, and says when. */
export function UnreachableDoor({ trouble, tryNow }: { trouble: Trouble; tryNow(): void }) {
  const seconds = useSeconds(trouble.nextTryAt)
  return (
    <Door glyph="fair" title={t.door.unreachable.title} lead={t.door.unreachable.lead(seconds)}>
      <div class="row">
        <button type="button" class="button primary" onClick={tryNow}>
          {t.tryNow}
        </button>
      </div>
    </Door>
  )
}
