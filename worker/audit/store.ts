import { all, type Db, type InValue, sql } from '../db.ts'
import type { AuditAction } from './actions.ts'
import type { AuditContents } from './row.ts'

/** What to look for; all of it must fit. Times in ms, `to` excluded. */
export interface AuditFilter {
  actor?: string | undefined
  action?: AuditAction[] | undefined
  outcome?: 'done' | 'refused' | undefined
  room?: string | undefined
  address?: string | undefined
  from?: number | undefined
  to?: number | undefined
}

export type AuditRow = Omit<AuditContents, 'ref'> & { id: number }

const SHOWN = `id, at, action, outcome, actor_kind, actor_id, actor_name, target_kind, target_id, target_name, room_id,
  params, address, user_agent`

/**
 * Rows are written a little after what they tell of, and after an outage a lot: the order of ids is nearly that of times.
 * So a time becomes a bound of ids by looking at as many rows beside it as an instance can hold back, and one more.
 */
const BESIDE = 5_001

const equal = { actor: 'actor_id', outcome: 'outcome', room: 'room_id', address: 'address' } as const

/** The newest rows that fit, before a given one: at most `limit`. */
export async function listAudit(
  db: Db,
  filter: AuditFilter,
  { limit, before }: { limit: number; before: number | undefined },
): Promise<AuditRow[]> {
  const args: Record<string, InValue> = { limit }
  const where: string[] = []
  for (const [name, column] of Object.entries(equal) as [keyof typeof equal, string][]) {
    const value = filter[name]
    if (value === undefined) continue
    // Written out, because the index of refusals is only used for a constant.
    where.push(name === 'outcome' ? `outcome = '${value}'` : `${column} = :${name}`)
    if (name !== 'outcome') args[name] = value
  }
  if (before !== undefined) {
    where.push('id < :before')
    args.before = before
  }
  if (filter.from !== undefined) {
    where.push(
      `at >= :from AND id >= (SELECT MIN(id) FROM (SELECT id FROM audit WHERE at >= :from ORDER BY at LIMIT ${BESIDE}))`,
    )
    args.from = filter.from
  }
  if (filter.to !== undefined) {
    where.push(
      `at < :to AND id <= (SELECT MAX(id) FROM (SELECT id FROM audit WHERE at < :to ORDER BY at DESC LIMIT ${BESIDE}))`,
    )
    args.to = filter.to
  }
  return all(await db.execute(sql(selectOf(where, filter.action, args), args)))
}

/** Several actions are several look-ups by index, each of which ends after a page. */
function selectOf(
  where: string[],
  actions: AuditAction[] | undefined,
  args: Record<string, InValue>,
): string {
  const one = (conditions: string[]) =>
    `SELECT ${SHOWN} FROM audit ${conditions.length ? `WHERE ${conditions.join(' AND ')}` : ''} ORDER BY id DESC LIMIT :limit`
  if (!actions) return one(where)
  const each = actions.map((action, i) => {
    args[`action${i}`] = action
    return `SELECT * FROM (${one([`action = :action${i}`, ...where])})`
  })
  return `SELECT * FROM (${each.join(' UNION ALL ')}) ORDER BY id DESC LIMIT :limit`
}

/** All rows that fit, newest first, a page at a time: an audit is larger than memory. */
export async function* pagesOfAudit(db: Db, filter: AuditFilter, limit = 1_000): AsyncGenerator<AuditRow[]> {
  let before: number | undefined
  for (;;) {
    const rows = await listAudit(db, filter, { limit, before })
    if (rows.length) yield rows
    if (rows.length < limit) return
    before = rows.at(-1)!.id
  }
}
