import { type ReadonlySignal, signal } from '@preact/signals'
import { type Alignment, align, uncertaintyAt } from './align.ts'
import type { Api } from './api.ts'

/** What the page knows of the server's clock. */
export type Clock =
  | { is: 'checking' }
  /** Opened without a chart link. */
  | { is: 'no-link' }
  /** The link opens nothing any more. */
  | { is: 'ended' }
  /** The server was never reached; it is tried again. */
  | { is: 'away' }
  | { is: 'fine'; chartId: number; uncertainty: number }
  /** The server is not reached any more; the clock runs on. `since`: server time in ms of its last answer. */
  | { is: 'free'; chartId: number; uncertainty: number; since: number }

/** How often the clock is aligned anew, ms, and with how many questions in a row: more at the beginning. */
export const EVERY = 10_000
const FIRST_SAMPLES = 6
const SAMPLES = 3

/** What the clock needs of the browser. `steady`: ms by a clock that nobody sets. */
export interface Around {
  steady(): number
  after(ms: number, then: () => void): void
}

export interface ServerClock {
  state: ReadonlySignal<Clock>
  /** Server time in whole ms at an instant of the steady clock; null while there is none. */
  at(steady: number): number | null
}

/** Keeps the server's clock for as long as the page is open. @param token of the chart link; null = none */
export function keepClock(api: Api, token: string | null, { steady, after }: Around): ServerClock {
  const state = signal<Clock>({ is: token === null ? 'no-link' : 'checking' })
  let chartId: number | null = null
  let known: Alignment | null = null
  let reached = 0

  async function ask(samples: number): Promise<boolean> {
    let answered = false
    for (let i = 0; i < samples; i += 1) {
      const sent = steady()
      const server = await api.clock()
      if (server === null) break
      known = align(known, { sent, received: steady(), server })
      reached = server
      answered = true
    }
    return answered
  }

  async function round(link: string): Promise<void> {
    if (chartId === null) {
      const found = await api.chart(link)
      if (found === 'ended') {
        state.value = { is: 'ended' }
        return
      }
      chartId = found
    }
    const answered = chartId !== null && (await ask(known ? SAMPLES : FIRST_SAMPLES))
    if (chartId === null || !known) state.value = { is: 'away' }
    else {
      const uncertainty = Math.ceil(uncertaintyAt(known, steady()))
      state.value = answered
        ? { is: 'fine', chartId, uncertainty }
        : { is: 'free', chartId, uncertainty, since: reached }
    }
    after(EVERY, () => void round(link))
  }
  if (token !== null) void round(token)

  return {
    state,
    at: now => (known && chartId !== null ? Math.round(now + known.offset) : null),
  }
}
