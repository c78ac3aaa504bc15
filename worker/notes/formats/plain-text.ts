import { formatTimecode } from '../../../timecode/timecode.ts'
import { fileName } from './clean.ts'
import type { ExportFile, Marker, Timeline } from './marker.ts'
import { placeMarkers } from './place.ts'

const INDENT = ' '.repeat(13)

/** Further lines stand beneath the first; control characters are dropped. */
const block = (text: string): string =>
  text
    .replace(/(?![\n])\p{Cc}|\p{Cs}/gu, '')
    .split('\n')
    .join(`\n${INDENT}`)

/** For reading, and for an e-mail. */
export function textFile(markers: readonly Marker[], timeline: Timeline): ExportFile {
  const { rate, start, title } = timeline
  const { placed, untimed } = placeMarkers(markers, timeline)
  const early = placed.filter(({ offset }) => offset < 0).length
  const say = (label: string, { name, text, replies, resolved }: Marker) =>
    [
      `${label}  ${block(`${name}: ${text}`)}${resolved ? ' (resolved)' : ''}`,
      ...replies.map(reply => `${INDENT}${block(`${reply.name}: ${reply.text}`)}`),
      '',
    ].join('\n')
  const head = [
    block(title),
    `Notes: ${markers.length}. From ${formatTimecode(start, rate)}, ${rateWords(rate)} frames a second.`,
    ...(early ? [`Before the start: ${early}.`] : []),
    ...(untimed.length ? [`Without a timecode: ${untimed.length}.`] : []),
    '',
    '',
  ]
  const notes = [
    ...placed.map(({ marker, offset }) => say(formatTimecode(start + offset, rate), marker)),
    ...untimed.map(marker => say(' '.repeat(11), marker)),
  ]
  return {
    name: `${fileName(title)}.txt`,
    type: 'text/plain; charset=utf-8',
    text: head.join('\n') + notes.map(note => `${note}\n`).join(''),
  }
}

const rateWords = (rate: string) => rate.replace('df', ' drop')
