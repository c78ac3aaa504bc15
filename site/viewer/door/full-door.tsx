import { t } from '../text.ts'
import { Door } from './door.tsx'
import { d } from './text.ts'

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
  const { title, lead, seats: all } = d.roomFull
  return (
    <Door alert glyph="fair" title={title} lead={seats === null ? lead : all(seats)} demo={demo}>
      <dl class="kv">
        <dt>{d.you}</dt>
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
