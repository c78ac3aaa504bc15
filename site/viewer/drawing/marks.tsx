import type { Mark } from '../../../worker/live/messages/drawing-fields.ts'
import type { Size } from './on-picture.ts'
import { pathOf } from './path.ts'

/** One mark over its black casing, for an SVG on paper of this size. @param fine a pixel of the display, in its units */
export function MarkPath({ mark, on, fine }: { mark: Mark; on: Size; fine: number }) {
  const d = pathOf(mark, on)
  // On a small picture a stroke that were drawn to scale could not be seen.
  const width = Math.max(mark.weight, 1.5 * fine)
  return (
    <g>
      <path class="casing" d={d} stroke-width={width + 2 * fine} />
      <path class="ink" d={d} stroke-width={width} stroke={`var(--pen-${mark.ink})`} />
    </g>
  )
}
