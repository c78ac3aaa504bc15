import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { framesPerDay, type Rate, rates } from '../../../timecode/rate.ts'
import { edlFiles } from './edl.ts'
import { type Marker, markerColors } from './marker.ts'
import { readEdl } from './read-edl.ts'

const event = (label = '01:00:18:06', out = '01:00:18:07') =>
  `001  001      V     C        ${label} ${out} ${label} ${out}  `
const MARK = 'Skin too green |C:ResolveColorYellow |M:Anna |D:1'
const HEAD = ['TITLE: Reel 3', 'FCM: NON-DROP FRAME', '']
const read = (lines: string[], rate: Rate = '25', max = 1_000) => readEdl(lines.join('\r\n'), { rate, max })

const GREEN = { frame: 90_456, text: 'Skin too green', name: 'Anna', color: 'yellow', durationFrames: 1 }

describe('what an editor writes', () => {
  test.each([
    ['CRLF', '\r\n', ''],
    ['LF', '\n', ''],
    ['CR', '\r', ''],
    ['a BOM', '\r\n', '\ufeff'],
  ])('is read with %s', (_, end, bom) => {
    const text = bom + [...HEAD, event(), MARK, '', ''].join(end)
    expect(readEdl(text, { rate: '25', max: 9 })).toEqual({ title: 'Reel 3', markers: [GREEN] })
  })

  test('without text, without name, without title, with single spaces and further tracks', () => {
    const lines = [
      'FCM: NON-DROP FRAME',
      '1000 001 V2 C 01:00:00:00 01:00:00:01 01:00:00:00 01:00:00:01',
      ' |C:ResolveColorSky |M: |D:48',
    ]
    expect(read(lines)).toEqual({
      title: '',
      markers: [{ frame: 90_000, text: '', name: '', color: 'sky', durationFrames: 48 }],
    })
  })

  test('stands at the record timecode', () => {
    const line = '001  001 V C 10:00:00:00 10:00:00:01 01:00:18:06 01:00:18:07'
    expect(read([...HEAD, line, MARK])).toEqual({ title: 'Reel 3', markers: [GREEN] })
  })

  test('may say what looks like something else', () => {
    for (const text of ['TITLE: x', 'FCM: x', event(), '001', '* x'])
      expect(read([...HEAD, event(), `${text} |C:ResolveColorYellow |M:Anna |D:1`])).toEqual({
        title: 'Reel 3',
        markers: [{ ...GREEN, text: text.trim() }],
      })
  })
})

test.each<[string, string[], { line: number; detail: string }[]]>([
  ['nothing', [], [{ line: 1, detail: 'is not the beginning of a list with markers' }]],
  ['no markers', HEAD, [{ line: 1, detail: 'is not the beginning of a list with markers' }]],
  [
    'another colour',
    [...HEAD, event(), ' |C:ResolveColorBeige |M:x |D:1'],
    [{ line: 5, detail: 'names no colour that there is: Beige' }],
  ],
  [
    'no colour',
    [...HEAD, event(), ' |C:ResolveColor |M:x |D:1'],
    [{ line: 5, detail: 'names no colour that there is: ' }],
  ],
  [
    'no duration',
    [...HEAD, event(), ' |C:ResolveColorBlue |M:x'],
    [{ line: 5, detail: 'has no |C:ResolveColor… |M:… |D:…' }],
  ],
  [
    'no frame long',
    [...HEAD, event(), ' |C:ResolveColorBlue |M:x |D:0'],
    [{ line: 5, detail: 'lasts no whole frame' }],
  ],
  [
    'no marker',
    [...HEAD, event(), '', event(), MARK],
    [{ line: 4, detail: 'has no line with the marker after it' }],
  ],
  [
    'a comment for a marker',
    [...HEAD, event(), '* x'],
    [{ line: 5, detail: 'has no |C:ResolveColor… |M:… |D:…' }],
  ],
  [
    'no marker at the end',
    [...HEAD, event(), MARK, event()],
    [{ line: 6, detail: 'has no line with the marker after it' }],
  ],
  ['no event', [...HEAD, MARK], [{ line: 4, detail: 'is neither an event nor the marker of one' }]],
  ['two titles', [...HEAD, 'TITLE: x', event(), MARK], [{ line: 4, detail: 'is a second title' }]],
  [
    'another counting',
    ['FCM: DROP FRAME', event(), MARK],
    [{ line: 1, detail: 'says drop frame, which the rate is not' }],
  ],
  [
    'no counting',
    ['FCM: FILM', event(), MARK],
    [{ line: 1, detail: 'says neither drop nor non-drop frame' }],
  ],
  [
    'too many frames',
    [...HEAD, event('01:00:18:25'), MARK],
    [{ line: 4, detail: '01:00:18:25 has more frames than a second of the rate' }],
  ],
  ['no timecode', [...HEAD, event('1:2'), MARK], [{ line: 4, detail: '1:2 is not of the form HH:MM:SS:FF' }]],
  [
    'a drop-frame label',
    [...HEAD, event('01:00:18;06'), MARK],
    [{ line: 4, detail: '01:00:18;06 is a drop-frame label, which the rate has none of' }],
  ],
  [
    'a long line',
    [...HEAD, event(), `${'x'.repeat(20_001)}${MARK}`],
    [{ line: 5, detail: 'has more than 20000 characters' }],
  ],
  [
    'the end of another',
    [...HEAD, event(), `${MARK} and more`],
    [{ line: 5, detail: 'has no |C:ResolveColor… |M:… |D:…' }],
  ],
])('%s is refused by line', (_, lines, problems) => {
  expect(read(lines)).toEqual({ problems })
})

