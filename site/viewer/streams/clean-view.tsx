import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Player } from '../../player/player.ts'
import { Picture } from '../room/picture.tsx'

interface CleanProps {
  player: Player | null
  /** Let it be heard, where the browser allows that untouched. */
  sound: boolean
  /** What must lie over the picture even here. */
  children?: ComponentChildren
}

/** One bare picture that fills the page: a source for a switcher or an encoder. */
export function CleanView({ player, sound, children }: CleanProps) {
  useEffect(() => {
    if (player && sound) player.setSound({ on: true, volume: 1 })
  }, [player, sound])
  return (
    <main class="clean">
      <Picture player={player} empty={false} actual={false}>
        {children}
      </Picture>
    </main>
  )
}
