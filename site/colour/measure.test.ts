import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ColourFault } from './diagnose.ts'
import {
  boxed,
  coded,
  covered,
  cropped,
  drawn,
  flipped,
  pictureOf,
  type Raster,
  randomFrom,
  resized,
  STRIP,
  type Way,
} from './fixture.ts'
import { measure, type Reading } from './measure.ts'
import { PATCHES } from './patches.ts'

const chart = drawn(640, 360)

function read(raster: Raster): Reading {
  const reading = measure(pictureOf(raster))
  if ('fault' in reading) throw new Error(`There is no chart: ${reading.fault}.`)
  return reading
}

test('a chart that nothing was done to', () => {
  expect(read(chart)).toEqual({
    source: 'canvas',
    patches: PATCHES.map(({ name, rgb }) => ({ name, expected: rgb, read: rgb, deltaE: 0 })),
    mean: 0,
    worst: { name: PATCHES[0]!.name, deltaE: 0 },
    faults: [],
    strip: STRIP,
  })
})

test.each([
  [1920, 1080],
  [3840, 2160],
  [854, 480],
  [640, 360],
  [1920, 1200],
  [1024, 768],
])('a chart of %i × %i, as drawn', (width, height) => {
  expect(read(drawn(width, height))).toMatchObject({ mean: 0, faults: [], strip: STRIP })
})

test.each([
  [1920, 1080, 1280, 720],
  [3840, 2160, 1920, 1080],
  [1280, 720, 640, 360],
  [1280, 720, 1920, 1080],
  [1920, 1080, 852, 480],
])('a chart of %i × %i that an encoder made %i × %i', (width, height, toWidth, toHeight) => {
  const reading = read(coded(resized(drawn(width, height), toWidth, toHeight)))
  expect(reading).toMatchObject({ faults: [], strip: STRIP })
  expect(reading.mean).toBeLessThan(0.5)
})

test('through 8 bits and 4:2:0 all colours come back', () => {
  const { mean, worst, faults, strip } = read(coded(chart))
  expect({ faults, strip }).toEqual({ faults: [], strip: STRIP })
  expect(mean).toBeLessThan(0.5)
  expect(worst.deltaE).toBeLessThan(1.2)
})

test.each<[string, Partial<Way>, ColourFault[]]>([
  ['encoded as 601, read as 709', { encoded: '601' }, ['matrix-601']],
  ['encoded as 709, read as 601', { decoded: '601' }, ['matrix-601']],
  ['encoded as 2020, read as 709', { encoded: '2020' }, ['matrix-2020']],
  ['encoded as 709, read as 2020', { decoded: '2020' }, ['matrix-2020']],
  ['full, read as limited', { from: 'full' }, ['full-as-limited']],
  ['limited, read as full', { to: 'full' }, ['limited-as-full']],
  ['601 at both ends', { encoded: '601', decoded: '601' }, []],
  ['full at both ends', { from: 'full', to: 'full' }, []],
  ['601 and full', { encoded: '601', from: 'full' }, ['matrix-601', 'full-as-limited']],
  ['read as 601 and full', { decoded: '601', to: 'full' }, ['matrix-601', 'limited-as-full']],
])('named: %s, whatever noise there is', (_, way, faults) => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(12), (seed, noise) => {
      const reading = read(coded(chart, { ...way, noise, random: randomFrom(seed) }))
      expect(reading).toMatchObject({ faults, strip: STRIP })
    }),
    { numRuns: 4 },
  )
})

describe('not called a wrong matrix or range', () => {
  const changed = (change: (value: number, i: number) => number): Raster => ({
    ...chart,
    data: chart.data.map((value, i) => Math.max(0, Math.min(255, Math.round(change(value, i))))),
  })

  test.each<[string, (value: number, channel: number) => number]>([
    ['a picture that is brighter', value => value + 12],
    ['another gamma', value => 255 * (value / 255) ** 1.12],
    ['a gamma the other way', value => 255 * (value / 255) ** 0.9],
    ['a warm cast', (value, i) => value + [10, 0, -10][i % 3]!],
    ['a green cast', (value, i) => value + [0, 8, 0][i % 3]!],
    ['channels exchanged', (_, i) => chart.data[i + [2, 0, -2][i % 3]!]!],
  ])('%s', (_, change) => {
    const { mean, faults } = read(changed(change))
    expect(faults).toEqual([])
    expect(mean).toBeGreaterThan(1)
  })

  test('colours that are off each by itself', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 4, max: 24 }), (seed, by) => {
        const random = randomFrom(seed)
        const raster = { ...chart, data: chart.data.slice() }
        for (const { box } of chart.chart.patches) {
          const off = [0, 1, 2].map(() => (2 * random() - 1) * by)
          for (let y = box.y; y < box.y + box.height; y += 1)
            for (let x = box.x; x < box.x + box.width; x += 1)
              for (let i = 0; i < 3; i += 1) raster.data[(y * raster.width + x) * 3 + i]! += off[i]!
        }
        expect(read(raster).faults).toEqual([])
      }),
      { numRuns: 30 },
    )
  })
})

