import { all, type Db, first, type InStatement, type ResultSet, read, sql, write } from '../db.ts'
import { iso } from '../http/fields.ts'
import { cut } from '../http/page.ts'
import { seenOf, seenStatement } from '../subrooms/populated.ts'
import { MAY, naming } from './acts/conditions.ts'
import { actStatements, outcomeOf, removedOf, removedStatement } from './acts/store.ts'
import { displayOf, displayStatement, incidentStatements } from './health-store.ts'
import { changeOutcome, changeStatements } from './notes-store.ts'
import type { Place } from './place.ts'
import type { ChatMessage } from './protocol.ts'
import type { AboutChat, Answer, Ask } from './rules/state.ts'
import { stillSeen, stillStatement } from './stills-store.ts'

/** Messages a page of the chat has. */
export const CHAT_PAGE = 50

interface ChatRow {
  id: string
  personId: string
  personName: string
  toId: string | null
  toName: string | null
  me: number
  text: string
  replyTo: string | null
  ref: string
  createdAt: number
  editedAt: number | null
}

const ROW = `id, person_id AS personId, person_name AS personName, to_id AS toId, to_name AS toName, me, text,
    reply_to AS replyTo, ref, created_at AS createdAt, edited_at AS editedAt`

/** What only reads. */
const READS: ReadonlySet<Ask['kind']> = new Set(['page', 'removed', 'subrooms', 'still'])

/** Whether somebody may see a message. */
const SEEN = '(c.to_id IS NULL OR c.to_id = :by OR c.person_id = :by)'

/**
 * Does what a room's channel asks, all of it or nothing, in one round trip and in this order.
 * @throws what the database throws; then nothing was done
 */
export async function answerAsks(db: Db, place: Place, asks: readonly Ask[]): Promise<Answer[]> {
  const statements = asks.map(ask => statementsOf(place, ask))
  const isRead = asks.every(({ kind }) => READS.has(kind))
  const results = await (isRead ? read : write)(db, statements.flat())
  return asks.map((ask, i) => answerOf(ask, results.splice(0, statements[i]!.length)))
}

const statementsOf = (place: Place, ask: Ask): InStatement[] => {
  const { roomId } = place
  if (ask.kind === 'act') return actStatements(place, ask.act, ask.by.id, ask.at)
  if (ask.kind === 'removed') return [removedStatement(roomId, ask.by.id)]
  if (ask.kind === 'subrooms') return [seenStatement(roomId, ask.by.id)]
  if (ask.kind === 'still') return [stillStatement(roomId, ask.id)]
  if (ask.kind === 'note') return changeStatements(place, ask)
  if (ask.kind === 'display') return [displayStatement(roomId, ask)]
  if (ask.kind === 'incident') return incidentStatements(roomId, ask.incident)
  if (ask.kind === 'delete' && !('id' in ask.which))
    return [deletion(place, ask), naming(`SELECT ${MAY} AS may`, { roomId, by: ask.by.id })]
  return [statementOf(place, ask)]
}

