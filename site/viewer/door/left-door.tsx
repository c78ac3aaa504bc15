import type { Left } from '../live/news.ts'
import { Door } from './door.tsx'
import { d } from './text.ts'

/** The room ended this page's line: it is asked for before the page comes back. */
export function LeftDoor({ why, comeBack }: { why: Left; comeBack(): void }) {
  const { title, lead } = d.left[why]
  return (
    <Door alert glyph="fair" title={title} lead={lead}>
      <div class="row">
        <button type="button" class="button primary" onClick={comeBack}>
          {why === 'leaving' ? d.left.return : d.left.back}
        </button>
      </div>
    </Door>
  )
}
