import { words } from '../stills/text.ts'
import type { Direction } from './edge.ts'
import type { Wipe } from './wipe.ts'

const directions: readonly Direction[] = ['vertical', 'horizontal']

/** In place of the control bar while a still is compared. */
export function WipeBar({ kit: { wipe } }: { kit: { wipe: Wipe } }) {
  const whole = wipe.whole.value
  return (
    <section class="control-bar wipe-bar" aria-label={words.wipe.bar}>
      <div class="group">
        {directions.map(direction => (
          <button
            key={direction}
            type="button"
            class="button ghost"
            aria-pressed={!whole && wipe.direction.value === direction}
            onClick={() => {
              wipe.direction.value = direction
              wipe.whole.value = false
            }}
          >
            {words.wipe[direction]}
          </button>
        ))}
        <button
          type="button"
          class="button ghost"
          aria-pressed={whole}
          onClick={() => {
            wipe.whole.value = !whole
          }}
        >
          {words.wipe.whole}
        </button>
      </div>
      <p class="wipe-say narrow-off">
        {wipe.still.value?.name} <small>{words.wipe.limit}</small>
      </p>
      <button type="button" class="button" onClick={wipe.leave}>
        {words.wipe.done} <kbd class="narrow-off">{words.wipe.leave}</kbd>
      </button>
    </section>
  )
}
