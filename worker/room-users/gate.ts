import type { App } from '../deps.ts'
import { Problem } from '../problem.ts'

/** Passwords that are being hashed in this process: it is work, and strangers can ask for it. */
let busy = 0
const MOST = 4
/** How often who waits looks again, in ms, and for how long: no promise of another request is waited for. */
const LOOK = 50
const LOOKS = 100

/**
 * Runs work that costs so much that only a few may do it at once.
 * @throws {Problem} 503 when there was no turn within five seconds
 */
export async function hashing<T>(app: Pick<App, 'wait'>, work: () => Promise<T>): Promise<T> {
  for (let looks = 0; busy >= MOST; looks++) {
    if (looks === LOOKS)
      throw new Problem(
        503,
        'busy',
        'Many people come in at once. Try again in a moment.',
        {},
        { 'Retry-After': '2' },
      )
    await app.wait(LOOK)
  }
  busy++
  try {
    return await work()
  } finally {
    busy--
  }
}
