import { describe, expect, test } from 'vitest'
import type { Mark, Point } from '../../../worker/live/messages/drawing-fields.ts'
import { paper, pathOf } from './path.ts'

const on = paper({ width: 1920, height: 1080 })
const mark = (tool: Mark['tool'], points: Point[]): Mark => ({ tool, ink: 'red', weight: 3, points })

test('paper is 1000 wide, in the picture’s shape', () => {
  expect([on, paper({ width: 1080, height: 1920 }).height]).toEqual([
    { width: 1000, height: 562.5 },
    (1000 * 1920) / 1080,
  ])
})

describe('a pen', () => {
  test.each<[string, Point[], string]>([
    ['a dot', [[0.1, 0.2]], 'M100 112.5L100 112.5'],
    [
      'a line',
      [
        [0, 0],
        [1, 1],
      ],
      'M0 0L1000 562.5',
    ],
    [
      'is smoothed through the middles',
      [
        [0, 0],
        [0.1, 0],
        [0.2, 0.1],
        [0.3, 0.2],
      ],
      'M0 0Q100 0 150 28.13Q200 56.25 250 84.38L300 112.5',
    ],
    [
      'keeps its corners',
      [
        [0, 0],
        [0.1, 0],
        [0.1, 0.4],
      ],
      'M0 0L100 0L100 112.5L100 225',
    ],
  ])('%s', (_, points, path) => {
    expect(pathOf(mark('pen', points), on)).toBe(path)
  })
})

const corners: Point[] = [
  [0.2, 0.2],
  [0.6, 0.6],
]

test.each<[Mark['tool'], Point[], string]>([
  ['rectangle', corners, 'M200 112.5H600V337.5H200Z'],
  ['rectangle', corners.toReversed(), 'M600 337.5H200V112.5H600Z'],
  ['ellipse', corners, 'M200 225A200 112.5 0 0 1 600 225A200 112.5 0 0 1 200 225Z'],
  ['ellipse', corners.toReversed(), 'M200 225A200 112.5 0 0 1 600 225A200 112.5 0 0 1 200 225Z'],
  ['ellipse', [[0.5, 0.5]], 'M500 281.25A0 0 0 0 1 500 281.25A0 0 0 0 1 500 281.25Z'],
  [
    'arrow',
    [
      [0, 0.5],
      [0.5, 0.5],
    ],
    'M0 281.25L500 281.25M477.49 270.38L500 281.25L477.49 292.12',
  ],
])('the %s', (tool, points, path) => {
  expect(pathOf(mark(tool, points), on)).toBe(path)
})

test('a short arrow’s head is no longer than it', () => {
  const path = pathOf(
    mark('arrow', [
      [0.5, 0.5],
      [0.505, 0.5],
    ]),
    on,
  )
  const [x] = path.split('M')[2]!.split(/[ L]/).map(Number)
  expect(x).toBeGreaterThanOrEqual(500)
})
