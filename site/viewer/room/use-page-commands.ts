import { useEffect } from 'preact/hooks'
import type { Player } from '../../player/player.ts'
import { offerCommands } from '../commands/registry.ts'

/** What can be typed that the page itself does: leave, and start the picture anew. */
export function usePageCommands(player: Player | null, leave: () => void): void {
  useEffect(
    () =>
      offerCommands({
        leave() {
          leave()
          return undefined
        },
      }),
    [leave],
  )
  useEffect(() => {
    if (!player) return
    return offerCommands({
      renegotiate() {
        player.resume()
        return undefined
      },
    })
  }, [player])
}
