import { useEffect } from 'preact/hooks'
import type { Person } from '../../../worker/live/protocol.ts'
import type { Live } from '../live/room-store.ts'

/** Until it is measured, by what the picture does. */
export const healths = { good: 'good', fair: 'fair', none: 'lost' } as const

/** Tells the others how this page's picture comes, when it changes. */
export function useHealth(live: Live, health: Person['health']): void {
  const { value: you } = live.you
  const due = live.connected.value && you?.state === 'admitted' && you.health !== health
  useEffect(() => {
    if (due) live.send({ type: 'state', health })
  }, [live, due, health])
}
