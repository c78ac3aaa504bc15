import fc from 'fast-check'
import { expect, test } from 'vitest'
import { convertFrames, frameAt, framesIn, toldAnew } from './clock.ts'
import { factsOf, framesPerDay, type Rate, rates } from './rate.ts'

const DAY = 86_400_000

test.each<[Rate, number]>([
  ['23.976', 2_071_528],
  ['24', 2_073_600],
  ['25', 2_160_000],
  ['29.97', 2_589_410],
  ['29.97df', 2_589_410],
  ['30', 2_592_000],
  ['50', 4_320_000],
  ['59.94', 5_178_821],
  ['59.94df', 5_178_821],
  ['60', 5_184_000],
])('at %s a day of real time has %i whole frames', (rate, frames) => {
  expect(framesIn(DAY, rate)).toBe(frames)
  expect(framesIn(-DAY, rate)).toBe(
    Number.isInteger((86_400 * factsOf(rate).num) / factsOf(rate).den) ? -frames : -frames - 1,
  )
})

test('a frame begins exactly when the ones before it have passed', () => {
  // 1001 s at 24000/1001 are 24,000 frames, to the millisecond.
  expect([1_000_999, 1_001_000].map(ms => framesIn(ms, '23.976'))).toEqual([23_999, 24_000])
  expect([39, 40, 79, 80, -1, -40, -41].map(ms => framesIn(ms, '25'))).toEqual([0, 1, 1, 2, -1, -1, -2])
  expect([33.366, 33.367].map(ms => framesIn(ms, '29.97'))).toEqual([0, 1])
})

test('years of milliseconds lose no frame', () => {
  expect(framesIn(1_001_000 * 1_000_000, '59.94')).toBe(60_000 * 1_000_000)
})

test('splitting a time does not lose more than the frame that was under way', () => {
  fc.assert(
    fc.property(fc.constantFrom(...rates), fc.nat(DAY), fc.nat(DAY), (rate, a, b) => {
      const lost = framesIn(a + b, rate) - framesIn(a, rate) - framesIn(b, rate)
      expect(lost === 0 || lost === 1).toBe(true)
    }),
  )
})

test('a clock runs from where it was set, stands when it is held, and wraps', () => {
  const clock = { rate: '25', frame: 90_000, at: 1_000, running: true } as const
  expect(frameAt(clock, 1_000)).toBe(90_000)
  expect(frameAt(clock, 1_039)).toBe(90_000)
  expect(frameAt(clock, 1_040)).toBe(90_001)
  expect(frameAt(clock, 0)).toBe(89_975)
  expect(frameAt({ ...clock, running: false }, 500_000)).toBe(90_000)
  expect(frameAt({ ...clock, frame: framesPerDay('25') - 1 }, 1_040)).toBe(0)
  expect(frameAt({ ...clock, frame: 0 }, 960)).toBe(framesPerDay('25') - 1)
})

test.each<[number, Rate, Rate, number]>([
  [1, '50', '25', 0],
  [3, '50', '25', 1],
  [2, '50', '25', 1],
  [25, '25', '24', 24],
  [24_000, '23.976', '24', 24_024],
  [24_024, '24', '23.976', 24_000],
  [-1, '25', '50', -2],
  [-3, '50', '25', -2],
  [107_892, '29.97df', '29.97', 107_892],
  [0, '60', '23.976', 0],
])('%i frames at %s, as a count at %s: %i', (frames, from, to, expected) => {
  expect(convertFrames(frames, from, to)).toBe(expected)
})

test('a conversion is off by half a frame at most', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...rates),
      fc.constantFrom(...rates),
      fc.integer({ min: -5_000_000, max: 5_000_000 }),
      (from, to, n) => {
        const seconds = (frames: number, rate: Rate) => (frames * factsOf(rate).den) / factsOf(rate).num
        const off = Math.abs(seconds(convertFrames(n, from, to), to) - seconds(n, from))
        expect(off).toBeLessThanOrEqual((0.5 * factsOf(to).den) / factsOf(to).num + 1e-9)
      },
    ),
  )
})

test('a clock that is told anew goes as before, to the frame', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...rates),
      fc.nat(2_000_000),
      fc.integer({ min: -DAY, max: DAY }),
      fc.integer({ min: -5000, max: 5000 }),
      (rate, frame, later, then) => {
        const clock = { rate, frame, at: 1_700_000_000_000, running: true }
        const now = clock.at + later
        const anew = toldAnew(clock, now)
        expect(anew.at).toBeLessThanOrEqual(now)
        expect(now - anew.at).toBeLessThan(1000 / (factsOf(rate).num / factsOf(rate).den))
        expect(frameAt(anew, now)).toBe(frameAt(clock, now))
        // Its beginning is told in whole ms, so a frame's end may be off by one of them.
        const off = frameAt(anew, now + then) - frameAt(clock, now + then)
        if (off) expect(frameAt(anew, now + then + 1)).toBe(frameAt(clock, now + then))
      },
    ),
    { numRuns: 1000 },
  )
})

test('one that stands is told as of now', () => {
  const clock = { rate: '25', frame: 7, at: 1_000, running: false } as const
  expect(toldAnew(clock, 9_000)).toEqual({ ...clock, at: 9_000 })
})
