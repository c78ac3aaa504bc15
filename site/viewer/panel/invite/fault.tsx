import { Glyph } from '../../../lib/glyph.tsx'

/** Why something did not come about, next to where it was asked for. */
export function Fault({ says }: { says: string | null }) {
  return (
    <div role="alert">
      {says !== null && (
        <p class="status poor">
          <Glyph name="poor" />
          <span>{says}</span>
        </p>
      )}
    </div>
  )
}
