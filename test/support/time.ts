/**
 * Time for tests: a clock that stands still until it is told to pass, and the pauses of work that goes on after an
 * answer. Nothing sleeps: passing time ends the pauses that fall due, one after another.
 */
export interface TestTime {
  clock: { now: number }
  /** For the app: waits until the clock has passed so far. */
  wait: (ms: number) => Promise<void>
  /** For the app: work that goes on after an answer. */
  defer: (work: Promise<unknown>) => void
  /** Lets all work go on until it is done or pauses. */
  quiet: () => Promise<void>
  /** Lets so many ms pass, and all work that falls into them happen. */
  pass: (ms: number) => Promise<void>
  /** Lets pass what the work going on asks for, until it is done. */
  finish: () => Promise<void>
}

export function createTime(start: number): TestTime {
  const clock = { now: start }
  const running = new Set<Promise<unknown>>()
  const pauses: { at: number; end: () => void }[] = []

  // Work that is neither done nor in a pause is given turns of the event loop until it is.
  async function quiet() {
    do await new Promise(setImmediate)
    while (running.size > pauses.length)
  }

  async function endPausesUntil(end: () => number) {
    await quiet()
    for (;;) {
      pauses.sort((a, b) => a.at - b.at)
      if (!pauses[0] || pauses[0].at > end()) return
      const { at, end: wake } = pauses.shift()!
      clock.now = Math.max(clock.now, at)
      wake()
      await quiet()
    }
  }

  return {
    clock,
    wait: ms =>
      new Promise(end => {
        pauses.push({ at: clock.now + ms, end })
      }),
    defer(work) {
      running.add(work)
      work.finally(() => running.delete(work))
    },
    quiet,
    async pass(ms) {
      const end = clock.now + ms
      await endPausesUntil(() => end)
      clock.now = end
    },
    finish: () => endPausesUntil(() => Number.POSITIVE_INFINITY),
  }
}
