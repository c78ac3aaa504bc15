import { useEffect } from 'preact/hooks'
import type { Person } from '../../../worker/live/protocol.ts'
import type { Live } from '../live/room-store.ts'
import type { Verdict } from './verdict.ts'

const healths = { good: 'good', fair: 'fair', none: 'lost' } as const

/** Tells the others how this page's picture comes, when it changes. */
export function useHealth(live: Live, verdict: Verdict | null): void {
  const health: Person['health'] = verdict ? healths[verdict.word] : 'unknown'
  const { value: you } = live.you
  const due = live.connected.value && you?.state === 'admitted' && you.health !== health
  useEffect(() => {
    if (due) live.send({ type: 'state', health })
  }, [live, due, health])
}
