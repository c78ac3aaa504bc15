import { type Chart, chartOf } from './chart.ts'
import type { Rgb } from './delta-e.ts'
import { drawChart, drawStrip, type Ink } from './draw-chart.ts'
import { type Matrix, type Range, toRgb, toYuv } from './matrix.ts'
import type { Picture } from './picture.ts'
import type { Strip } from './strip.ts'

/** A picture as plain numbers: three a pixel, row after row. */
export interface Raster {
  width: number
  height: number
  data: Float32Array
}

export const STRIP: Strip = { kind: 'clock', chartId: 51_966, time: 1_795_550_000_123 }

const blank = (width: number, height: number): Raster => ({
  width,
  height,
  data: new Float32Array(width * height * 3),
})

/** What draws into a raster as a canvas does. */
export function inkOf(raster: Raster): Ink {
  let colour: number[] = [0, 0, 0]
  return {
    set fillStyle(css: string) {
      colour = (css.match(/\d+/g) ?? []).map(Number)
    },
    get fillStyle() {
      return `rgb(${colour.join(', ')})`
    },
    fillRect(x, y, width, height) {
      if (![x, y, width, height].every(Number.isInteger)) throw new Error('An edge is between two pixels.')
      for (let row = y; row < y + height; row += 1)
        for (let at = row * raster.width + x; at < row * raster.width + x + width; at += 1)
          raster.data.set(colour, at * 3)
    },
  }
}

/** The chart as its page draws it. */
export function drawn(width = 1280, height = 720, strip: Strip = STRIP): Raster & { chart: Chart } {
  const raster = blank(width, height)
  const chart = chartOf(width, height)
  drawChart(inkOf(raster), chart)
  drawStrip(inkOf(raster), chart, strip)
  return { ...raster, chart }
}

/** The raster as what measuring reads. */
export const pictureOf = ({ width, height, data }: Raster): Picture => ({
  width,
  height,
  source: 'canvas',
  colorSpace: null,
  format: 'RGBA',
  rgbAt(x, y, across, down) {
    if (x < 0 || y < 0 || across < 1 || down < 1 || x + across > width || y + down > height)
      throw new RangeError('Outside the picture.')
    const sum = [0, 0, 0] as [number, number, number]
    for (let row = y; row < y + down; row += 1)
      for (let at = (row * width + x) * 3; at < (row * width + x + across) * 3; at += 3)
        for (const i of [0, 1, 2] as const) sum[i] += data[at + i]!
    return sum.map(value => value / (across * down)) as unknown as Rgb
  },
})

/** Each pixel made anew of one of another picture. */
function pixels(
  width: number,
  height: number,
  from: Raster,
  source: (x: number, y: number) => [number, number] | null,
): Raster {
  const raster = blank(width, height)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const place = source(x, y)
      if (!place) continue
      const at = (place[1] * from.width + place[0]) * 3
      raster.data.set(from.data.subarray(at, at + 3), (y * width + x) * 3)
    }
  return raster
}

const { floor, max, min, round } = Math

/** The part of a picture from x, y on, made as large as the whole. Shares of width and height. */
export const cropped = (from: Raster, x: number, y: number, share: number): Raster =>
  pixels(from.width, from.height, from, (px, py) => [
    min(from.width - 1, floor((x + (share * px) / from.width) * from.width)),
    min(from.height - 1, floor((y + (share * py) / from.height) * from.height)),
  ])

/** The whole picture into a box inside a black one of the same size; shares of it. */
export const boxed = (from: Raster, x: number, y: number, wide: number, high: number): Raster =>
  pixels(from.width, from.height, from, (px, py) => {
    const [sx, sy] = [(px / from.width - x) / wide, (py / from.height - y) / high]
    return sx < 0 || sy < 0 || sx >= 1 || sy >= 1
      ? null
      : [floor(sx * from.width + 1e-6), floor(sy * from.height + 1e-6)]
  })

export const flipped = (from: Raster, flip: { x?: boolean; y?: boolean }): Raster =>
  pixels(from.width, from.height, from, (x, y) => [
    flip.x ? from.width - 1 - x : x,
    flip.y ? from.height - 1 - y : y,
  ])

/** The whole picture made another size, each pixel the mean of those that it covers. */
export function resized(from: Raster, width: number, height: number): Raster {
  const raster = blank(width, height)
  const picture = pictureOf(from)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const left = floor((x * from.width) / width)
      const top = floor((y * from.height) / height)
      const across = max(1, floor(((x + 1) * from.width) / width) - left)
      const down = max(1, floor(((y + 1) * from.height) / height) - top)
      raster.data.set(picture.rgbAt(left, top, across, down), (y * width + x) * 3)
    }
  return raster
}

/** A black rectangle over part of a picture; shares of it. */
export function covered(from: Raster, x: number, y: number, wide: number, high: number): Raster {
  const raster = { ...from, data: from.data.slice() }
  const ink = inkOf(raster)
  ink.fillStyle = 'rgb(0, 0, 0)'
  ink.fillRect(
    round(x * from.width),
    round(y * from.height),
    round(wide * from.width),
    round(high * from.height),
  )
  return raster
}

export interface Way {
  encoded: Matrix
  decoded: Matrix
  from: Range
  to: Range
  /** How far a code value of the encoded picture may be off. */
  noise: number
  /** Numbers from 0 to 1, as Math.random gives them. */
  random(): number
}

/**
 * What a codec of 8 bits and 4:2:0 leaves of a picture: encoded with one matrix and range, colour at half size, noise, whole
 * code values, and decoded with another matrix and range.
 */
export function coded(from: Raster, way: Partial<Way> = {}): Raster {
  const { encoded = '709', decoded = '709', from: range = 'limited', to = 'limited', noise = 0 } = way
  const random = way.random ?? (() => 0.5)
  const { width, height, data } = from
  const raster = blank(width, height)
  const byte = (value: number) => max(0, min(255, round(value + (2 * random() - 1) * noise)))
  const yuvAt = (x: number, y: number) => {
    const at = (min(y, height - 1) * width + min(x, width - 1)) * 3
    return toYuv([data[at]!, data[at + 1]!, data[at + 2]!], encoded, range)
  }
  for (let y = 0; y < height; y += 2)
    for (let x = 0; x < width; x += 2) {
      const four = [yuvAt(x, y), yuvAt(x + 1, y), yuvAt(x, y + 1), yuvAt(x + 1, y + 1)]
      const u = byte(four.reduce((sum, yuv) => sum + yuv[1], 0) / 4)
      const v = byte(four.reduce((sum, yuv) => sum + yuv[2], 0) / 4)
      four.forEach(([light], i) => {
        const [px, py] = [x + (i & 1), y + (i >> 1)]
        if (px < width && py < height)
          raster.data.set(toRgb([byte(light), u, v], decoded, to).map(round), (py * width + px) * 3)
      })
    }
  return raster
}

/** Numbers that look random and are the same every time. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
