import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Ready } from '../api/client.ts'
import { startPoll } from '../api/poll.ts'
import { api } from '../session.ts'

/** What the server says of its database and origin, and when it said so; null until it has. */
export const readiness = signal<{ ready: Ready; at: number } | null>(null)

/** Asking makes the server call its origin, so it is asked seldom. In ms. */
const EVERY = 20_000

let poll: ReturnType<typeof startPoll> | undefined

/** Keeps {@link readiness} fresh while a component is on screen. */
export function useReadiness(): void {
  useEffect(() => {
    poll = startPoll(
      async () => {
        readiness.value = { ready: await api.ready(), at: Date.now() }
      },
      { every: EVERY },
    )
    return () => poll?.stop()
  }, [])
}

export const checkReadiness = async (): Promise<void> => poll?.now()
