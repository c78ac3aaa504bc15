import type { ComponentChildren } from 'preact'
import { Glyph, type GlyphName } from '../../lib/glyph.tsx'
import { Mark } from '../../lib/icon.tsx'
import { shared, t } from '../text.ts'

interface DoorProps {
  title: string
  lead?: string
  glyph?: GlyphName
  /** A refusal is told to screen readers at once. */
  alert?: boolean
  /** What happens here is told to screen readers when they have time. */
  polite?: boolean
  /** In a short window, what follows stands beside the words. */
  split?: boolean
  demo?: boolean
  children?: ComponentChildren
}

/** Every page that is not the room: what is the case, and what happens next. */
export function Door({
  title,
  lead,
  glyph,
  alert = false,
  polite = false,
  split = false,
  demo = false,
  children,
}: DoorProps) {
  return (
    <section class="door">
      <header>
        <Mark name={shared.product} />
      </header>
      <main class={split ? 'card split' : 'card'}>
        <div class="say" role={alert ? 'alert' : polite ? 'status' : undefined}>
          {glyph && <Glyph name={glyph} />}
          <h1>{title}</h1>
          {lead && <p class="lead">{lead}</p>}
        </div>
        {children}
      </main>
      <footer>
        <span>{t.private}</span>
        {demo && <span>{shared.demo}</span>}
      </footer>
    </section>
  )
}
