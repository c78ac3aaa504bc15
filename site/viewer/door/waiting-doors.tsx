import { useSeconds } from '../../lib/use-seconds.ts'
import { t } from '../text.ts'
import type { Trouble } from '../visit.ts'
import { Door } from './door.tsx'

/** No seat now: the page keeps asking. */
export function FullDoor({
  seats,
  person,
  demo,
  tryNow,
}: {
  seats: number | null
  person: string
  demo: boolean
  tryNow(): void
}) {
  const { title, lead, seats: all } = t.door.roomFull
  return (
    <Door alert glyph="fair" title={title} lead={seats === null ? lead : all(seats)} demo={demo}>
      <dl class="kv">
        <dt>{t.you}</dt>
        <dd>{person}</dd>
      </dl>
      <div class="row">
        <button type="button" class="button" onClick={tryNow}>
          {t.tryNow}
        </button>
      </div>
    </Door>
  )
}

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
