import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { findTools } from '../../scripts/setup/browser.mjs'
import { chartOf } from '../../site/colour/chart.ts'
import { drawChart, drawStrip } from '../../site/colour/draw-chart.ts'
import { inkOf } from '../../site/colour/fixture.ts'
import type { Strip } from '../../site/colour/strip.ts'

/** What an encoder does to the chart's colours. `fine`: BT.709, limited range, and tagged so. The others are tagged so too. */
export type Encoding =
  | 'fine'
  /** Made with the matrix of BT.601. */
  | 'matrix-601'
  /** Full range, tagged as limited. */
  | 'full-as-limited'
  /** Limited range, tagged as full. */
  | 'limited-as-full'

export interface ChartClip {
  /** Where it goes: a file, or an address that ffmpeg can write to (`rtmp://…`, with `format: 'flv'`). */
  to: string
  /** ffmpeg's name of the container; from the file's name when not given. */
  format?: string
  encoding?: Encoding
  /** px of the chart as drawn. */
  width?: number
  height?: number
  /** px of the encoded picture, where an encoder makes it smaller. */
  encodedHeight?: number
  fps?: number
  frames?: number
  /** bits a second. */
  bitrate?: number
  /** More for ffmpeg before where it goes: `-an`, `-bf 0`, … */
  more?: string[]
  /** What the strip of each frame says. */
  strip(frame: number): Strip
}

const made: Record<Encoding, { matrix: string; range: string; tagged: string }> = {
  fine: { matrix: 'bt709', range: 'tv', tagged: 'tv' },
  'matrix-601': { matrix: 'bt601', range: 'tv', tagged: 'tv' },
  'full-as-limited': { matrix: 'bt709', range: 'pc', tagged: 'tv' },
  'limited-as-full': { matrix: 'bt709', range: 'tv', tagged: 'pc' },
}

/** Draws the chart with the code of its page, and lets x264 encode it as live encoders do. */
export async function makeChartClip({
  to,
  format,
  encoding = 'fine',
  width = 1280,
  height = 720,
  encodedHeight = height,
  fps = 25,
  frames = 25,
  bitrate = 4_000_000,
  more = [],
  strip,
}: ChartClip): Promise<void> {
  const { ffmpeg } = findTools()
  if (!ffmpeg) throw new Error('There is no ffmpeg here. Run npm test: it installs one or says how.')
  const { matrix, range, tagged } = made[encoding]
  const filters = [
    `scale=-2:${encodedHeight}:in_range=pc:out_color_matrix=${matrix}:out_range=${range}:flags=bicubic+accurate_rnd+full_chroma_int`,
    'format=yuv420p',
    `setparams=range=${tagged}:colorspace=bt709:color_primaries=bt709:color_trc=bt709`,
  ]
  const child = spawn(
    ffmpeg,
    [
      ...['-loglevel', 'error', '-y', '-f', 'rawvideo', '-pixel_format', 'rgb24'],
      ...['-video_size', `${width}x${height}`, '-framerate', `${fps}`, '-i', '-', '-vf', filters.join(',')],
      ...['-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'zerolatency', '-profile:v', 'high'],
      ...['-b:v', `${bitrate}`, '-maxrate', `${bitrate}`, '-bufsize', `${bitrate}`, '-g', `${fps}`],
      ...['-color_range', tagged, '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
      ...more,
      ...(format ? ['-f', format] : []),
      to,
    ],
    { stdio: ['pipe', 'ignore', 'pipe'] },
  )
  const said: Buffer[] = []
  child.stderr.on('data', chunk => said.push(chunk))
  // It ends by itself when it cannot go on, and says why; what it was not given then is no error of its own.
  child.stdin.on('error', () => {})
  const ended = once(child, 'close')

  const chart = chartOf(width, height)
  const raster = { width, height, data: new Float32Array(width * height * 3) }
  drawChart(inkOf(raster), chart)
  for (let frame = 0; frame < frames && child.stdin.writable; frame += 1) {
    drawStrip(inkOf(raster), chart, strip(frame))
    if (!child.stdin.write(Uint8Array.from(raster.data)))
      await Promise.race([once(child.stdin, 'drain'), ended])
  }
  child.stdin.end()
  const [status] = await ended
  if (status !== 0) throw new Error(`ffmpeg could not make the clip:\n${Buffer.concat(said)}`)
}
