import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { beatWhileHidden } from './beat.ts'

const workers: { onmessage: (() => void) | null; ended: boolean }[] = []
const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })

beforeEach(() => {
  workers.length = 0
  page.visibilityState = 'visible'
  vi.stubGlobal('document', page)
  vi.stubGlobal(
    'Worker',
    class {
      onmessage: (() => void) | null = null
      ended = false
      constructor() {
        workers.push(this)
      }
      terminate() {
        this.ended = true
      }
    },
  )
})
afterEach(() => vi.unstubAllGlobals())

function turn(state: 'visible' | 'hidden') {
  page.visibilityState = state
  page.dispatchEvent(new Event('visibilitychange'))
}

test('beats while nobody looks, with one worker', () => {
  const tick = vi.fn()
  const stop = beatWhileHidden(tick)
  expect(workers).toHaveLength(0)
  turn('hidden')
  turn('hidden')
  workers[0]!.onmessage!()
  expect([workers.length, tick.mock.calls.length]).toEqual([1, 1])
  turn('visible')
  expect(workers[0]!.ended).toBe(true)
  stop()
})

test('a page that was opened behind others beats from the start, and ends with the line', () => {
  page.visibilityState = 'hidden'
  const stop = beatWhileHidden(() => {})
  stop()
  turn('visible')
  turn('hidden')
  expect(workers.map(({ ended }) => ended)).toEqual([true])
})
