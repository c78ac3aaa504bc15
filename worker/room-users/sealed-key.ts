import type { Keys } from '../crypto/keys.ts'
import { seal, unseal } from '../crypto/seal.ts'
import type { RoomJwk } from './jwk.ts'

/** A room's key as it lies in the database. */
export interface SealedKey {
  id: string
  jwk: string
}

/** A key belongs to its room: moved to another one it opens nothing. */
const what = (roomId: string, id: string) => `room-key|${roomId}|${id}`

export const sealKey = async (keys: Keys, roomId: string, id: string, jwk: RoomJwk): Promise<SealedKey> => ({
  id,
  jwk: await seal(keys, what(roomId, id), JSON.stringify(jwk)),
})

/** Undefined when it was sealed for something else, or under a secret that is gone. */
export async function unsealKey(
  keys: Keys,
  roomId: string,
  { id, jwk }: SealedKey,
): Promise<(RoomJwk & { id: string }) | undefined> {
  const text = await unseal(keys, what(roomId, id), jwk)
  return text === undefined ? undefined : { ...(JSON.parse(text) as RoomJwk), id }
}
