import { factsOf } from '../../../timecode/rate.ts'
import { fileName } from './clean.ts'
import type { ExportFile, Marker, Timeline } from './marker.ts'
import { placeMarkers } from './place.ts'

/** Text in an attribute; what XML 1.0 has no place for is dropped. */
const escaped = (text: string): string =>
  text
    .replace(/(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu, '')
    .replace(/[&<>"\t\n\r]/g, sign => `&#${sign.charCodeAt(0)};`)

/**
 * A Final Cut Pro project (FCPXML 1.10): one clip as long as the notes reach, with a to-do marker for each, done where it is
 * resolved. The clip's media are named and not there; they are to be relinked to the graded file. Times are rational
 * seconds, exact at every rate.
 */
export function fcpxmlFile(markers: readonly Marker[], timeline: Timeline): ExportFile {
  const { rate, start, title } = timeline
  const { num, den, dropped } = factsOf(rate)
  const { placed } = placeMarkers(markers, timeline)
  const seconds = (frames: number) => `${frames * den}/${num}s`
  // What lies before the start is inside, too: a marker outside its clip would be lost.
  const first = Math.min(0, ...placed.slice(0, 1).map(({ offset }) => offset))
  const last = placed.reduce((end, { offset, duration }) => Math.max(end, offset + duration), 1)
  const from = seconds(start + first)
  const length = seconds(last - first)
  const tc = dropped ? 'DF' : 'NDF'
  const name = escaped(title)
  const lines = placed.map(({ marker, offset, duration }) => {
    const note = [marker.name, ...marker.replies.map(reply => `${reply.name}: ${reply.text}`)].join('\n')
    return `            <marker start="${seconds(start + offset)}" duration="${seconds(duration)}" value="${escaped(
      marker.text || marker.name,
    )}" completed="${Number(marker.resolved)}" note="${escaped(note)}"/>`
  })
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE fcpxml>
<fcpxml version="1.10">
  <resources>
    <format id="r1" frameDuration="${den}/${num}s" width="1920" height="1080" colorSpace="1-1-1 (Rec. 709)"/>
    <asset id="r2" name="${name}" start="${from}" duration="${length}" hasVideo="1" format="r1">
      <media-rep kind="original-media" src="file:///${fileName(title)}.mov"/>
    </asset>
  </resources>
  <event name="${name}">
    <project name="${name}">
      <sequence format="r1" duration="${length}" tcStart="${from}" tcFormat="${tc}">
        <spine>
          <asset-clip ref="r2" name="${name}" offset="${from}" start="${from}" duration="${length}" tcFormat="${tc}">
${lines.map(line => `${line}\n`).join('')}          </asset-clip>
        </spine>
      </sequence>
    </project>
  </event>
</fcpxml>
`
  return { name: `${fileName(title)}.fcpxml`, type: 'application/xml; charset=utf-8', text }
}
