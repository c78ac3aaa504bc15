import { factsOf } from '../../../timecode/rate.ts'
import { formatTimecode } from '../../../timecode/timecode.ts'
import { fileName, oneLine, sayable, withReplies } from './clean.ts'
import type { ExportFile, Marker, Timeline } from './marker.ts'
import { type Placed, placeMarkers } from './place.ts'

/** Events have numbers of three digits; what is more goes into a further file. */
export const MAX_EVENTS = 999

/**
 * Timeline markers as DaVinci Resolve writes and reads them (Timelines > Import > Timeline Markers from EDL): CMX 3600
 * with an event of one frame for each, and beneath it text, colour, name and duration between bars.
 */
export function edlFiles(markers: readonly Marker[], timeline: Timeline): ExportFile[] {
  const { placed } = placeMarkers(markers, timeline)
  const parts = Math.max(1, Math.ceil(placed.length / MAX_EVENTS))
  const name = fileName(timeline.title)
  return Array.from({ length: parts }, (_, part) => ({
    name: parts === 1 ? `${name}.edl` : `${name}-${part + 1}-of-${parts}.edl`,
    type: 'text/plain; charset=utf-8',
    text: edlText(placed.slice(part * MAX_EVENTS, (part + 1) * MAX_EVENTS), timeline),
  }))
}

function edlText(placed: readonly Placed[], timeline: Timeline): string {
  const { title, rate, ascii } = timeline
  const say = (text: string) => oneLine(sayable(text, ascii).replaceAll('|', '/'))
  const lines = [
    `TITLE: ${say(title)}`,
    `FCM: ${factsOf(rate).dropped ? 'DROP FRAME' : 'NON-DROP FRAME'}`,
    '',
  ]
  for (const [i, { marker, offset, duration }] of placed.entries()) {
    const from = formatTimecode(timeline.start + offset, rate)
    const to = formatTimecode(timeline.start + offset + 1, rate)
    const color = marker.color[0]!.toUpperCase() + marker.color.slice(1)
    lines.push(
      `${String(i + 1).padStart(3, '0')}  001      V     C        ${from} ${to} ${from} ${to}  `,
      `${say(withReplies(marker.text, marker.replies))} |C:ResolveColor${color} |M:${say(marker.name)} |D:${duration}`,
      '',
    )
  }
  return lines.map(line => `${line}\r\n`).join('')
}
