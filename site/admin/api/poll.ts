import { type ApiFailure, asFailure } from './failure.ts'

/** What a poll needs to know of the page it runs in. */
export interface PollPage {
  hidden: () => boolean
  /** Calls `wake` when the page is shown again or the network is back; answers how to stop listening. */
  onWake: (wake: () => void) => () => void
}

const browserPage: PollPage = {
  hidden: () => document.hidden,
  onWake: wake => {
    document.addEventListener('visibilitychange', wake)
    addEventListener('online', wake)
    return () => {
      document.removeEventListener('visibilitychange', wake)
      removeEventListener('online', wake)
    }
  },
}

export interface PollOptions {
  /** Pause between two readings, in ms. */
  every: number
  /** Told after every reading: null, or that it failed in a way that may pass and when it is tried again. */
  onState?: (trouble: { retryAt: number; failure: ApiFailure } | null) => void
  page?: PollPage
}

export interface Poll {
  /** Reads at once; while a reading is under way, once more after it. Never throws. */
  now: () => Promise<void>
  stop: () => void
}

const FIRST_RETRY = 2000
const LAST_RETRY = 30_000

/**
 * Reads something again and again while the page is visible. A passing failure is tried again after 2, 4, 8 … 30 s;
 * the work itself keeps what it read and shows its other failures.
 */
export function startPoll(
  work: () => Promise<void>,
  { every, onState, page = browserPage }: PollOptions,
): Poll {
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | undefined
  let again = false
  let stopped = false
  let failures = 0

  async function run(): Promise<void> {
    clearTimeout(timer)
    let wait = every
    try {
      await work()
      failures = 0
      if (!stopped) onState?.(null)
    } catch (e) {
      const failure = asFailure(e)
      if (failure.passing) {
        wait = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** failures)
        failures += 1
        if (!stopped) onState?.({ retryAt: Date.now() + wait, failure })
      }
    }
    if (stopped) return
    if (again) {
      again = false
      await run()
    } else if (!page.hidden()) {
      timer = setTimeout(now, wait)
    }
  }

  function now(): Promise<void> {
    if (running) {
      again = true
      return running
    }
    running = run().finally(() => {
      running = undefined
    })
    return running
  }

  const unlisten = page.onWake(() => {
    if (page.hidden()) clearTimeout(timer)
    else void now()
  })
  void now()
  return {
    now,
    stop() {
      stopped = true
      clearTimeout(timer)
      unlisten()
    },
  }
}
