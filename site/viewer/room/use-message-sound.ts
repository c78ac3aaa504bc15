import { useEffect, useRef } from 'preact/hooks'
import type { Live } from '../live/room-store.ts'
import { messageSound } from './message-sound.ts'

/** A message of somebody else that nobody sees is heard, quietly, if one likes. `open`: the chat is beside the picture. */
export function useMessageSound(live: Live, open: boolean): void {
  const seen = useRef(open)
  seen.current = open
  useEffect(
    () =>
      live.on('chat', ({ message }) => {
        if (!messageSound.value || message.from.id === live.you.value?.id) return
        if (seen.current && !document.hidden) return
        // Without its file there are the mark and the count.
        import('./quiet-sound.ts').then(({ playQuietly }) => playQuietly('message')).catch(() => {})
      }),
    [live],
  )
}
