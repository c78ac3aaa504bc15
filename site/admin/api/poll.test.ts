import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiFailure } from './failure.ts'
import { startPoll } from './poll.ts'

beforeEach(() => void vi.useFakeTimers({ now: 0 }))
afterEach(() => void vi.useRealTimers())

/** A page that can be hidden, and work whose outcomes are given in turn (default: success). */
function setUp(...outcomes: (Error | undefined)[]) {
  let hidden = false
  let wake: () => void = () => undefined
  const runs: number[] = []
  const states: unknown[] = []
  const poll = startPoll(
    async () => {
      runs.push(Date.now())
      const outcome = outcomes.shift()
      if (outcome) throw outcome
    },
    {
      every: 5000,
      onState: s => void states.push(s && { retryAt: s.retryAt, status: s.failure.status }),
      page: {
        hidden: () => hidden,
        onWake: fn => {
          wake = fn
          return () => {
            wake = () => undefined
          }
        },
      },
    },
  )
  const show = (visible: boolean) => {
    hidden = !visible
    wake()
  }
  return { poll, runs, states, show }
}

const down = () => new ApiFailure(0, 'unreachable', '')

describe('startPoll', () => {
  it('reads at once and then at its pace', async () => {
    const { runs, poll } = setUp()
    await vi.advanceTimersByTimeAsync(12_000)
    poll.stop()
    expect(runs).toEqual([0, 5000, 10_000])
  })

  it('rests while the page is hidden and reads as soon as it is shown', async () => {
    const { runs, show, poll } = setUp()
    await vi.advanceTimersByTimeAsync(1000)
    show(false)
    await vi.advanceTimersByTimeAsync(60_000)
    show(true)
    await vi.advanceTimersByTimeAsync(5000)
    poll.stop()
    expect(runs).toEqual([0, 61_000, 66_000])
  })

  it('tries a passing failure again after 2, 4, 8 … 30 s, says when, and says that it is over', async () => {
    const { runs, states, poll } = setUp(down(), down(), down(), down(), down(), down())
    await vi.advanceTimersByTimeAsync(95_000)
    poll.stop()
    expect(runs).toEqual([0, 2000, 6000, 14_000, 30_000, 60_000, 90_000, 95_000])
    expect(states).toEqual([
      { retryAt: 2000, status: 0 },
      { retryAt: 6000, status: 0 },
      { retryAt: 14_000, status: 0 },
      { retryAt: 30_000, status: 0 },
      { retryAt: 60_000, status: 0 },
      { retryAt: 90_000, status: 0 },
      null,
      null,
    ])
  })

  it('does not call a refusal an outage', async () => {
    const { runs, states, poll } = setUp(new ApiFailure(404, 'not_found', ''))
    await vi.advanceTimersByTimeAsync(5000)
    poll.stop()
    expect(runs).toEqual([0, 5000])
    expect(states).toEqual([null])
  })

  it('reads once more when asked while reading', async () => {
    const { runs, poll } = setUp()
    void poll.now()
    await poll.now()
    expect(runs).toEqual([0, 0])
    poll.stop()
  })

  it('stops for good', async () => {
    const { runs, show, poll } = setUp()
    await vi.advanceTimersByTimeAsync(0)
    poll.stop()
    show(true)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(runs).toEqual([0])
  })
})
