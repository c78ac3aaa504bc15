/** One silhouette, one meaning; never without a word beside it. */
export type GlyphName =
  | 'good'
  | 'fair'
  | 'poor'
  | 'live'
  | 'waiting'
  | 'scheduled'
  | 'held'
  | 'ended'
  | 'unknown'

export function Glyph({ name }: { name: GlyphName }) {
  return <span class={`glyph ${name}`} aria-hidden="true" />
}
