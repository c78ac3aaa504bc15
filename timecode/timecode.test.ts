import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { factsOf, framesPerDay, type Rate, rates } from './rate.ts'
import { formatTimecode, framesBetween, parseTimecode, sameLabel, wrapFrame } from './timecode.ts'

const anyRate = fc.constantFrom(...rates)
const two = (n: number) => String(n).padStart(2, '0')

describe('known labels', () => {
  test.each<[number, Rate, string]>([
    [0, '24', '00:00:00:00'],
    [86_400, '24', '01:00:00:00'],
    [86_400, '23.976', '01:00:00:00'],
    [90_000, '25', '01:00:00:00'],
    [96_308, '25', '01:04:12:08'],
    [1_799, '29.97df', '00:00:59;29'],
    [1_800, '29.97df', '00:01:00;02'],
    [17_981, '29.97df', '00:09:59;29'],
    [17_982, '29.97df', '00:10:00;00'],
    [107_892, '29.97df', '01:00:00;00'],
    [108_000, '29.97', '01:00:00:00'],
    [3_599, '59.94df', '00:00:59;59'],
    [3_600, '59.94df', '00:01:00;04'],
    [215_784, '59.94df', '01:00:00;00'],
    [2_589_407, '29.97df', '23:59:59;29'],
    [5_178_815, '59.94df', '23:59:59;59'],
    [2_159_999, '25', '23:59:59:24'],
  ])('frame %i at %s is %s, and back', (frame, rate, label) => {
    expect(formatTimecode(frame, rate)).toBe(label)
    expect(parseTimecode(label, rate)).toEqual({ frame })
  })
})

describe.each<Rate>(['29.97df', '59.94df'])('at %s', rate => {
  const { base, dropped } = factsOf(rate)
  const minutes = Array.from({ length: 24 * 60 }, (_, i) => i)
  const start = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`

  test('every minute of the day but each tenth begins after the labels that are left out', () => {
    for (const minute of minutes) {
      const isTenth = minute % 10 === 0
      for (let frames = 0; frames < dropped; frames++)
        expect(parseTimecode(`${start(minute)}:00;${two(frames)}`, rate)).toEqual(
          isTenth ? { frame: expect.any(Number) } : { fault: 'dropped' },
        )
      const first = parseTimecode(`${start(minute)}:00;${two(isTenth ? 0 : dropped)}`, rate)
      const last = parseTimecode(`${start((minute + 1439) % 1440)}:59;${two(base - 1)}`, rate)
      if (!('frame' in first && 'frame' in last)) throw new Error(`no label at ${start(minute)}`)
      // Nothing lies between a minute's last label and the next one's first.
      expect(first.frame).toBe(wrapFrame(last.frame + 1, rate))
      expect(formatTimecode(first.frame, rate)).toBe(`${start(minute)}:00;${two(isTenth ? 0 : dropped)}`)
    }
  })

  test('an hour of labels is an hour, to less than 4 ms', () => {
    const hour = parseTimecode('01:00:00;00', rate)
    if (!('frame' in hour)) throw new Error('no label')
    const { num, den } = factsOf(rate)
    expect((hour.frame * den * 1000) / num).toBeCloseTo(3_599_996.4, 1)
  })

  test('a colon before the frames is read too', () => {
    expect(parseTimecode('00:10:00:00', rate)).toEqual(parseTimecode('00:10:00;00', rate))
  })
})

test('what is written is read as the same frame', () => {
  fc.assert(
    fc.property(anyRate, fc.nat(5_184_000), (rate, n) => {
      const frame = n % framesPerDay(rate)
      expect(parseTimecode(formatTimecode(frame, rate), rate)).toEqual({ frame })
    }),
    { numRuns: 2_000 },
  )
})

test('labels rise with the frames', () => {
  fc.assert(
    fc.property(anyRate, fc.nat(5_184_000), (rate, n) => {
      const frame = n % (framesPerDay(rate) - 1)
      expect(formatTimecode(frame + 1, rate) > formatTimecode(frame, rate)).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

test.each(rates)('at %s the day wraps at both ends', rate => {
  const day = framesPerDay(rate)
  expect(formatTimecode(day, rate)).toBe(formatTimecode(0, rate))
  expect(formatTimecode(-1, rate)).toBe(formatTimecode(day - 1, rate))
  expect(wrapFrame(-day, rate)).toBe(0)
  expect(framesBetween(day - 5, 3, rate)).toBe(8)
  expect(framesBetween(3, day - 5, rate)).toBe(-8)
  expect(framesBetween(0, day / 2, rate)).toBe(day / 2)
})

test.each<[string, Rate, string]>([
  ['', '25', 'form'],
  ['01:00:00', '25', 'form'],
  ['1:00:00:00', '25', 'form'],
  ['01:00:00:000', '25', 'form'],
  [' 01:00:00:00', '25', 'form'],
  ['01:00:00:00\n', '25', 'form'],
  ['-1:00:00:00', '25', 'form'],
  ['01;00;00;00', '29.97df', 'form'],
  ['٠١:00:00:00', '25', 'form'],
  ['01:00:00;00', '25', 'separator'],
  ['01:00:00;00', '29.97', 'separator'],
  ['24:00:00:00', '25', 'hours'],
  ['00:60:00:00', '25', 'minutes'],
  ['00:00:60:00', '25', 'seconds'],
  ['00:00:00:24', '24', 'frames'],
  ['00:00:00:24', '23.976', 'frames'],
  ['00:00:00:25', '25', 'frames'],
  ['00:00:00:60', '60', 'frames'],
  ['00:01:00;00', '29.97df', 'dropped'],
  ['00:01:00:01', '29.97df', 'dropped'],
  ['23:59:00;03', '59.94df', 'dropped'],
])('%j at %s is refused: %s', (text, rate, fault) => {
  expect(parseTimecode(text, rate)).toEqual({ fault })
})

test.each<[string, Rate, Rate, string]>([
  ['01:00:00:00', '24', '29.97df', '01:00:00;00'],
  ['01:00:00:12', '24', '50', '01:00:00:25'],
  ['01:00:00;29', '29.97df', '24', '01:00:00:23'],
  ['00:01:00:00', '25', '59.94df', '00:01:00;04'],
  ['00:01:00;02', '29.97df', '29.97', '00:01:00:02'],
])('%s at %s is at %s called %s', (text, from, to, same) => {
  const read = parseTimecode(text, from)
  if (!('frame' in read)) throw new Error('no label')
  expect(formatTimecode(sameLabel(read.frame, from, to), to)).toBe(same)
})
