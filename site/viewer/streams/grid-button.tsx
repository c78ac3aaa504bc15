import { Icon } from '../../lib/icon.tsx'
import { streams as t } from '../../text/en.ts'
import type { Streams } from './streams.ts'

/** Opens and closes the grid; only where there is more than one stream. */
export function GridButton({ streams }: { streams: Streams }) {
  const { open, shown } = streams.layout.value
  if (shown.length < 2) return null
  return (
    <button
      type="button"
      class="button ghost narrow-off"
      title={t.withKey(t.all, 'G')}
      aria-keyshortcuts="G"
      aria-pressed={open}
      onClick={streams.turn}
    >
      <Icon name="grid" />
      <span class="sr">{t.all}</span>
    </button>
  )
}
