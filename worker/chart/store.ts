import { blockKey } from '../blocks/bounds.ts'
import { newId } from '../crypto/id.ts'
import { type Db, first, sql, write } from '../db.ts'
import { LIMITS } from '../limits/rules.ts'
import { counted, countTry, limitKey } from '../limits/store.ts'
import { PERSON_ROWS, VIEW, type ViewRow } from '../people/store.ts'
import type { PersonClaims } from '../people/token.ts'

/** When a room's chart has an end. */
export interface ChartRoom {
  endsAt: number | null
  endedAt: number | null
}

/** The room of a chart link: one indexed read. */
export async function chartRoom(db: Db, roomId: string): Promise<ChartRoom | undefined> {
  return first(
    await db.execute(
      sql('SELECT ends_at AS endsAt, ended_at AS endedAt FROM rooms WHERE id = :roomId', { roomId }),
    ),
  )
}

interface AskerRow extends ViewRow {
  /** This request is within the limit: 0 or 1. */
  counted: number
}

/** Counts a person's request for a chart link, and reads whether they may have one: one round trip. */
export async function askForChart(
  db: Db,
  { p, r, l }: PersonClaims,
  address: string | undefined,
  now: number,
): Promise<AskerRow | undefined> {
  const key = limitKey('chart', p)
  const ref = newId()
  const { tries, window } = LIMITS.chart
  const [, row] = await write(db, [
    countTry(key, tries, window, ref, now),
    sql(
      `SELECT ${VIEW}, p.removed_at AS personRemovedAt, ${counted('key', 'ref')} AS counted
       FROM ${PERSON_ROWS}
       WHERE p.id = :personId AND p.room_id = :roomId AND p.link_id = :linkId`,
      { personId: p, roomId: r, linkId: l, blockKey: blockKey(address), key, ref, now },
    ),
  ])
  return first(row)
}
