import { formatTimecode } from '../../../timecode/timecode.ts'
import { fileName, sayable, withReplies } from './clean.ts'
import type { ExportFile, Marker, MarkerColor, Timeline } from './marker.ts'
import { placeMarkers } from './place.ts'

/** Media Composer has eight; each of ours becomes the nearest. */
const colors: Record<MarkerColor, string> = {
  blue: 'blue',
  cyan: 'cyan',
  green: 'green',
  yellow: 'yellow',
  red: 'red',
  pink: 'magenta',
  purple: 'magenta',
  fuchsia: 'magenta',
  rose: 'red',
  lavender: 'blue',
  sky: 'cyan',
  mint: 'green',
  lemon: 'yellow',
  sand: 'yellow',
  cocoa: 'red',
  cream: 'white',
}

/**
 * A marker list as Media Composer imports it (Markers window, Import Markers): a line for each, with user, timecode,
 * track, colour, comment and duration in frames between tabs.
 */
export function avidFile(markers: readonly Marker[], timeline: Timeline): ExportFile {
  const { rate, start, ascii, title } = timeline
  const say = (text: string) => sayable(text, ascii)
  const { placed } = placeMarkers(markers, timeline)
  return {
    name: `${fileName(title)}.txt`,
    type: 'text/plain; charset=utf-8',
    text: placed
      .map(({ marker: { name, color, text, replies }, offset, duration }) =>
        [
          say(name),
          formatTimecode(start + offset, rate),
          'V1',
          colors[color],
          say(withReplies(text, replies)),
          `${duration}\n`,
        ].join('\t'),
      )
      .join(''),
  }
}
