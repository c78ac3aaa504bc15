import { blockKey } from '../blocks/bounds.ts'
import { BLOCKED } from '../blocks/store.ts'
import { newId } from '../crypto/id.ts'
import { first, sql, write } from '../db.ts'
import type { App } from '../deps.ts'
import { blocked, Problem } from '../problem.ts'
import { LIMITS, type Limited } from './rules.ts'
import { addressKey, countTry, limitKey } from './store.ts'

/** How long the runtime's own limiter may go on refusing, in ms: it tells only that it does. */
const RUNTIME_WINDOW = 60_000

/** `4 minutes`, `1 minute`, `20 seconds`: rounded up, so that who waits as long is let in. */
export function howLong(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000))
  const [n, unit] = seconds < 60 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute']
  return `${n} ${unit}${n === 1 ? '' : 's'}`
}

/** How a refusal tells when to come back, in whole seconds. */
export const retryAfter = (ms: number): Record<string, string> => ({
  'Retry-After': String(Math.max(1, Math.ceil(ms / 1000))),
})

/** @param ms until a try is counted again */
export const tooMany = (ms: number): Problem =>
  new Problem(429, 'too_many', `Too many tries. Try again in ${howLong(ms)}.`, {}, retryAfter(ms))

/**
 * Asks the runtime's own limiter, where there is one: it costs no round trip, but knows only what happens near it, so
 * the database counts what it lets through.
 * @throws {Problem} 429
 */
export async function limitNearby(app: App, key: string): Promise<void> {
  if (app.rateLimit && !(await app.rateLimit(key))) throw tooMany(RUNTIME_WINDOW)
}

/**
 * Counts a stranger's try for their address, and looks whether it is blocked: one round trip of its own. Tries of blocked
 * addresses are not counted: a blocked network must not fill the table.
 * @throws {Problem} 403 `blocked`, 429 beyond the limit
 */
export async function limitTries(app: App, what: Limited, address: string | undefined): Promise<void> {
  const key = limitKey(what, addressKey(address))
  await limitNearby(app, key)
  const { tries, window } = LIMITS[what]
  const [ref, now] = [newId(), app.now()]
  const who = blockKey(address)
  const [, row] = await write(app.db, [
    countTry(key, tries, window, ref, now, { sql: `NOT ${BLOCKED}`, args: { blockKey: who } }),
    sql(
      `SELECT (SELECT ref FROM limits WHERE key = :key) AS ref,
         (SELECT window_ends FROM limits WHERE key = :key) AS windowEnds, ${BLOCKED} AS blocked`,
      { key, blockKey: who, now },
    ),
  ])
  const found = first<{ ref: string | null; windowEnds: number | null; blocked: number }>(row)
  if (found?.blocked) throw blocked()
  if (found?.ref !== ref) throw tooMany((found?.windowEnds ?? now) - now)
}
