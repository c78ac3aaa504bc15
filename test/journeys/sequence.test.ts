import { expect, test } from 'vitest'
import type { Sight } from './eye.ts'
import { readSequence } from './sequence.ts'

/** A look each 40 ms. */
const looks = (...seen: [video: number, frame: number | null][]): Sight[] =>
  seen.map(([video, frame], i) => ({ at: 1000 + 40 * i, video, frame }))

const steps = (sights: Sight[]) => readSequence(sights).steps.map(({ step }) => step)

test('frames that follow each other, over the end of the loop', () => {
  expect(readSequence(looks([0, 198], [0, 199], [0, 0]))).toEqual({
    passed: 2,
    backwards: 0,
    blanks: 0,
    steps: [
      { at: 1040, step: 1, jump: 0 },
      { at: 1080, step: 1, jump: 0 },
    ],
    longestMs: 40,
    swaps: [],
  })
})

test('frames that were left out', () => {
  expect(steps(looks([0, 5], [0, 7], [0, 8], [0, 12]))).toEqual([2, 1, 4])
})

test('a step back, over the end of the loop too', () => {
  expect(readSequence(looks([0, 5], [0, 4], [0, 5])).backwards).toBe(1)
  expect(readSequence(looks([0, 0], [0, 199])).backwards).toBe(1)
})

test('nothing on screen', () => {
  expect(readSequence(looks([0, 5], [1, null], [1, 7]))).toMatchObject({ blanks: 1, passed: 2 })
})

test('a swap to the next frame, to the same one, to one that is too far on', () => {
  expect(readSequence(looks([0, 5], [1, 6])).swaps).toEqual([{ at: 1040, step: 1, jump: 0 }])
  expect(readSequence(looks([0, 5], [1, 5])).swaps).toEqual([{ at: 1040, step: 0, jump: -1 }])
  expect(readSequence(looks([0, 5], [1, 16])).swaps).toEqual([{ at: 1040, step: 11, jump: 10 }])
})

test('only the stretch that is asked for', () => {
  const sights = looks([0, 1], [0, 2], [0, 3], [0, 5])
  expect(readSequence(sights, 1040, 1080).passed).toBe(1)
  expect(readSequence(sights, 2000).steps).toEqual([])
})
