import { newId } from '../crypto/id.ts'
import { type InStatement, sql } from '../db.ts'
import { LIMITS } from '../limits/rules.ts'
import { countTry, limitKey } from '../limits/store.ts'
import { subscriberOf, textOf } from '../net/address.ts'
import { boundsOf } from './bounds.ts'
import { sparedIn } from './spared.ts'

/** How long failed sign-ins block their address, in ms. */
const BLOCKED_FOR = 3600_000

/**
 * The statements that count a failed sign-in for its address, and block the address for an hour when it was the
 * twentieth within one; the second of them affects a row just then. None for an address that cannot be read, this machine
 * itself and trusted proxies. An IPv6 address is counted and blocked as its /64.
 */
export function blockAfterFailures(
  address: string | undefined,
  trustedProxies: readonly string[],
  now: number,
): InStatement[] {
  const network = subscriberOf(address)
  if (!network || sparedIn(network, trustedProxies)) return []
  const { tries, window } = LIMITS['sign-in-failed']
  const key = limitKey('sign-in-failed', textOf(network))
  const id = newId()
  const last = `key = :key AND ref = :id AND count >= ${tries}`
  return [
    countTry(key, tries, window, id, now),
    sql(
      `INSERT INTO blocks (id, low, high, block, reason, source, until, created_at)
       SELECT :id, :low, :high, :block, :reason, 'sign-in', :until, :now FROM limits WHERE ${last}`,
      {
        ...boundsOf(network),
        id,
        key,
        reason: `${tries} failed sign-ins within an hour`,
        until: now + BLOCKED_FOR,
        now,
      },
    ),
    // When the block has ended, counting begins anew.
    sql(`DELETE FROM limits WHERE ${last}`, { key, id }),
  ]
}
