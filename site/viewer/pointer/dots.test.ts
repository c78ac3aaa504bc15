import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Point } from '../../../worker/live/messages/drawing-fields.ts'
import { createDots, FADES_AFTER, GONE_AFTER } from './dots.ts'

let dots: ReturnType<typeof createDots>
beforeEach(() => {
  vi.useFakeTimers()
  dots = createDots()
})
afterEach(() => void vi.useRealTimers())

const tell = (id: string, at: Point | null, change: object = {}) =>
  dots.hear({ type: 'pointer', from: { id, name: `Name of ${id}` }, at, ...change })
const seen = () =>
  dots.all.value.map(({ id, name, streamId, at, fading }) => [id, name, streamId, at.value, fading.value])

test('several at once, each with its name', () => {
  tell('p1', [0.1, 0.1])
  tell('p2', [0.2, 0.2], { streamId: 's1' })
  tell('p1', [0.3, 0.3])
  expect(seen()).toEqual([
    ['p1', 'Name of p1', null, [0.3, 0.3], false],
    ['p2', 'Name of p2', 's1', [0.2, 0.2], false],
  ])
})

test('moving changes only the place', () => {
  tell('p1', [0.1, 0.1])
  const before = dots.all.value
  tell('p1', [0.3, 0.3])
  expect(dots.all.value).toBe(before)
})

test('fades when nothing is heard of it, and is gone', () => {
  tell('p1', [0.1, 0.1])
  vi.advanceTimersByTime(FADES_AFTER - 1)
  tell('p1', [0.1, 0.1])
  vi.advanceTimersByTime(FADES_AFTER - 1)
  expect(seen()).toEqual([['p1', 'Name of p1', null, [0.1, 0.1], false]])
  vi.advanceTimersByTime(1)
  expect(seen()).toEqual([['p1', 'Name of p1', null, [0.1, 0.1], true]])
  vi.advanceTimersByTime(GONE_AFTER)
  expect(seen()).toEqual([])
})

test('fades at once when it is over, and can begin again while it does', () => {
  tell('p1', [0.1, 0.1])
  tell('p1', null)
  expect(seen()).toEqual([['p1', 'Name of p1', null, [0.1, 0.1], true]])
  tell('p1', [0.9, 0.9])
  vi.advanceTimersByTime(GONE_AFTER)
  expect(seen()).toEqual([['p1', 'Name of p1', null, [0.9, 0.9], false]])
})

test('goes with its person, and never comes of an end', () => {
  tell('p1', [0.1, 0.1])
  dots.forget('p1')
  dots.forget('p2')
  tell('p3', null)
  expect([seen(), vi.getTimerCount()]).toEqual([[], 0])
})

test('one that moves to another picture begins anew there', () => {
  tell('p1', [0.1, 0.1])
  tell('p1', [0.2, 0.2], { streamId: 's1' })
  expect(seen()).toEqual([['p1', 'Name of p1', 's1', [0.2, 0.2], false]])
})
