import { blockKey } from '../blocks/bounds.ts'
import { newId } from '../crypto/id.ts'
import { type Db, first, sql, write } from '../db.ts'
import { LIMITS } from '../limits/rules.ts'
import { counted, countTry, limitKey } from '../limits/store.ts'
import { PERSON_ROWS, VIEW, type ViewRow } from '../people/store.ts'
import type { PersonClaims } from '../people/token.ts'

interface IceRow extends ViewRow {
  /** This request is within the limit: 0 or 1. */
  counted: number
}

/** Counts a person's request for servers, and reads whether they may have them: one round trip. */
export async function askForServers(
  db: Db,
  { p, r, l }: PersonClaims,
  address: string | undefined,
  now: number,
): Promise<IceRow | undefined> {
  const key = limitKey('ice', p)
  const ref = newId()
  const { tries, window } = LIMITS.ice
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
