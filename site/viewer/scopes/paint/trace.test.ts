import { describe, expect, it, test } from 'vitest'
import { frameOf } from '../compute/fixture.ts'
import { countLuma, countsFor } from '../compute/waveform.ts'
import { glowOf, paintBars, paintField, paintLevels } from './trace.ts'

/** Of a pixel its red, green, blue and opacity. */
const rgba = (pixel: number) => [...new Uint8Array(new Uint32Array([pixel]).buffer)]
const opacity = (pixel: number) => pixel >>> 24

describe('glow', () => {
  it('rises with the count, shows a single pixel, and never gets brighter than it can be', () => {
    const glow = [...glowOf(10)]
    expect(glow[0]).toBe(0)
    expect(glow[1]).toBeGreaterThan(60)
    expect(glow.toSorted((a, b) => a - b)).toEqual(glow)
    expect(glow.at(-1)).toBeGreaterThan(245)
  })

  test.each([0, 0.2, 1])('is there for a cell of %d pixels', full => {
    expect(glowOf(full)).toHaveLength(2)
  })
})

describe('a trace', () => {
  it('has white on top, black at the bottom, and nothing where there is nothing', () => {
    const counts = countsFor(2)
    countLuma(
      frameOf(2, 1, x => (x ? [255, 255, 255] : [0, 0, 0])),
      counts,
    )
    const pixels = new Uint32Array(2 * 256)
    paintLevels(counts, 2, glowOf(1), { pixels, stride: 2 })
    const lit = [...pixels.keys()].filter(i => opacity(pixels[i]!))
    expect(lit).toEqual([1, 255 * 2])
  })

  it('is grey', () => {
    const pixels = new Uint32Array(1)
    paintField(new Uint32Array([1]), glowOf(1), { pixels, stride: 1 })
    const [r, g, b] = rgba(pixels[0]!)
    expect([r, g, b]).toEqual([0xd2, 0xd2, 0xd2])
  })

  it('stands beside others in one picture', () => {
    const pixels = new Uint32Array(3 * 2)
    paintLevels(new Uint32Array([1, 0]), 1, glowOf(1), { pixels, stride: 3 }, 2)
    expect([...pixels].map(opacity)).toEqual([0, 0, 0, 0, 0, glowOf(1)[1]])
  })

  it('of the frame before is gone', () => {
    const pixels = new Uint32Array(1).fill(0xffffffff)
    paintField(new Uint32Array([0]), glowOf(1), { pixels, stride: 1 })
    expect(opacity(pixels[0]!)).toBe(0)
  })
})

describe('bars', () => {
  const heights = (counts: number[], rows: number) => {
    const pixels = new Uint32Array(counts.length * rows).fill(0xffffffff)
    paintBars(new Uint32Array(counts), { pixels, stride: counts.length })
    return counts.map(
      (_, column) =>
        Array.from({ length: rows }, (_, row) => opacity(pixels[row * counts.length + column]!)).filter(
          Boolean,
        ).length,
    )
  }

  test.each([
    ['the highest fills the plot', [0, 4, 8, 0], [0, 5, 10, 0]],
    ['black and white do not count for how high that is', [99, 4, 8, 99], [10, 5, 10, 10]],
    ['a single pixel shows', [0, 1, 1000, 0], [0, 1, 10, 0]],
    ['all black is one bar', [7, 0, 0, 0], [10, 0, 0, 0]],
    ['nothing is nothing', [0, 0, 0, 0], [0, 0, 0, 0]],
  ])('%s', (_, counts, expected) => {
    expect(heights(counts, 10)).toEqual(expected)
  })
})
