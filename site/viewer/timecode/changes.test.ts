import { expect, test } from 'vitest'
import { frameAt } from '../../../timecode/clock.ts'
import { changed } from './changes.ts'

const AT = 1_795_000_000_000
const RUNNING = { rate: '25', frame: 90_000, at: AT, running: true } as const

test('set, it runs from the frame on screen', () => {
  expect(changed(null, { rate: '24', frame: 5 }, AT)).toEqual({ rate: '24', frame: 5, at: AT, running: true })
  expect(changed(RUNNING, { rate: '24', frame: 5 }, AT + 9)).toEqual({
    rate: '24',
    frame: 5,
    at: AT + 9,
    running: true,
  })
})

test('without one nothing stands, goes on or is corrected', () => {
  expect([changed(null, { running: false }, AT), changed(null, { by: 1 }, AT)]).toEqual([null, null])
})

test('paused, it stands at the frame on screen, and goes on from there', () => {
  const paused = changed(RUNNING, { running: false }, AT + 1_010)!
  expect(paused).toEqual({ rate: '25', frame: 90_025, at: AT + 1_000, running: false })
  const again = changed(paused, { running: true }, AT + 60_000)!
  expect(again).toEqual({ rate: '25', frame: 90_025, at: AT + 60_000, running: true })
})

test('corrected, it is as many frames on or back at every instant', () => {
  for (const by of [1, -1]) {
    const next = changed(RUNNING, { by }, AT + 90_017)!
    // Not long ago, whenever it was set: the room takes no old instants.
    expect(AT + 90_017 - next.at).toBeLessThan(40)
    for (const later of [0, 17, 39, 40, 41, 1_000])
      expect(frameAt(next, AT + 90_017 + later)).toBe(frameAt(RUNNING, AT + 90_017 + later) + by)
  }
})

test('at midnight it wraps', () => {
  const first = { ...RUNNING, frame: 0, running: false }
  expect(changed(first, { by: -1 }, AT)!.frame).toBe(2_159_999)
  expect(changed({ ...first, frame: 2_159_999 }, { by: 1 }, AT)!.frame).toBe(0)
})
