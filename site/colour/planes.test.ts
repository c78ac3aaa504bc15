import { expect, test } from 'vitest'
import type { Rgb } from './delta-e.ts'
import { type Matrix, type Range, toYuv } from './matrix.ts'
import { pictureOfPixels } from './pixels.ts'
import { isPlaneFormat, type PlaneFormat, pictureOfPlanes } from './planes.ts'

const LEFT: Rgb = [184, 40, 44]
const RIGHT: Rgb = [42, 52, 156]
const [WIDTH, HEIGHT] = [8, 4]
/** More than is seen, as decoders pad rows, and something before it. */
const [STRIDE, BEFORE] = [24, 5]

/** Two colours side by side, in planes as a decoder lays them out. */
function planes(format: PlaneFormat, matrix: Matrix, range: Range) {
  const bytesEach = format === 'I420P10' ? 2 : 1
  const sizes = format === 'NV12' ? [HEIGHT, HEIGHT / 2] : [HEIGHT, HEIGHT / 2, HEIGHT / 2]
  let end = BEFORE
  const layout = sizes.map(rows => {
    const offset = end
    end += rows * STRIDE
    return { offset, stride: STRIDE }
  })
  const bytes = new Uint8Array(end).fill(77)
  const put = (plane: number, at: number, y: number, value: number) => {
    const place = layout[plane]!.offset + y * STRIDE + at * bytesEach
    const whole = Math.round(value * (bytesEach === 2 ? 4 : 1))
    bytes[place] = whole & 0xff
    if (bytesEach === 2) bytes[place + 1] = whole >> 8
  }
  for (let y = 0; y < HEIGHT; y += 1)
    for (let x = 0; x < WIDTH; x += 1) {
      const [light, u, v] = toYuv(x < WIDTH / 2 ? LEFT : RIGHT, matrix, range)
      put(0, x, y, light)
      const [cx, cy] = [x >> 1, y >> 1]
      put(1, format === 'NV12' ? 2 * cx : cx, cy, u)
      if (format === 'NV12') put(1, 2 * cx + 1, cy, v)
      else put(2, cx, cy, v)
    }
  return { bytes, layout }
}

const near = (read: Rgb, expected: Rgb, within: number) => {
  for (const i of [0, 1, 2] as const) expect(Math.abs(read[i] - expected[i])).toBeLessThanOrEqual(within)
}

test.each<[PlaneFormat, string | null, boolean | null, Matrix, Range]>([
  ['I420', 'bt709', false, '709', 'limited'],
  ['I420', 'bt709', true, '709', 'full'],
  ['I420', 'smpte170m', false, '601', 'limited'],
  ['I420', 'bt470bg', false, '601', 'limited'],
  ['I420', 'bt2020-ncl', false, '2020', 'limited'],
  ['I420', null, null, '709', 'limited'],
  ['NV12', 'bt709', false, '709', 'limited'],
  ['NV12', 'smpte170m', true, '601', 'full'],
  ['I420P10', 'bt709', false, '709', 'limited'],
  ['I420P10', 'bt2020-ncl', true, '2020', 'full'],
])('%s with matrix %s, full range %s', (format, said, fullRange, matrix, range) => {
  const colorSpace = { matrix: said as VideoMatrixCoefficients | null, fullRange }
  const picture = pictureOfPlanes({
    width: WIDTH,
    height: HEIGHT,
    format,
    colorSpace,
    ...planes(format, matrix, range),
  })
  expect({ ...picture, rgbAt: undefined }).toEqual({
    width: WIDTH,
    height: HEIGHT,
    source: 'planes',
    colorSpace,
    format,
    rgbAt: undefined,
  })
  const within = format === 'I420P10' ? 0.5 : 1.6
  near(picture.rgbAt(0, 0, 4, 4), LEFT, within)
  near(picture.rgbAt(4, 0, 4, 4), RIGHT, within)
  near(picture.rgbAt(7, 3, 1, 1), RIGHT, within)
  // A rectangle between two pixels of colour takes both.
  near(picture.rgbAt(5, 1, 2, 2), RIGHT, within)
  near(picture.rgbAt(0, 0, 8, 4), [(184 + 42) / 2, 46, 100], within)
})

test.each(['I422', 'I444', 'I420A', 'RGBA', 'BGRX', '', null])('%s is not read as planes', format => {
  expect(isPlaneFormat(format)).toBe(false)
})

test('pixels of a canvas are averaged over a rectangle', () => {
  const data = Uint8ClampedArray.from([0, 10, 20, 255, 40, 50, 60, 255, 200, 0, 0, 255, 0, 200, 0, 255])
  const picture = pictureOfPixels({ width: 2, height: 2, data: data as ImageData['data'] })
  expect([picture.rgbAt(0, 0, 2, 1), picture.rgbAt(1, 0, 1, 2), picture.rgbAt(0, 1, 1, 1)]).toEqual([
    [20, 30, 40],
    [20, 125, 30],
    [200, 0, 0],
  ])
})
