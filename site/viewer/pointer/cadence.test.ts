import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Point } from '../../../worker/live/messages/drawing-fields.ts'
import { createCadence } from './cadence.ts'

let told: (Point | null)[]
let cadence: ReturnType<typeof createCadence>
beforeEach(() => {
  vi.useFakeTimers()
  told = []
  cadence = createCadence(at => void told.push(at))
})
afterEach(() => void vi.useRealTimers())

test('tells at once, and then no more than 30 times a second, always the last place', () => {
  cadence.to([0, 0])
  expect(told).toEqual([[0, 0]])
  for (let i = 1; i <= 100; i++) {
    vi.advanceTimersByTime(10)
    cadence.to([i / 100, 0])
  }
  vi.advanceTimersByTime(40)
  expect(told.length).toBeGreaterThanOrEqual(25)
  expect(told.length).toBeLessThanOrEqual(32)
  expect(told.at(-1)).toEqual([1, 0])
})

test('a place that does not change is told once a second', () => {
  for (let i = 0; i < 35; i++) {
    cadence.to([0.5, 0.5])
    vi.advanceTimersByTime(100)
  }
  expect(told).toEqual(Array.from({ length: 4 }, () => [0.5, 0.5]))
})

test('says when it is over, once and at once, and nothing after', () => {
  cadence.to([0.5, 0.5])
  cadence.to([0.6, 0.6])
  cadence.to(null)
  cadence.to(null)
  vi.advanceTimersByTime(10_000)
  expect(told).toEqual([[0.5, 0.5], null])
})

test('what never began does not end', () => {
  cadence.to(null)
  vi.advanceTimersByTime(10_000)
  expect(told).toEqual([])
})
