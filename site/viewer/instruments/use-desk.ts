import { useLayoutEffect, useMemo } from 'preact/hooks'
import type { Watermark } from '../../../worker/watermark/watermark.ts'
import type { Player } from '../../player/player.ts'
import type { Live } from '../live/room-store.ts'
import type { SidePanelUse } from '../room/use-side-panel.ts'
import { createDesk, type Desk } from './desk.ts'

/** The room's desk, kept up with what the room shows. */
export function useDesk(
  live: Live,
  token: () => string,
  player: Player | null,
  { tab, open, close }: SidePanelUse,
  watermark: Watermark,
): Desk {
  const desk = useMemo(() => createDesk(live, token), [live, token])
  useLayoutEffect(() => {
    desk.programme.value = player
    desk.tab.value = tab
    desk.watermark.value = watermark
    desk.panel.openPanel = open
    desk.panel.closePanel = close
  })
  return desk
}