test('drop-frame lists have drop-frame labels that there are', () => {
  const lines = [
    'FCM: DROP FRAME',
    event('01:01:00;01', '01:01:00;02'),
    MARK,
    event('01:10:00;00', '01:10:00;01'),
    MARK,
  ]
  expect(read(lines, '29.97df')).toEqual({
    problems: [{ line: 2, detail: '01:01:00;01 is a label that drop-frame counting leaves out' }],
  })
  expect(read([...HEAD, event(), MARK], '29.97df')).toEqual({
    problems: [{ line: 2, detail: 'says non-drop frame, which the rate is not' }],
  })
})

test('every wrong line is named, up to fifty; and no more markers are taken than asked for', () => {
  const wrong = readEdl('x\n'.repeat(10_000), { rate: '25', max: 9 })
  expect('problems' in wrong && wrong.problems.map(({ line }) => line)).toEqual(
    Array.from({ length: 50 }, (_, i) => i + 1),
  )
  const lines = [...HEAD, ...Array.from({ length: 10 }, () => [event(), MARK]).flat()]
  expect(read(lines, '25', 9)).toEqual({
    problems: [{ line: 1, detail: 'begins a list of more than 9 markers' }],
  })
})

test('hostile lines take no time worth speaking of', () => {
  const started = performance.now()
  for (const part of [' ', '|C:ResolveColorBlue|M:', '|D:1x', '001 ', '\t'])
    expect('problems' in read([...HEAD, event(), part.repeat(3_000), event(), part.repeat(3_000)])).toBe(true)
  expect(performance.now() - started).toBeLessThan(5_000)
})

test.each(rates)('what was written by hand at %s is read', rate => {
  const file = new URL(`../../../test/fixtures/markers/${rate}.edl`, import.meta.url)
  const list = readEdl(readFileSync(file, 'utf8'), { rate, max: 9 })
  expect(
    'markers' in list &&
      list.markers.map(({ text, name, color, durationFrames }) => [text, name, color, durationFrames]),
  ).toEqual([
    ['Skin too green in the close-up', 'Anna', 'yellow', 1],
    ['a/b c d 🎬 <b>&"x"</b> / Anna: Ja, größer', 'Ben/B', 'red', 1],
    ['', '=1+1', 'cream', 25],
  ])
})

test('read and written again, a list is the same to the byte', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom('|C:ResolveColorBlue |M:x |D:1', 'TITLE: x', event(), 'a\r\nb'),
  )
  const marker = (rate: Rate): fc.Arbitrary<Marker> =>
    fc.record({
      at: fc.record({ frame: fc.nat(framesPerDay(rate) - 1), rate: fc.constant(rate) }),
      text: anyText,
      name: anyText,
      color: fc.constantFrom(...markerColors),
      durationFrames: fc.integer({ min: 1, max: 10_000 }),
      replies: fc.array(fc.record({ name: anyText, text: anyText }), { maxLength: 2 }),
      resolved: fc.boolean(),
      createdAt: fc.nat(),
    })
  const list = fc.constantFrom(...rates).chain(rate =>
    fc.record({
      rate: fc.constant(rate),
      title: anyText,
      start: fc.nat(framesPerDay(rate) - 1),
      ascii: fc.boolean(),
      markers: fc.array(marker(rate), { minLength: 1, maxLength: 8 }),
    }),
  )
  fc.assert(
    fc.property(list, ({ markers, ...timeline }) => {
      const [file] = edlFiles(markers, timeline)
      const again = readEdl(file!.text, { rate: timeline.rate, max: 999 })
      if ('problems' in again) throw new Error(JSON.stringify(again))
      const copy = again.markers.map(
        ({ frame, ...rest }, i): Marker => ({
          ...rest,
          at: { frame, rate: timeline.rate },
          replies: [],
          resolved: false,
          createdAt: i,
        }),
      )
      expect(edlFiles(copy, { ...timeline, title: again.title })[0]!.text).toBe(file!.text)
    }),
    { numRuns: 300 },
  )
})
