import { LEVELS } from './compute/frame.ts'
import { histogramCounts, histogramOf } from './compute/histogram.ts'
import { CHROMA_SIZE, chromaCounts, countChroma } from './compute/vectorscope.ts'
import { type Channel, countChannel, countLuma, countsFor } from './compute/waveform.ts'
import type { FromWorker, PlotName, ToWorker } from './messages.ts'
import { heightOf, WIDTH } from './pace.ts'
import { glowOf, paintBars, paintField, paintLevels } from './paint/trace.ts'

/** Measures frames and draws the scopes, off the page's thread. One frame at a time: the page waits for `drawn`. */

/** How high a histogram is drawn, in pixels. */
const BARS = 128

/** A canvas to draw on, with the pixels that are drawn. */
interface Sheet {
  context: OffscreenCanvasRenderingContext2D
  image: ImageData
  pixels: Uint32Array
  stride: number
}

const levels = countsFor(WIDTH)
const chroma = chromaCounts()
const histogram = histogramCounts()
let sheets: Record<PlotName, Sheet> | undefined
let reader: OffscreenCanvasRenderingContext2D | undefined

const say = (message: FromWorker) => postMessage(message)

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === 'begin') {
    const { waveform, parade, vectorscope, histogram } = data.canvases
    sheets = {
      waveform: sheetOf(waveform, WIDTH, LEVELS),
      parade: sheetOf(parade, 3 * WIDTH, LEVELS),
      vectorscope: sheetOf(vectorscope, CHROMA_SIZE, CHROMA_SIZE),
      histogram: sheetOf(histogram, LEVELS, BARS),
    }
    return
  }
  const began = performance.now()
  try {
    draw(read(data), sheets!)
    say({ type: 'drawn', took: performance.now() - began })
  } catch {
    say({ type: 'failed' })
  } finally {
    data.frame.close()
  }
})

function sheetOf(canvas: OffscreenCanvas, width: number, height: number): Sheet {
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')!
  const image = context.createImageData(width, height)
  return { context, image, pixels: new Uint32Array(image.data.buffer), stride: width }
}

/** The frame's own pixels, some of them: none is mixed with others, which would lose what is brightest and darkest. */
function read({ frame, width, height }: Extract<ToWorker, { type: 'frame' }>): ImageData {
  const rows = heightOf(width, height)
  if (reader?.canvas.height !== rows) {
    reader = new OffscreenCanvas(WIDTH, rows).getContext('2d', {
      alpha: false,
      colorSpace: 'srgb',
      willReadFrequently: true,
    })!
    reader.imageSmoothingEnabled = false
  }
  reader.drawImage(frame, 0, 0, WIDTH, rows)
  return reader.getImageData(0, 0, WIDTH, rows)
}

function draw(frame: ImageData, { waveform, parade, vectorscope, ...rest }: Record<PlotName, Sheet>): void {
  const glow = glowOf(frame.height / 6)
  countLuma(frame, levels)
  paintLevels(levels, WIDTH, glow, waveform)
  for (const channel of [0, 1, 2] as Channel[]) {
    countChannel(frame, channel, levels)
    paintLevels(levels, WIDTH, glow, parade, channel * WIDTH)
  }
  countChroma(frame, chroma)
  paintField(chroma, glowOf((frame.width * frame.height) / 400), vectorscope)
  histogramOf(frame, histogram)
  paintBars(histogram, rest.histogram)
  for (const { context, image } of [waveform, parade, vectorscope, rest.histogram])
    context.putImageData(image, 0, 0)
}
