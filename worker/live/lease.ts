import { type Db, sql } from '../db.ts'
import type { App } from '../deps.ts'
import { faultOf } from '../log.ts'

/** How long carrying the channel is promised to a process (ms), how often it asks again, and how often who has to wait does. */
const HELD = 30_000
const RENEW_EVERY = 10_000
const ASK_EVERY = 2_000

/** `unknown` until the database has answered. */
export type Carried = 'unknown' | 'here' | 'elsewhere'

/** Which process carries the live channel: rooms that were split between two would each show half of the people. */
export interface Lease {
  readonly carried: Carried
  /** Asks for it when that is due. Never throws: without the database everything stays as it is. */
  tick(): Promise<void>
  /** Leaves it to others. */
  release(): Promise<void>
}

/**
 * @param holder names the process. One that begins again under the same name goes on at once; another one waits.
 * @param changed is told when it becomes clear, or becomes otherwise
 */
export function createLease(
  { db, log, now }: Pick<App, 'db' | 'log' | 'now'>,
  holder: string,
  changed: (carried: Carried) => void,
): Lease {
  let carried: Carried = 'unknown'
  let due = 0
  let released = false
  return {
    get carried() {
      return carried
    },
    async tick() {
      if (released || now() < due) return
      due = now() + (carried === 'here' ? RENEW_EVERY : ASK_EVERY)
      try {
        const found = (await take(db, holder, now())) ? 'here' : 'elsewhere'
        if (released || found === carried) return
        carried = found
        if (found === 'here') due = now() + RENEW_EVERY
        if (found === 'here') log.info('live.carried')
        else log.error('live.carried-elsewhere', { hint: 'send all connections to one process' })
        changed(found)
      } catch (error) {
        log.warn('live.lease-failed', { error: faultOf(error) })
      }
    },
    async release() {
      released = true
      await db
        .execute(sql('UPDATE live_lease SET held_until = 0 WHERE one = 1 AND holder = :holder', { holder }))
        .catch(error => log.warn('live.lease-failed', { error: faultOf(error) }))
    },
  }
}

/** One conditional update: of many that ask at once one has it. */
async function take(db: Db, holder: string, now: number): Promise<boolean> {
  const { rowsAffected } = await db.execute(
    sql(
      `UPDATE live_lease SET holder = :holder, held_until = :until
       WHERE one = 1 AND (holder = :holder OR held_until <= :now)`,
      { holder, now, until: now + HELD },
    ),
  )
  return rowsAffected > 0
}
