import { expect, test } from 'vitest'
import { clipOf, edgeAfter, edgeAt } from './edge.ts'

test.each([
  ['ArrowRight', false, 0.51],
  ['ArrowDown', false, 0.51],
  ['ArrowLeft', false, 0.49],
  ['ArrowUp', false, 0.49],
  ['ArrowRight', true, 0.6],
  ['Home', false, 0],
  ['End', false, 1],
  ['Enter', false, null],
  ['x', true, null],
])('%s (shift: %s) moves the edge from the middle to %s', (key, shift, at) => {
  const edge = edgeAfter(0.5, key, shift)
  expect(edge === null ? null : Number(edge.toFixed(4))).toBe(at)
})

test('the edge stays in the picture', () => {
  expect([edgeAfter(0.995, 'ArrowRight', false), edgeAfter(0.05, 'ArrowLeft', true)]).toEqual([1, 0])
})

const box = { left: 100, top: 50, width: 400, height: 200 }
test.each([
  ['vertical', 300, 0, 0.5],
  ['horizontal', 0, 100, 0.25],
  ['vertical', 0, 0, 0],
  ['vertical', 9999, 0, 1],
] as const)('%s: a pointer at %i, %i is at %s', (direction, clientX, clientY, at) => {
  expect(edgeAt({ clientX, clientY }, box, direction)).toBe(at)
})

test('a picture without a size has its edge at the start', () => {
  expect(edgeAt({ clientX: 1, clientY: 1 }, { left: 1, top: 1, width: 0, height: 0 }, 'vertical')).toBe(0)
})

test.each([
  [0, 'vertical', 'inset(0 100% 0 0)'],
  [1, 'vertical', 'inset(0 0% 0 0)'],
  [0.25, 'vertical', 'inset(0 75% 0 0)'],
  [1 / 3, 'horizontal', 'inset(0 0 66.67% 0)'],
] as const)('at %d %s it is %s', (at, direction, clip) => {
  expect(clipOf(at, direction)).toBe(clip)
})
