import type { Live } from '../live/room-store.ts'

/** Raises your hand, or lowers it. What is on screen changes when the room has heard it. */
export function turnHand({ you, send }: Live): boolean {
  const now = you.value
  if (now?.state !== 'admitted') return false
  send({ type: 'hand', raised: !now.hand })
  return true
}

/** Lets in who has waited longest, for those who may. */
export function admitFirst({ waiting, send }: Live): boolean {
  const first = waiting.value[0]
  if (!first) return false
  send({ type: 'door.admit', who: { id: first.id } })
  return true
}
