import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { ApiFailure } from './failure.ts'
import { startPoll } from './poll.ts'

/** Set while the server cannot be reached: when it is tried again, in ms since 1970, and how to try now. */
export const lost = signal<{ retryAt: number; failure: ApiFailure; retry: () => void } | null>(null)

/** How often an open page looks for changes, in ms. */
const EVERY = 4000

/**
 * Keeps a component's data fresh while it is on screen. `key` says what is read: when it changes, reading starts anew.
 * Answers a function that reads at once.
 */
export function usePoll(key: string, work: () => Promise<void>): () => Promise<void> {
  const latest = useRef(work)
  latest.current = work
  const now = useRef(() => Promise.resolve())
  useEffect(() => {
    if (key === '') return
    const poll = startPoll(() => latest.current(), {
      every: EVERY,
      onState: trouble => {
        lost.value = trouble && { ...trouble, retry: () => void poll.now() }
      },
    })
    now.current = poll.now
    return () => {
      poll.stop()
      lost.value = null
    }
  }, [key])
  return () => now.current()
}
