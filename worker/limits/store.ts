import { type InStatement, type InValue, sql } from '../db.ts'
import { subscriberOf, textOf } from '../net/address.ts'

/** Counters of tries in the database, so that they hold for every instance. One upsert counts: nothing is read first. */

/** The key of a counter: what is limited, and for whom: an address, or ids. */
export const limitKey = (what: string, ...whose: string[]): string => [what, ...whose].join('|')

/** An address as counters know it. Those that cannot be read count as one: else they would not be limited at all. */
export function addressKey(address: string | undefined): string {
  const network = subscriberOf(address)
  return network ? textOf(network) : 'unknown'
}

/** A condition under which a try is counted at all, with its arguments. */
export interface Only {
  sql: string
  args: Record<string, InValue>
}

/**
 * Counts a try, alone or in a batch. One beyond the limit changes nothing: no row is affected, nothing is returned, and
 * `ref` is not the row's (see {@link counted}). The window begins with its first try and is not moved by later ones.
 * @param windowMs ms
 * @param ref what this try is known by; random, so that no other is taken for it
 */
export const countTry = (
  key: string,
  limit: number,
  windowMs: number,
  ref: string,
  now: number,
  only: Only = { sql: 'true', args: {} },
): InStatement =>
  sql(
    `INSERT INTO limits (key, count, window_ends, ref) SELECT :key, 1, :now + :windowMs, :ref WHERE ${only.sql}
     ON CONFLICT (key) DO UPDATE SET
       count = CASE WHEN limits.window_ends > :now THEN limits.count + 1 ELSE 1 END,
       window_ends = CASE WHEN limits.window_ends > :now THEN limits.window_ends ELSE excluded.window_ends END,
       ref = excluded.ref
     WHERE limits.window_ends <= :now OR limits.count < :limit`,
    { ...only.args, key, limit, windowMs, ref, now },
  )

/** A condition for other statements of the batch: this try was the one counted last. Names two arguments. */
export const counted = (keyArg: string, refArg: string): string =>
  `EXISTS (SELECT 1 FROM limits WHERE key = :${keyArg} AND ref = :${refArg})`
