import { startPlayer } from '../../player/player.ts'
import { createApi } from '../api.ts'
import type { Desk } from '../instruments/desk.ts'
import { readSounds } from './sound-rule.ts'
import { createStreams, type Streams } from './streams.ts'

const api = createApi(fetch.bind(globalThis))

/** The streams of the desk's room, with players of their own and this device's memory of how loud each was. */
export function openStreams(desk: Desk): Streams {
  const place = () => `sightline sound ${desk.live.room.peek()?.room.slug ?? ''}`
  return createStreams({
    desk,
    start: stream =>
      startPlayer({
        async askTicket() {
          const outcome = await api.playback(desk.token(), stream)
          return outcome === 'signed-out' ? 'unreachable' : outcome
        },
        // The live channel tells of every stream as soon as there is news.
        askRoom() {},
      }),
    kept: readSounds(stored(place())),
    keep(sounds) {
      try {
        localStorage.setItem(place(), JSON.stringify(sounds))
      } catch {
        // Without storage it is forgotten with the page.
      }
    },
  })
}

function stored(place: string): string | null {
  try {
    return localStorage.getItem(place)
  } catch {
    return null
  }
}
