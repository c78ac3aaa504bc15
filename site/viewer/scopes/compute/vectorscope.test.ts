import { describe, expect, it, test } from 'vitest'
import { chance, counted, frameOf } from './fixture.ts'
import { chromaCounts, countChroma } from './vectorscope.ts'

/** The colour differences as the recommendation writes them out: (B′ − Y′) / 1.8556 and (R′ − Y′) / 1.5748. */
function reference(r: number, g: number, b: number): number {
  const y = (2126 * r + 7152 * g + 722 * b) / 10_000
  const right = Math.round((0.5 + (b - y) / 1.8556 / 255) * 256)
  const down = Math.round((0.5 - (r - y) / 1.5748 / 255) * 256)
  return down * 257 + right
}

const of = (frame: ReturnType<typeof frameOf>) => {
  const counts = chromaCounts()
  countChroma(frame, counts)
  return counts
}

describe('the vectorscope', () => {
  it('has every grey in the middle', () => {
    expect(counted(of(frameOf(256, 2, x => [x, x, x])))).toEqual([[128 * 257 + 128, 512]])
  })

  test.each([
    ['red', [255, 0, 0], { x: 99, y: 0 }],
    ['green', [0, 255, 0], { x: 29, y: 244 }],
    ['blue', [0, 0, 255], { x: 256, y: 140 }],
    ['cyan', [0, 255, 255], { x: 157, y: 256 }],
    ['magenta', [255, 0, 255], { x: 227, y: 12 }],
    ['yellow', [255, 255, 0], { x: 0, y: 116 }],
  ] as const)('has full %s at its edge', (_, color, { x, y }) => {
    expect(counted(of(frameOf(2, 2, () => color)))).toEqual([[y * 257 + x, 4]])
  })

  it('agrees with the definition on every pixel of noise', () => {
    const next = chance(3)
    const byte = () => Math.floor(next() * 256)
    const frame = frameOf(41, 30, () => [byte(), byte(), byte()])
    const expected = chromaCounts()
    for (let i = 0; i < frame.data.length; i += 4)
      expected[reference(frame.data[i]!, frame.data[i + 1]!, frame.data[i + 2]!)]!++
    expect(of(frame)).toEqual(expected)
  })
})
