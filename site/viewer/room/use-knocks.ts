import { useEffect, useState } from 'preact/hooks'
import type { Live } from '../live/room-store.ts'
import { t } from '../text.ts'
import { knockSound } from './knock-sound.ts'

/** What is to be said aloud of the room: who knocks, and what a host tells. A knock is also heard, if one likes. */
export function useKnocks(live: Live): string {
  const [said, say] = useState('')
  useEffect(() => {
    const knock = live.on('waiting.joined', ({ person }) => {
      say(t.people.knocks(person.name))
      if (knockSound.value) play()
    })
    const notice = live.on('notice', ({ text }) => say(text || t.people.notices(1)))
    return () => {
      knock()
      notice()
    }
  }, [live])
  return said
}

function play(): void {
  // Without its file, or before the first touch, there is the mark and the word.
  import('./quiet-sound.ts').then(({ playQuietly }) => playQuietly('knock')).catch(() => {})
}
