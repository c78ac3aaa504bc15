import { BANNED } from '../blocks/bans.ts'
import { BLOCKED } from '../blocks/store.ts'
import { all, type InStatement, type InValue, type ResultSet, sql } from '../db.ts'
import { LIMITS } from '../limits/rules.ts'
import { counted, countTry } from '../limits/store.ts'
import { OPENED } from './opened.ts'

/**
 * PINs are guessed by those who have the link. A try is reserved in the transaction that compares it, so that no two are
 * compared on one reservation: it counts for its address, and for the link from everywhere; when the link has had too
 * many wrong ones, one try has its turn every few seconds. A right PIN gives all of that back.
 */
export interface PinTry {
  linkId: string
  keyVersion: number
  slug: string
  blockKey: string | null
  /** What a right PIN may be stored as, as JSON. */
  pinMacs: string
  /** What this try is known by: the id of the person it would make. */
  ref: string
  /** Counters: of joins from this address, of PINs from this address, of PINs for the link, of its pace. */
  joinKey: string
  pinKey: string
  linkKey: string
  paceKey: string
}

/** What became of a PIN; times in ms. */
export type PinState =
  /** `retryAt` when no try is left. */
  | { compared: true; triesLeft: number; retryAt: number | null }
  /** It was not looked at. */
  | { compared: false; retryAt: number }

/** A PIN counts only where it opens something: for a link that has one, from who shows the secret and may join. */
const WANTED = `EXISTS (SELECT 1 FROM links l JOIN ${OPENED}
    WHERE l.id = :linkId AND l.key_version = :keyVersion AND l.pin_mac IS NOT NULL AND NOT ${BANNED})
  AND ${counted('joinKey', 'ref')} AND NOT ${BLOCKED}`

const RIGHT = `EXISTS (SELECT 1 FROM links l
    WHERE l.id = :linkId AND l.pin_mac IN (SELECT value FROM json_each(:pinMacs)))`

const full = (keyArg: string, tries: number) =>
  `EXISTS (SELECT 1 FROM limits WHERE key = :${keyArg} AND window_ends > :now AND count >= ${tries})`
const SLOWED = full('linkKey', LIMITS['pin-link'].tries)

/** The statements before the one that lets in; the second of them affects a row just when the PIN may be compared. */
export function reservePin(t: PinTry, now: number): InStatement[] {
  const { linkId, keyVersion, slug, blockKey, joinKey, pinKey, linkKey, paceKey, ref } = t
  const wanted = { linkId, keyVersion, slug, blockKey, joinKey, linkKey }
  const { pin, 'pin-link': link, 'pin-pace': pace } = LIMITS
  return [
    // An address that is locked does not take the turn of another.
    countTry(paceKey, pace.tries, pace.window, ref, now, {
      sql: `${WANTED} AND ${SLOWED} AND NOT ${full('pinKey', pin.tries)}`,
      args: { ...wanted, pinKey },
    }),
    countTry(pinKey, pin.tries, pin.window, ref, now, {
      sql: `${WANTED} AND (NOT ${SLOWED} OR ${counted('paceKey', 'ref')})`,
      args: { ...wanted, paceKey },
    }),
    countTry(linkKey, Number.MAX_SAFE_INTEGER, link.window, ref, now, {
      sql: counted('pinKey', 'ref'),
      args: { pinKey },
    }),
  ]
}

/** The statements after it: what a right PIN gives back, and the counters as they then are for {@link pinState}. */
export function releasePin(t: PinTry): InStatement[] {
  const { linkId, pinMacs, pinKey, linkKey, paceKey, ref } = t
  const right: Record<string, InValue> = { linkId, pinMacs, ref }
  return [
    sql(`UPDATE limits SET count = count - 1 WHERE key = :linkKey AND ref = :ref AND ${RIGHT}`, {
      ...right,
      linkKey,
    }),
    sql(`DELETE FROM limits WHERE key IN (:pinKey, :paceKey) AND ref = :ref AND ${RIGHT}`, {
      ...right,
      pinKey,
      paceKey,
    }),
    sql('SELECT key, count, window_ends AS windowEnds FROM limits WHERE key IN (:pinKey, :paceKey)', {
      pinKey,
      paceKey,
    }),
  ]
}

/** @param reserved whether the reservation affected a row */
export function pinState(t: PinTry, reserved: boolean, counters: ResultSet, now: number): PinState {
  const rows = all<{ key: string; count: number; windowEnds: number }>(counters)
  const live = (key: string) => rows.find(row => row.key === key && row.windowEnds > now)
  const own = live(t.pinKey)
  const triesLeft = LIMITS.pin.tries - (own?.count ?? 0)
  const lockedUntil = own && triesLeft <= 0 ? own.windowEnds : null
  if (reserved) return { compared: true, triesLeft, retryAt: lockedUntil }
  return { compared: false, retryAt: lockedUntil ?? live(t.paceKey)?.windowEnds ?? now }
}