describe('no chart to read', () => {
  const noise = randomFrom(7)
  test.each<[string, Raster, string]>([
    ['black', { ...chart, data: new Float32Array(chart.data.length) }, 'absent'],
    ['white', { ...chart, data: chart.data.map(() => 255) }, 'absent'],
    ['noise', { ...chart, data: chart.data.map(() => noise() * 255) }, 'absent'],
    ['stripes', { ...chart, data: chart.data.map((_, i) => (Math.floor(i / 48) % 2) * 255) }, 'absent'],
    ['a picture of a few pixels', { width: 16, height: 9, data: new Float32Array(16 * 9 * 3) }, 'absent'],
    ['cut at the sides', cropped(chart, 0.05, 0.05, 0.9), 'cropped'],
    ['cut a little', cropped(chart, 0.02, 0.02, 0.96), 'cropped'],
    ['cut to the middle', cropped(chart, 0.15, 0.2, 0.7), 'cropped'],
    ['cut at the right and below', cropped(chart, 0, 0, 0.8), 'cropped'],
    ['moved', cropped(chart, 0.1, 0, 1), 'cropped'],
    ['with bars above and below', boxed(chart, 0, 0.1, 1, 0.8), 'scaled'],
    ['with bars at the sides', boxed(chart, 0.125, 0, 0.75, 1), 'scaled'],
    ['in a window', boxed(chart, 0.3, 0.2, 0.5, 0.5), 'scaled'],
    ['with a thin border', boxed(chart, 0.01, 0.01, 0.98, 0.98), 'scaled'],
    ['left for right', flipped(chart, { x: true }), 'mirrored'],
    ['top for bottom', flipped(chart, { y: true }), 'mirrored'],
    ['turned by half', flipped(chart, { x: true, y: true }), 'mirrored'],
    ['mirrored and with bars', boxed(flipped(chart, { x: true }), 0, 0.1, 1, 0.8), 'mirrored'],
    ['half covered', covered(chart, 0.5, 0, 0.5, 1), 'cropped'],
  ])('%s', (_, raster, fault) => {
    expect(measure(pictureOf(raster))).toEqual({ fault })
    expect(measure(pictureOf(coded(raster, { noise: 6, random: randomFrom(1) })))).toEqual({ fault })
  })
})

test('a sign over one mark or one strip changes nothing', () => {
  const clear = read(coded(chart))
  expect(read(coded(covered(chart, 0.93, 0, 0.07, 0.14)))).toEqual(clear)
  expect(read(coded(covered(chart, 0.4, 0.9, 0.2, 0.1)))).toEqual(clear)
})

test('with both strips covered there is no time, but there are colours', () => {
  const raster = covered(covered(chart, 0.4, 0.9, 0.2, 0.1), 0.4, 0, 0.2, 0.1)
  expect(read(raster)).toEqual({ ...read(chart), strip: null })
})

test('a picture torn between two instants says no time', () => {
  const later = drawn(640, 360, { ...STRIP, time: STRIP.time + 40 })
  for (const share of [0.03, 0.05, 0.5, 0.95, 0.97]) {
    const at = Math.round(share * 360) * 640 * 3
    const data = chart.data.map((value, i) => (i < at ? later.data[i]! : value))
    const { strip } = read({ ...chart, data })
    // Within one copy the other still says its own instant, whole.
    expect([null, STRIP.time, STRIP.time + 40]).toContain(strip?.time ?? null)
    if (share === 0.5) expect(strip).toBeNull()
  }
})
