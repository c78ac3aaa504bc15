import { type HlsSegment, type HlsTrack, MAX_PART_MS } from './hls-window.ts'

/** Names of the files of one track, as OME makes them: `key` is new for each publication. */
export interface TrackFiles {
  readonly track: HlsTrack
  readonly key: string
}

type FileKind = 'chunklist' | 'init' | 'seg' | 'part'

/** A file a player asks for: which track, and which segment or part of it. */
export interface HlsFile {
  readonly kind: FileKind
  readonly track: number
  readonly segment: number
  readonly part: number
  readonly key: string
}

/** Reads `chunklist_0_video_KEY_llhls.m3u8`, `init_0_video_…`, `seg_0_12_video_…`, `part_0_12_3_video_…`. */
export function readFileName(name: string): HlsFile | undefined {
  const match =
    /^(chunklist|init|seg|part)_(\d+)(?:_(\d+))?(?:_(\d+))?_(?:video|audio)_([A-Za-z0-9]+)_llhls\.(m3u8|m4s)$/.exec(
      name,
    )
  if (!match) return undefined
  const kind = match[1] as FileKind
  const numbers = [match[3], match[4]].filter(text => text !== undefined).length
  const wanted = { chunklist: 0, init: 0, seg: 1, part: 2 }[kind]
  if (numbers !== wanted || (match[6] === 'm3u8') !== (kind === 'chunklist')) return undefined
  return {
    kind,
    track: Number(match[2]),
    segment: Number(match[3] ?? 0),
    part: Number(match[4] ?? 0),
    key: match[5]!,
  }
}

function fileName(files: TrackFiles, kind: FileKind, ...numbers: number[]): string {
  const { track, key } = files
  const name = [kind, track.id, ...numbers, track.kind, key, 'llhls'].join('_')
  return `${name}.${kind === 'chunklist' ? 'm3u8' : 'm4s'}`
}

/** The master playlist: one picture, one sound. `base` is the stream's path; the session goes with every URL. */
export function masterPlaylist(files: readonly TrackFiles[], base: string, session: string): string {
  const url = (of: TrackFiles) => `${base}/${fileName(of, 'chunklist')}?session=${session}`
  const picture = files.find(of => of.track.kind === 'video')!
  const sound = files.find(of => of.track.kind === 'audio')
  const size = picture.track.size
  const codecs = files.map(of => of.track.codec).join(',')
  const attributes = [
    `BANDWIDTH=${picture.track.bandwidth}`,
    ...(size ? [`RESOLUTION=${size.width}x${size.height}`, `FRAME-RATE=${size.framerate.toFixed(3)}`] : []),
    `CODECS="${codecs}"`,
    ...(sound ? ['AUDIO="audio"'] : []),
  ]
  return `${[
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...(sound
      ? [
          `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="audio",DEFAULT=YES,AUTOSELECT=YES,URI="${url(sound)}"`,
        ]
      : []),
    `#EXT-X-STREAM-INF:${attributes.join(',')}`,
    url(picture),
  ].join('\n')}\n`
}

/** Parts further back than this many finished segments are listed only as segments. */
const SEGMENTS_WITH_PARTS = 3

/** A media playlist (RFC 8216bis) of one track. */
export function mediaPlaylist(files: TrackFiles, segments: readonly HlsSegment[], session: string): string {
  const { kind } = files.track
  const query = `?session=${session}`
  const seconds = (value: number) => value.toFixed(5)
  const length = (segment: HlsSegment) => segment.parts.reduce((sum, part) => sum + part.duration(kind), 0)
  const target = Math.max(
    1,
    ...segments.filter(segment => segment.complete).map(segment => Math.round(length(segment))),
  )
  const partTarget = MAX_PART_MS / 1000
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:9',
    `#EXT-X-TARGETDURATION:${target}`,
    `#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=${seconds(partTarget * 3)}`,
    `#EXT-X-PART-INF:PART-TARGET=${seconds(partTarget)}`,
    `#EXT-X-MEDIA-SEQUENCE:${segments[0]?.number ?? 0}`,
    `#EXT-X-MAP:URI="${fileName(files, 'init')}${query}"`,
  ]
  segments.forEach((segment, i) => {
    lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(segment.startedAt).toISOString()}`)
    if (!segment.complete || segments.length - i <= SEGMENTS_WITH_PARTS) {
      segment.parts.forEach((part, number) => {
        const uri = `${fileName(files, 'part', segment.number, number)}${query}`
        const independent = part.independent ? ',INDEPENDENT=YES' : ''
        lines.push(`#EXT-X-PART:DURATION=${seconds(part.duration(kind))},URI="${uri}"${independent}`)
      })
    }
    if (segment.complete)
      lines.push(`#EXTINF:${seconds(length(segment))},`, `${fileName(files, 'seg', segment.number)}${query}`)
  })
  const last = segments.at(-1)
  const next = !last ? [0, 0] : last.complete ? [last.number + 1, 0] : [last.number, last.parts.length]
  lines.push(`#EXT-X-PRELOAD-HINT:TYPE=PART,URI="${fileName(files, 'part', ...next)}${query}"`)
  return `${lines.join('\n')}\n`
}
