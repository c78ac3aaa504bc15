import { formatTimecode } from '../../../timecode/timecode.ts'
import { csvLine } from '../../audit/csv.ts'
import { fileName } from './clean.ts'
import type { ExportFile, Marker, Timeline } from './marker.ts'
import { placeMarkers } from './place.ts'

const COLUMNS = [
  '#',
  'V',
  'C',
  'Dur',
  'Record In',
  'Record Out',
  'Name',
  'Notes',
  'Color',
  'Replies',
  'Resolved',
  'Written',
  'Source Rate',
  'Before Start',
]

/** A table in the manner of Resolve's Edit Index, for spreadsheets: what looks like a formula is none. */
export function csvFile(markers: readonly Marker[], timeline: Timeline): ExportFile {
  const { rate, start, title } = timeline
  const { placed, untimed } = placeMarkers(markers, timeline)
  const rows = [
    ...placed.map(({ marker, offset, duration }) => ({
      marker,
      dur: formatTimecode(duration, rate),
      from: formatTimecode(start + offset, rate),
      to: formatTimecode(start + offset + duration, rate),
      early: offset < 0,
    })),
    ...untimed.map(marker => ({ marker, dur: null, from: null, to: null, early: false })),
  ]
  const lines = rows.map(({ marker, dur, from, to, early }, i) =>
    csvLine([
      i + 1,
      from && 'V1',
      from && 'C',
      dur,
      from,
      to,
      marker.name,
      marker.text,
      marker.color[0]!.toUpperCase() + marker.color.slice(1),
      marker.replies.map(({ name, text }) => `${name}: ${text}`).join('\n'),
      marker.resolved ? 'yes' : 'no',
      new Date(marker.createdAt).toISOString(),
      marker.at?.rate ?? null,
      early ? 'yes' : 'no',
    ]),
  )
  return {
    name: `${fileName(title)}.csv`,
    type: 'text/csv; charset=utf-8',
    text: csvLine(COLUMNS) + lines.join(''),
  }
}
