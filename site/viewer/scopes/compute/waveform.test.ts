import { describe, expect, it, test } from 'vitest'
import { chance, counted, frameOf } from './fixture.ts'
import { type Channel, countChannel, countLuma, countsFor } from './waveform.ts'

/** By the definition, and slowly: the share of each colour in ten-thousandths, whole numbers only. */
const reference = (r: number, g: number, b: number) =>
  Math.floor((2126 * r + 7152 * g + 722 * b + 5000) / 10_000)

const luma = (frame: ReturnType<typeof frameOf>) => {
  const counts = countsFor(frame.width)
  countLuma(frame, counts)
  return counts
}

describe('luma', () => {
  it('puts a horizontal ramp of grey on the diagonal', () => {
    const counts = luma(frameOf(256, 3, x => [x, x, x]))
    expect(counted(counts)).toEqual(Array.from({ length: 256 }, (_, x) => [x * 256 + x, 3]))
  })

  it('puts a vertical ramp of grey evenly into each column', () => {
    const counts = luma(frameOf(2, 256, (_, y) => [y, y, y]))
    expect([...counts]).toEqual(new Array(512).fill(1))
  })

  test.each([
    ['red', [255, 0, 0], 54],
    ['green', [0, 255, 0], 182],
    ['blue', [0, 0, 255], 18],
    ['yellow', [255, 255, 0], 237],
    ['cyan', [0, 255, 255], 201],
    ['magenta', [255, 0, 255], 73],
    ['white', [255, 255, 255], 255],
    ['black', [0, 0, 0], 0],
  ] as const)('has %s at its luma', (_, color, level) => {
    expect(counted(luma(frameOf(1, 1, () => color)))).toEqual([[level, 1]])
  })

  it('agrees with the definition on every pixel of noise', () => {
    const next = chance(7)
    const byte = () => Math.floor(next() * 256)
    const frame = frameOf(31, 40, () => [byte(), byte(), byte()])
    const expected = new Uint32Array(31 * 256)
    for (let y = 0; y < 40; y++)
      for (let x = 0; x < 31; x++) {
        const [r, g, b] = frame.data.subarray((y * 31 + x) * 4)
        expected[reference(r!, g!, b!) * 31 + x]!++
      }
    expect(luma(frame)).toEqual(expected)
  })

  it('forgets the frame before', () => {
    const counts = countsFor(1)
    countLuma(
      frameOf(1, 9, () => [9, 9, 9]),
      counts,
    )
    countLuma(
      frameOf(1, 1, () => [5, 5, 5]),
      counts,
    )
    expect(counted(counts)).toEqual([[5, 1]])
  })
})

describe('parade', () => {
  test.each([
    ['red', 0, 10],
    ['green', 1, 20],
    ['blue', 2, 30],
  ] as const)('reads %s alone', (_, channel, level) => {
    const counts = countsFor(2)
    countChannel(
      frameOf(2, 4, () => [10, 20, 30]),
      channel,
      counts,
    )
    expect(counted(counts)).toEqual([
      [level * 2, 4],
      [level * 2 + 1, 4],
    ])
  })

  it('takes no notice of alpha', () => {
    const frame = frameOf(1, 1, () => [1, 2, 3])
    frame.data[3] = 0
    const levels = ([0, 1, 2] as Channel[]).map(channel => {
      const counts = countsFor(1)
      countChannel(frame, channel, counts)
      return counted(counts)
    })
    expect(levels).toEqual([[[1, 1]], [[2, 1]], [[3, 1]]])
  })
})
