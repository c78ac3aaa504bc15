import { NO_STORE } from '../http/json.ts'
import { type Route, route } from '../http/route.ts'
import { mayWatch, notIn } from '../people/may-watch.ts'
import { notFound, unauthenticated } from '../problem.ts'
import { fileAnswer, filesOf } from './export.ts'
import { noteOf } from './row.ts'
import { ExportQuery, NotePage, NotesQuery, PlaceExportQuery, RoomNotes, RoomNotesQuery } from './schema.ts'
import { deleteNote, exportPlace, exportRoom, listNotes, readNotes } from './store.ts'

export const noteRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/room/notes',
    who: 'person',
    shared: true,
    summary: 'The notes of the room, or of its sub-room `room`, by the time of their last change',
    query: NotesQuery,
    answers: { 200: NotePage, 403: null, 404: null, 409: null, 410: null },
    async handle({ c, app, person, query, address }) {
      const now = app.now()
      const place = { roomId: person.r, sub: query.room ?? '' }
      const { since = null, cursor } = query
      const { row, items, next } = await readNotes(app.db, place, person, { since, cursor }, address, now)
      // A sub-room that is not there and one that is for others are alike.
      if (!row) throw place.sub ? notFound() : unauthenticated()
      const fault = notIn(mayWatch(row, now))
      if (fault) throw fault
      return c.json({ items, next } satisfies NotePage, 200, NO_STORE)
    },
  }),
  route({
    method: 'get',
    path: '/api/room/export/notes',
    who: 'person',
    summary: 'The notes of the room, or of its sub-room `room`, as a file for an editing system',
    query: PlaceExportQuery,
    answers: { 200: null, 400: null, 403: null, 404: null, 409: null, 410: null },
    async handle({ app, person, query, address }) {
      const now = app.now()
      const place = { roomId: person.r, sub: query.room ?? '' }
      const { row, exported } = await exportPlace(app.db, place, person, address, now)
      if (!row) throw place.sub ? notFound() : unauthenticated()
      const fault = notIn(mayWatch(row, now))
      if (fault) throw fault
      return fileAnswer(filesOf(exported, query), query)
    },
  }),
  route({
    method: 'get',
    path: '/api/rooms/:id/export/notes',
    who: { right: 'rooms:read' },
    summary: 'The notes of a room and its sub-rooms as a file for an editing system',
    query: ExportQuery,
    answers: { 200: null, 400: null, 404: null },
    async handle({ app, params, query }) {
      const exported = await exportRoom(app.db, params.id!)
      if (!exported) throw notFound()
      return fileAnswer(filesOf(exported, query), query)
    },
  }),
  route({
    method: 'get',
    path: '/api/rooms/:id/notes',
    who: { right: 'rooms:read' },
    summary: 'The notes of a room and its sub-rooms, newest first',
    query: RoomNotesQuery,
    answers: { 200: RoomNotes, 404: null },
    async handle({ c, app, params, query }) {
      const list = await listNotes(app.db, params.id!, query)
      if (!list) throw notFound()
      const { rows, ...rest } = list
      const items = rows.map(row => ({ ...noteOf(row), sub: row.sub }))
      return c.json({ items, ...rest } satisfies RoomNotes, 200, NO_STORE)
    },
  }),
  route({
    method: 'delete',
    path: '/api/rooms/:id/notes/:noteId',
    who: { right: 'rooms:write' },
    audit: { action: 'note.delete', kind: 'note' },
    summary: 'Delete a note with its answers',
    answers: { 204: null, 404: null },
    async handle({ c, app, params, tell, after }) {
      tell({ id: params.noteId! })
      const deleted = await deleteNote(app.db, params.id!, params.noteId!, app.now())
      if (!deleted) throw notFound()
      tell({ params: { from: deleted.name } })
      after('live.changed', () => app.live.changed(params.id!))
      return c.body(null, 204)
    },
  }),
]