function statementOf({ roomId, sub }: Place, ask: AboutChat): InStatement {
  const by = ask.by.id
  switch (ask.kind) {
    case 'say':
      // What is there under this name comes back under its own id, and stays as it is.
      return sql(
        `INSERT INTO chat (id, room_id, person_id, person_name, to_id, to_name, me, text, reply_to, ref, created_at, sub)
         SELECT :id, r.id, :by, :name, :toId, :toName, :me, :text,
           (SELECT c.id FROM chat c WHERE c.id = :replyTo AND c.room_id = :roomId AND c.sub = :sub AND ${SEEN}), :ref, :at, :sub
         FROM rooms r WHERE r.id = :roomId
         ON CONFLICT (person_id, ref) DO UPDATE SET ref = excluded.ref RETURNING ${ROW}`,
        {
          id: ask.id,
          roomId,
          sub,
          by,
          name: ask.by.name,
          toId: ask.to?.id ?? null,
          toName: ask.to?.name ?? null,
          me: Number(ask.me),
          text: ask.text,
          replyTo: ask.replyTo,
          ref: ask.ref,
          at: ask.at,
        },
      )
    case 'edit':
      return sql(
        `UPDATE chat SET text = :text, edited_at = :at WHERE id = :id AND room_id = :roomId AND sub = :sub AND person_id = :by
         RETURNING ${ROW}`,
        { id: ask.id, roomId, sub, by, text: ask.text, at: ask.at },
      )
    case 'delete':
      return deletion({ roomId, sub }, ask)
    case 'page': {
      const [at, id] = ask.before?.split('.') ?? []
      const before = id === undefined ? '' : 'AND (c.created_at, c.id) < (:at, :id)'
      return sql(
        `SELECT ${ROW} FROM chat c WHERE c.room_id = :roomId AND c.sub = :sub AND c.created_at >= :since ${before} AND ${SEEN}
         ORDER BY c.created_at DESC, c.id DESC LIMIT ${CHAT_PAGE + 1}`,
        { roomId, sub, by, since: ask.since, ...(id === undefined ? {} : { at: Number(at), id }) },
      )
    }
  }
}

/** Of others' messages only as long as they are an operator. */
function deletion(
  { roomId, sub }: Place,
  { which, by, anybody }: Extract<Ask, { kind: 'delete' }>,
): InStatement {
  const args = { roomId, sub, by: by.id, anybody: Number(anybody) }
  if ('id' in which)
    return naming(
      `DELETE FROM chat WHERE id = :id AND room_id = :roomId AND sub = :sub AND (person_id = :by OR :anybody AND ${MAY})
       RETURNING person_id AS personId, to_id AS toId`,
      { ...args, id: which.id },
    )
  return 'of' in which
    ? naming(`DELETE FROM chat WHERE person_id = :of AND room_id = :roomId AND sub = :sub AND ${MAY}`, {
        ...args,
        of: which.of,
      })
    : naming(`DELETE FROM chat WHERE room_id = :roomId AND sub = :sub AND ${MAY}`, args)
}

function answerOf(ask: Ask, results: readonly ResultSet[]): Answer {
  const result = results[0]!
  switch (ask.kind) {
    case 'act':
      return { acted: outcomeOf(results) }
    case 'removed':
      return { removed: removedOf(result) }
    case 'subrooms':
      return { subrooms: seenOf(result) }
    case 'still':
      return { still: stillSeen(result) }
    case 'note':
      return { note: changeOutcome(ask.change, results) }
    case 'display':
      return displayOf(result)
    case 'incident':
      return { noted: true }
    case 'say': {
      const row = first<ChatRow>(result)
      // No row: the room is gone, and with it whatever could be saved.
      if (!row) return 'failed'
      return { said: row.id === ask.id ? messageOf(row) : 'already' }
    }
    case 'edit': {
      const row = first<ChatRow>(result)
      return { edited: row && messageOf(row) }
    }
    case 'delete': {
      if (!('id' in ask.which))
        return { deleted: first<{ may: number }>(results[1])!.may ? 'many' : undefined }
      const row = first<Pick<ChatRow, 'personId' | 'toId'>>(result)
      return { deleted: row && { from: row.personId, to: row.toId } }
    }
    case 'page': {
      const { items, next } = cut(all<ChatRow>(result), CHAT_PAGE)
      return { page: { items: items.map(messageOf).reverse(), next } }
    }
  }
}

const messageOf = (row: ChatRow): ChatMessage => ({
  id: row.id,
  at: iso(row.createdAt)!,
  from: { id: row.personId, name: row.personName },
  to: row.toId === null ? null : { id: row.toId, name: row.toName! },
  me: Boolean(row.me),
  text: row.text,
  replyTo: row.replyTo,
  editedAt: iso(row.editedAt),
  ref: row.ref,
})
