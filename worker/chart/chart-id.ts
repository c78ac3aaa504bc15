import { bytesOf } from '../crypto/encoding.ts'
import type { Keys } from '../crypto/keys.ts'

/**
 * What the strip of a room's chart calls the room, 1–65535: enough to tell its own chart from another room's that somebody
 * left on screen, and no way back to the room's id. 0 is a chart of no room.
 */
export async function chartIdOf(keys: Keys, roomId: string): Promise<number> {
  const [high, low] = await keys.mac('chart-id', bytesOf(roomId))
  return (high! << 8) | low! || 1
}
