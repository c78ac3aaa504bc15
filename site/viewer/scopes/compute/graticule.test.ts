import { expect, test } from 'vitest'
import { frameOf } from './fixture.ts'
import { skinEnd, targets } from './graticule.ts'
import { CHROMA_SIZE, chromaCounts, countChroma } from './vectorscope.ts'

test('the targets are where 75 % bars of Rec.709 lie', () => {
  const rounded = targets.map(({ name, x, y }) => [name, Number(x.toFixed(3)), Number(y.toFixed(3))])
  expect(rounded).toEqual([
    ['R', 0.414, 0.125],
    ['Mg', 0.789, 0.159],
    ['B', 0.875, 0.534],
    ['Cy', 0.586, 0.875],
    ['G', 0.211, 0.841],
    ['Yl', 0.125, 0.466],
  ])
})

test('bars of 75 % land in their targets, within a cell', () => {
  const bars = [
    [191, 0, 0],
    [191, 0, 191],
    [0, 0, 191],
    [0, 191, 191],
    [0, 191, 0],
    [191, 191, 0],
  ] as const
  for (const [i, bar] of bars.entries()) {
    const counts = chromaCounts()
    countChroma(
      frameOf(1, 1, () => bar),
      counts,
    )
    const at = counts.indexOf(1)
    const { x, y } = targets[i]!
    expect(Math.abs((at % CHROMA_SIZE) - x * 256)).toBeLessThanOrEqual(1)
    expect(Math.abs(Math.floor(at / CHROMA_SIZE) - y * 256)).toBeLessThanOrEqual(1)
  }
})

test.each([
  ['light', [194, 150, 130]],
  ['dark', [115, 82, 68]],
  ['between', [154, 116, 99]],
] as const)('%s skin lies on the skin line, within 1°', (_, [r, g, b]) => {
  const y = 0.2126 * r + 0.7152 * g + 0.0722 * b
  const skin = Math.atan2((r - y) / 1.5748, (b - y) / 1.8556)
  const line = Math.atan2(0.5 - skinEnd.y, skinEnd.x - 0.5)
  expect(Math.abs(skin - line) * (180 / Math.PI)).toBeLessThan(1)
})

test('the skin line ends on the circle', () => {
  expect(Math.hypot(skinEnd.x - 0.5, skinEnd.y - 0.5)).toBeCloseTo(0.5)
})
