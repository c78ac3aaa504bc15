import { formatTimecode } from '../../timecode/timecode.ts'
import { first, sql } from '../db.ts'
import type { App } from '../deps.ts'
import { iso } from '../http/fields.ts'
import { NO_STORE } from '../http/json.ts'
import { type Call, type Route, route } from '../http/route.ts'
import type { Act } from '../live/acts/acts.ts'
import { carryOut } from '../live/acts/store.ts'
import type { RoomTimecode } from '../live/messages/timecode.ts'
import { AHEAD, BEHIND } from '../live/rules/timecode.ts'
import { invalid, notFound } from '../problem.ts'
import { NewTimecode, Timecode } from './schema.ts'

const timecodeOf = ({ rate, frame, at, running, by }: RoomTimecode): Timecode => ({
  rate,
  timecode: formatTimecode(frame, rate),
  at: iso(at)!,
  running,
  by,
})

async function readTimecode({ db }: Pick<App, 'db'>, roomId: string): Promise<RoomTimecode | undefined> {
  const row = first<Omit<RoomTimecode, 'running'> & { running: number }>(
    await db.execute(
      sql('SELECT rate, frame, at, running, set_by_name AS by FROM room_timecodes WHERE room_id = :roomId', {
        roomId,
      }),
    ),
  )
  return row && { ...row, running: Boolean(row.running) }
}

/** @throws {Problem} 404 when there is no such room */
async function act(call: Pick<Call<never, never>, 'app' | 'after' | 'params'>, what: Act): Promise<void> {
  const { app, params, after } = call
  const outcome = await carryOut(app.db, params.id!, what, 'staff', app.now())
  if ('refused' in outcome) throw notFound()
  after('live.changed', () => app.live.changed(params.id!))
}

const path = '/api/rooms/:id/timecode'

export const timecodeRoutes: Route[] = [
  route({
    method: 'get',
    path,
    who: { right: 'rooms:read' },
    summary: "What timecode a room's picture shows; 404 when nobody has said so",
    answers: { 200: Timecode, 404: null },
    async handle({ c, app, params }) {
      const clock = await readTimecode(app, params.id!)
      if (!clock) throw notFound()
      return c.json(timecodeOf(clock), 200, NO_STORE)
    },
  }),
  route({
    method: 'put',
    path,
    who: { right: 'rooms:write' },
    audit: { action: 'timecode.set', kind: 'room' },
    summary: "Say what timecode a room's picture shows at an instant",
    body: NewTimecode,
    answers: { 200: Timecode, 404: null },
    async handle(call) {
      const { c, app, body, caller, tell } = call
      const { rate, frame, running, at = app.now() } = body
      if (at < app.now() - BEHIND || at > app.now() + AHEAD)
        throw invalid([{ field: 'at', detail: 'must be of the last minute' }])
      const clock = { rate, frame, at, running, by: caller.name }
      const shown = timecodeOf(clock)
      tell({ params: { rate, timecode: shown.timecode, running } })
      await act(call, { do: 'timecode', clock })
      return c.json(shown, 200, NO_STORE)
    },
  }),
  route({
    method: 'delete',
    path,
    who: { right: 'rooms:write' },
    audit: { action: 'timecode.clear', kind: 'room' },
    summary: "A room's picture has no timecode any more",
    answers: { 204: null, 404: null },
    async handle(call) {
      await act(call, { do: 'clear-timecode' })
      return call.c.body(null, 204)
    },
  }),
]
