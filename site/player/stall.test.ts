import { expect, test } from 'vitest'
import { look, type Motion } from './stall.ts'

const start: Motion = { count: 0, movedAt: 0, stalled: false }
const after = (looks: [count: number | null, now: number][]) =>
  looks.reduce((motion, [count, now]) => look(motion, count, now), start)

test.each<[string, [number | null, number][], boolean]>([
  [
    'moves',
    [
      [25, 1000],
      [50, 2000],
      [75, 3000],
    ],
    false,
  ],
  [
    'slow, but moves',
    [
      [1, 2900],
      [2, 5800],
    ],
    false,
  ],
  [
    'stands for less than three seconds',
    [
      [25, 1000],
      [25, 2000],
      [25, 3999],
    ],
    false,
  ],
  [
    'stands for three',
    [
      [25, 1000],
      [25, 2000],
      [25, 4000],
    ],
    true,
  ],
  [
    'never moved',
    [
      [0, 2999],
      [0, 3000],
    ],
    true,
  ],
  [
    'hidden all the time',
    [
      [null, 5000],
      [null, 60_000],
    ],
    false,
  ],
  [
    'hidden, then three seconds of grace',
    [
      [null, 60_000],
      [0, 62_999],
    ],
    false,
  ],
  [
    'hidden, then nothing',
    [
      [null, 60_000],
      [0, 63_000],
    ],
    true,
  ],
  [
    'moves again',
    [
      [0, 3000],
      [1, 4000],
    ],
    false,
  ],
  [
    'starts counting anew after a swap',
    [
      [500, 1000],
      [3, 2000],
    ],
    false,
  ],
  [
    'stalled and then hidden: still stalled',
    [
      [0, 3000],
      [null, 4000],
    ],
    true,
  ],
])('%s', (_, looks, stalled) => expect(after(looks).stalled).toBe(stalled))
