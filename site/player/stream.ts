import type { RoomView } from '../../worker/people/schema.ts'
import type { Stream } from './state.ts'

/** What the room says of its programme, in the player's words. Before the room opens there is nothing to play. */
export function streamOf({
  state,
  publishing,
  playable,
}: Pick<RoomView, 'state' | 'publishing' | 'playable'>): Stream {
  if (state === 'waiting' || !publishing) return 'none'
  if (playable === null) return 'unknown'
  return playable ? 'playable' : 'coming'
}
