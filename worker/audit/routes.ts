import type { App } from '../deps.ts'
import { NO_STORE } from '../http/json.ts'
import { type Route, route } from '../http/route.ts'
import { notFound } from '../problem.ts'
import { getRoom } from '../rooms/store.ts'
import { type AttendanceEvent, attendanceOf } from './attendance.ts'
import { paramsOf } from './params.ts'
import { Attendance, AuditList, AuditQuery, ExportQuery, type Visit } from './schema.ts'
import { type AuditRow, listAudit, pagesOfAudit } from './store.ts'
import { ATTENDANCE_HEADER, AUDIT_HEADER, auditLine, eventOf, itemOf, visitLine, visitOf } from './views.ts'

const fileOf = (type: string, name: string) => ({
  ...NO_STORE,
  'Content-Type': type,
  'Content-Disposition': `attachment; filename="${name}"`,
})

/** `20261121T120000Z`: for a file's name. */
const stamp = (now: number) => new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')

/**
 * A text in pieces, each made when the reader wants it; a reader who leaves ends the work. The first page is read before:
 * without a database there is no file, not a broken one.
 */
async function streamOf(head: string, pages: AsyncGenerator<AuditRow[]>, lineOf: (row: AuditRow) => string) {
  const utf8 = new TextEncoder()
  const textOf = (rows: AuditRow[]) => rows.map(lineOf).join('')
  const { value: first = [] } = await pages.next()
  return new ReadableStream<Uint8Array>(
    {
      start: controller => controller.enqueue(utf8.encode(head + textOf(first))),
      async pull(controller) {
        const { done, value } = await pages.next()
        if (done) controller.close()
        else controller.enqueue(utf8.encode(textOf(value)))
      },
      cancel: () => void pages.return(undefined),
    },
    { highWaterMark: 0 },
  )
}

/** @throws {Problem} 404 for a room that neither is nor was */
async function visitsOf(app: App, room: string): Promise<Visit[]> {
  const now = app.now()
  const events: AttendanceEvent[] = []
  const comings = ['person.join', 'play.opening', 'play.closing'] as const
  for await (const rows of pagesOfAudit(app.db, { room, action: [...comings], outcome: 'done' }))
    events.push(...rows.flatMap(row => eventOf(row) ?? []))
  if (!events.length && !(await getRoom(app.db, room, now))) throw notFound()
  return attendanceOf(events, now).map(visitOf)
}

export const auditRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/audit',
    who: { right: 'audit:read' },
    summary: 'The audit, newest first',
    query: AuditQuery,
    answers: { 200: AuditList },
    async handle({ c, app, query }) {
      const { limit, cursor, ...filter } = query
      const rows = await listAudit(app.db, filter, { limit: limit + 1, before: cursor })
      const items = rows.slice(0, limit).map(itemOf)
      const next = rows.length > limit ? `${items.at(-1)!.id}` : null
      const keptDays = app.config.auditKeepDays
      return c.json({ items, next, keptDays } satisfies AuditList, 200, NO_STORE)
    },
  }),
  route({
    method: 'get',
    path: '/api/audit/export',
    who: { right: 'audit:read' },
    summary: 'The audit as a file, newest first; itself recorded',
    audit: { action: 'audit.export', kind: 'audit' },
    query: ExportQuery,
    answers: { 200: null },
    async handle({ c, app, query, tell }) {
      const { format, ...filter } = query
      tell({ params: paramsOf(query) })
      const pages = pagesOfAudit(app.db, filter)
      const name = `audit-${stamp(app.now())}.${format}`
      return format === 'csv'
        ? c.body(await streamOf(AUDIT_HEADER, pages, auditLine), 200, fileOf('text/csv; charset=utf-8', name))
        : c.body(
            await streamOf('', pages, row => `${JSON.stringify(itemOf(row))}\n`),
            200,
            fileOf('application/jsonl; charset=utf-8', name),
          )
    },
  }),
  route({
    method: 'get',
    path: '/api/rooms/:id/attendance',
    who: { right: 'attendance:read' },
    summary: 'Who was in a room, through which link, when and from where',
    answers: { 200: Attendance, 404: null },
    async handle({ c, app, params }) {
      const items = await visitsOf(app, params.id!)
      return c.json({ items, next: null } satisfies Attendance, 200, NO_STORE)
    },
  }),
  route({
    method: 'get',
    path: '/api/rooms/:id/attendance.csv',
    who: { right: 'attendance:read' },
    summary: 'The same as a file',
    answers: { 200: null, 404: null },
    async handle({ c, app, params }) {
      const visits = await visitsOf(app, params.id!)
      const name = `attendance-${stamp(app.now())}.csv`
      return c.body(
        ATTENDANCE_HEADER + visits.map(visitLine).join(''),
        200,
        fileOf('text/csv; charset=utf-8', name),
      )
    },
  }),
]
