import type { ComponentChildren } from 'preact'
import { Glyph } from '../../lib/glyph.tsx'
import type { Stream } from '../../player/state.ts'
import { t } from '../text.ts'

interface HoldFrameProps {
  stream: Stream
  tries: number
  /** The browser wants a touch first. */
  blocked: boolean
  start(): void
  /** What there is to do meanwhile. */
  children?: ComponentChildren
}

/** Where the picture will be. */
export function HoldFrame({ stream, tries, blocked, start, children }: HoldFrameProps) {
  const coming = stream === 'none' ? t.hold.none : t.hold.coming
  return (
    <div class="hold-frame" role="status">
      <div>
        <Glyph name="waiting" />
        <h2 class="hold-title">{t.hold.title}</h2>
        <p class="lead soft">{blocked ? t.hold.blocked : tries > 1 ? t.hold.trying(tries) : coming}</p>
        {blocked && (
          <button type="button" class="button primary" onClick={start}>
            {t.hold.start}
          </button>
        )}
        {children}
      </div>
    </div>
  )
}
