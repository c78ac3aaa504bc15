import { newHiddenName } from '../crypto/id.ts'
import { all, type InStatement, type InValue, sql } from '../db.ts'
import type { App } from '../deps.ts'
import { originClient } from '../origins/client.ts'

/**
 * Orders to an origin that must not be lost: written in the same batch as the change that wants them, carried out
 * after the answer, and again by the minute job until the origin has obeyed.
 */

/** Waits between attempts double from 5 s to 5 min; a stream that lives on is dropped however long that takes. */
const FIRST_RETRY = 5_000
const LAST_RETRY = 300_000
/** A runner that took an order has this long, in ms, before another may try. */
const HELD = 15_000

/**
 * The statement that orders streams dropped at their origins.
 * @param from what follows FROM, with the streams as `s` and their rooms as `r`; its arguments are `args` and `:now`
 */
export const orderDrops = (from: string, args: Record<string, InValue>, now: number): InStatement =>
  sql(
    `INSERT INTO outbox (kind, origin_id, target, created_at, due_at)
     SELECT DISTINCT 'drop-stream', r.origin_id, s.hidden_name, :now, :now FROM ${from}`,
    { ...args, now },
  )

/**
 * The statements that drop and forget a stream's publisher and give the stream a new hidden name: whoever was admitted a
 * moment ago and is not yet listed at the origin cannot be dropped; under the old name nobody watches it.
 * @param which the condition that finds the one stream `s`, over `args`
 */
export const startAnew = (which: string, args: Record<string, InValue>, now: number): InStatement[] => [
  orderDrops(`streams s JOIN rooms r ON r.id = s.room_id WHERE ${which}`, args, now),
  sql(`DELETE FROM publications WHERE stream_id IN (SELECT s.id FROM streams s WHERE ${which})`, args),
  sql(
    `UPDATE streams SET hidden_name = :name, playable_at = NULL WHERE id = (SELECT s.id FROM streams s WHERE ${which})`,
    { ...args, name: newHiddenName() },
  ),
]

interface Order {
  id: number
  originId: string
  target: string
  attempts: number
}

/** Carries out what is due. Two runners never hold the same order: taking it is one conditional update. */
export async function drainOutbox(app: App): Promise<void> {
  const now = app.now()
  const taken = await app.db.execute(
    sql(
      `UPDATE outbox SET due_at = :heldUntil, attempts = attempts + 1
       WHERE id IN (SELECT id FROM outbox WHERE due_at <= :now ORDER BY due_at LIMIT 20)
       RETURNING id, origin_id AS originId, target, attempts`,
      { now, heldUntil: now + HELD },
    ),
  )
  // All at once: one after another, the last would still be waiting when its hold ends.
  await Promise.all(all<Order>(taken).map(order => carryOut(app, order)))
}

async function carryOut(app: App, { id, originId, target, attempts }: Order): Promise<void> {
  const origin = app.origins.get(originId)
  // An origin that is no longer configured cannot be told anything, now or later.
  const done = !origin?.apiUrl || (await originClient(origin, app.fetch).drop(target)) === 'dropped'
  if (done) {
    await app.db.execute(sql('DELETE FROM outbox WHERE id = :id', { id }))
    return
  }
  const dueAt = app.now() + Math.min(LAST_RETRY, FIRST_RETRY * 2 ** Math.min(attempts - 1, 10))
  app.log.warn('outbox.retry', { originId, attempts, inMs: dueAt - app.now() })
  await app.db.execute(sql('UPDATE outbox SET due_at = :dueAt WHERE id = :id', { id, dueAt }))
}
