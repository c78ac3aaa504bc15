import type { Left } from '../live/news.ts'
import { t } from '../text.ts'
import { Door } from './door.tsx'

/** The room ended this page's line: it is asked for before the page comes back. */
export function LeftDoor({ why, comeBack }: { why: Left; comeBack(): void }) {
  const { title, lead } = t.door.left[why]
  return (
    <Door alert glyph="fair" title={title} lead={lead}>
      <div class="row">
        <button type="button" class="button primary" onClick={comeBack}>
          {why === 'leaving' ? t.door.left.return : t.door.left.back}
        </button>
      </div>
    </Door>
  )
}
