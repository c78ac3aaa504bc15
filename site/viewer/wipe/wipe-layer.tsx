import type { TargetedPointerEvent } from 'preact'
import { words } from '../stills/text.ts'
import { clipOf, edgeAfter, edgeAt } from './edge.ts'
import type { Wipe } from './wipe.ts'

/** The still over the picture, cut at an edge that can be moved. Nothing else of the picture is touched. */
export function WipeLayer({ wipe }: { wipe: Wipe }) {
  const still = wipe.still.value
  if (!still) return null
  const direction = wipe.direction.value
  const at = wipe.at.value
  const whole = wipe.whole.value
  const move = (event: TargetedPointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const box = event.currentTarget.parentElement!.getBoundingClientRect()
    wipe.at.value = edgeAt(event, box, direction)
  }
  return (
    <div class="wipe-layer">
      <img src={still.url} alt={still.name} style={{ clipPath: whole ? 'none' : clipOf(at, direction) }} />
      {!whole && (
        <div
          class={`wipe-edge ${direction}`}
          style={direction === 'vertical' ? { left: `${at * 100}%` } : { top: `${at * 100}%` }}
          role="slider"
          tabIndex={0}
          aria-label={words.wipe.handle}
          aria-orientation={direction === 'vertical' ? 'horizontal' : 'vertical'}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(at * 100)}
          aria-valuetext={words.wipe.at(Math.round(at * 100))}
          onPointerDown={event => {
            event.currentTarget.setPointerCapture(event.pointerId)
            move(event)
          }}
          onPointerMove={move}
          onKeyDown={event => {
            const next = edgeAfter(at, event.key, event.shiftKey)
            if (next === null) return
            event.preventDefault()
            wipe.at.value = next
          }}
        />
      )}
    </div>
  )
}
