import { bytesOf } from '../crypto/encoding.ts'
import { constantTimeEqual } from '../crypto/equal.ts'
import { iso } from '../http/fields.ts'
import { howLong, retryAfter } from '../limits/limit.ts'
import { Problem } from '../problem.ts'
import { refusal } from './may-watch.ts'
import type { PinState } from './pin-tries.ts'
import type { LinkGate } from './store.ts'

/**
 * Why nobody was let in through a genuine link that may be watched; the order is that of what can be mended last. The
 * statement in joinThroughLink has these conditions beside mayWatch's and no other (a property test says so).
 * @param macs what a right PIN may be stored as; empty when none was given
 * @param pin what became of it
 */
export function joinFault(row: LinkGate, macs: string[], pin: PinState | undefined, now: number): Problem {
  const needs = { name: row.fixedName === null && Boolean(row.askName), pin: row.pinMac !== null }
  if (row.maxUses !== null && row.uses >= row.maxUses) return refusal('link_used_up')
  if (row.pinMac !== null) {
    if (!pin) return new Problem(403, 'pin_required', 'Type the PIN from your invitation.', { needs })
    if (!pin.compared) return locked(pin.retryAt, needs, now)
    const stored = bytesOf(row.pinMac)
    if (!macs.some(mac => constantTimeEqual(bytesOf(mac), stored))) return wrong(pin, needs, now)
  }
  return new Problem(400, 'name_required', 'Say who you are.', { needs })
}

function locked(retryAt: number, needs: object, now: number): Problem {
  const detail = `Too many wrong PINs. Try again in ${howLong(retryAt - now)}.`
  return new Problem(429, 'pin_locked', detail, { needs, retryAt: iso(retryAt) }, retryAfter(retryAt - now))
}

function wrong({ triesLeft, retryAt }: PinState & { compared: true }, needs: object, now: number): Problem {
  const next =
    retryAt === null
      ? `${triesLeft} ${triesLeft === 1 ? 'try' : 'tries'} left.`
      : `Try again in ${howLong(retryAt - now)}.`
  const extra = { needs, triesLeft, ...(retryAt !== null && { retryAt: iso(retryAt) }) }
  const headers = retryAt === null ? {} : retryAfter(retryAt - now)
  return new Problem(403, 'pin_wrong', `That PIN is not right. ${next}`, extra, headers)
}
