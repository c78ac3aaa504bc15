import type { Rate } from '../../timecode/rate.ts'
import { parseTimecode } from '../../timecode/timecode.ts'
import { NO_STORE } from '../http/json.ts'
import type { Note } from '../live/messages/notes.ts'
import { invalid, notFound } from '../problem.ts'
import { exportMarkers } from './formats/export.ts'
import type { ExportFile, Marker } from './formats/marker.ts'
import type { ExportQuery } from './schema.ts'

/** What an export is made of. */
export interface Exported {
  title: string
  /** Of the room's timecode; null = it has none. */
  rate: Rate | null
  notes: readonly Note[]
}

/** Notes with their answers, as the formats want them, in the order of their making. */
export function markersOf(notes: readonly Note[]): Marker[] {
  const answers = new Map<string, Note[]>()
  for (const note of notes)
    if (note.parent !== null) answers.set(note.parent, [...(answers.get(note.parent) ?? []), note])
  return notes
    .filter(({ parent }) => parent === null)
    .map(({ id, text, from, color, frame, rate, resolved, createdAt }) => ({
      at: frame === null || rate === null ? null : { frame, rate },
      text,
      name: from.name,
      color,
      durationFrames: 1,
      replies: (answers.get(id) ?? []).map(answer => ({ name: answer.from.name, text: answer.text })),
      resolved: resolved !== null,
      createdAt: Date.parse(createdAt),
    }))
}

/**
 * The files of an export.
 * @throws {Problem} 400 when the start is no timecode at this rate
 */
export function filesOf({ title, rate: roomRate, notes }: Exported, query: ExportQuery): ExportFile[] {
  const rate = query.rate ?? roomRate ?? '25'
  const start = parseTimecode(query.start, rate)
  if ('fault' in start) throw invalid([{ field: 'start', detail: `must be a timecode at ${rate}` }])
  const timeline = { title, rate, start: start.frame, ascii: query.ascii === 'true' }
  return exportMarkers(query.format, markersOf(notes), timeline)
}

/** One file of them as an answer. @throws {Problem} 404 when there is no such part */
export function fileAnswer(files: readonly ExportFile[], { part }: ExportQuery): Response {
  const file = files[Number(part) - 1]
  if (!file) throw notFound()
  return new Response(file.text, {
    headers: {
      ...NO_STORE,
      'Content-Type': file.type,
      'Content-Disposition': `attachment; filename="${file.name}"`,
      'X-Content-Type-Options': 'nosniff',
      'X-Parts': String(files.length),
    },
  })
}
