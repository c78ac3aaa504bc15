import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Watermark } from '../../../worker/watermark/watermark.ts'
import type { Player } from '../../player/player.ts'
import type { Live } from '../live/room-store.ts'
import type { PanelTab } from '../panel/panel-tab.ts'

/** What is being done with the picture; bars and keys follow it. */
export type Mode = 'watch' | 'draw' | 'note' | 'wipe'

/** What every instrument around the picture works with. There is one for as long as the room is on the page. */
export interface Desk {
  readonly live: Live
  /** The person's token of this moment. */
  token(): string
  /** The player of the programme; null before there is one. */
  readonly programme: Signal<Player | null>
  /** The player of another stream that was made large; null = the programme is. */
  readonly other: Signal<Player | null>
  /** Of the large picture. */
  readonly player: ReadonlySignal<Player | null>
  /** The large picture, moving or held; null before its first frame. */
  readonly video: ReadonlySignal<HTMLVideoElement | null>
  /** Which stream is large, by its id; null = the programme. */
  readonly stream: Signal<string | null>
  readonly mode: Signal<Mode>
  /** Who watches, as it lies over every picture; null = nothing does. */
  readonly watermark: Signal<Watermark>
  /** What the side panel shows; null = it is closed. */
  readonly tab: Signal<PanelTab | null>
  openPanel(tab: PanelTab): void
  closePanel(): void
}

export function createDesk(live: Live, token: () => string): Desk & { panel: Pick<Desk, PanelTurns> } {
  const programme = signal<Player | null>(null)
  const other = signal<Player | null>(null)
  const player = computed(() => other.value ?? programme.value)
  const panel: Pick<Desk, PanelTurns> = { openPanel() {}, closePanel() {} }
  return {
    live,
    token,
    programme,
    other,
    player,
    video: computed(() => player.value?.video.value ?? null),
    stream: signal(null),
    mode: signal('watch'),
    watermark: signal(null),
    tab: signal(null),
    panel,
    openPanel: tab => panel.openPanel(tab),
    closePanel: () => panel.closePanel(),
  }
}
type PanelTurns = 'openPanel' | 'closePanel'
