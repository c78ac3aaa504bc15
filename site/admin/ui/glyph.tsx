import type { ComponentChildren } from 'preact'

/** Status by silhouette: circle fine, triangle look, square stop, ring not known, dashed waiting, bar ended. */
export type GlyphName = 'good' | 'fair' | 'poor' | 'live' | 'waiting' | 'scheduled' | 'ended' | 'unknown'

export function Glyph({ is }: { is: GlyphName }) {
  return <span class={`glyph ${is}`} aria-hidden="true" />
}

/** A silhouette and a word, always together. */
export function Status({ is, children }: { is: GlyphName; children: ComponentChildren }) {
  return (
    <span class={`status ${is}`}>
      <Glyph is={is} />
      {children}
    </span>
  )
}
