import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Rate, rates } from '../../../timecode/rate.ts'
import { formatTimecode } from '../../../timecode/timecode.ts'
import { exportMarkers } from './export.ts'
import { type Format, formats, type Marker, type Timeline } from './marker.ts'
import { surveyMarkers } from './place.ts'

/** The formats against files that were written by hand, and what no file shows. */

const golden = (name: string) =>
  readFileSync(new URL(`../../../test/fixtures/markers/${name}`, import.meta.url), 'utf8')

/** Start, and the frames of 01:00:18:06, of the last of that minute and of the first of the next, counted by hand. */
const counted: Record<Rate, [number, number, number, number]> = {
  '23.976': [86_400, 86_838, 87_839, 87_840],
  '24': [86_400, 86_838, 87_839, 87_840],
  '25': [90_000, 90_456, 91_499, 91_500],
  '29.97': [108_000, 108_546, 109_799, 109_800],
  '29.97df': [107_892, 108_438, 109_691, 109_692],
  '30': [108_000, 108_546, 109_799, 109_800],
  '50': [180_000, 180_906, 182_999, 183_000],
  '59.94': [216_000, 217_086, 219_599, 219_600],
  '59.94df': [215_784, 216_870, 219_383, 219_384],
  '60': [216_000, 217_086, 219_599, 219_600],
}
const NOON = Date.UTC(2026, 10, 21, 12)

const marker = (change: Partial<Marker> = {}): Marker => ({
  at: { frame: 90_000, rate: '25' },
  text: 'Skin too green in the close-up',
  name: 'Anna',
  color: 'yellow',
  durationFrames: 1,
  replies: [],
  resolved: false,
  createdAt: NOON,
  ...change,
})
const timeline = (change: Partial<Timeline> = {}): Timeline => ({
  title: 'Reel 3 | Größe',
  rate: '25',
  start: 90_000,
  ascii: false,
  ...change,
})

/** In another order than that of their timecodes. */
const markersAt = (rate: Rate): Marker[] => {
  const [, first, second, third] = counted[rate]
  return [
    marker({
      at: { frame: third, rate },
      text: '',
      name: '=1+1',
      color: 'cream',
      durationFrames: 25,
      createdAt: NOON + 2_000,
    }),
    marker({ at: { frame: first, rate } }),
    marker({
      at: { frame: second, rate },
      text: 'a|b\nc\td 🎬 <b>&"x"</b>',
      name: 'Ben|B',
      color: 'red',
      replies: [{ name: 'Anna', text: 'Ja, größer' }],
      resolved: true,
      createdAt: NOON + 1_000,
    }),
  ]
}
const ending: Record<Format, string> = {
  edl: 'edl',
  csv: 'csv',
  fcpxml: 'fcpxml',
  avid: 'avid.txt',
  txt: 'txt',
}

describe.each(rates)('at %s', rate => {
  test.each(formats)('%s is as written by hand', format => {
    const files = exportMarkers(format, markersAt(rate), timeline({ rate, start: counted[rate][0] }))
    expect(files.map(({ text }) => text)).toEqual([golden(`${rate}.${ending[format]}`)])
  })
})

test.each<[Format, string, string]>([
  ['edl', 'Reel-3-Grosse.edl', 'text/plain; charset=utf-8'],
  ['csv', 'Reel-3-Grosse.csv', 'text/csv; charset=utf-8'],
  ['fcpxml', 'Reel-3-Grosse.fcpxml', 'application/xml; charset=utf-8'],
  ['avid', 'Reel-3-Grosse.txt', 'text/plain; charset=utf-8'],
  ['txt', 'Reel-3-Grosse.txt', 'text/plain; charset=utf-8'],
])('%s is a file %s of %s', (format, name, type) => {
  expect(exportMarkers(format, [], timeline())).toEqual([{ name, type, text: expect.any(String) }])
})

test.each([
  ['', 'notes'],
  ['../../etc/passwd', 'etc-passwd'],
  ['日本', 'notes'],
  ['x'.repeat(90), 'x'.repeat(60)],
])('a title %j makes a harmless file name', (title, name) => {
  expect(exportMarkers('edl', [], timeline({ title }))[0]!.name).toBe(`${name}.edl`)
})

const edl = (markers: Marker[], change: Partial<Timeline> = {}) =>
  exportMarkers('edl', markers, timeline(change))
const labels = (markers: Marker[], change: Partial<Timeline> = {}) =>
  edl(markers, change).flatMap(({ text }) =>
    [...text.matchAll(/^\d{3} .* (\S+) \S+ {2}\r$/gm)].map(([, label]) => label),
  )

describe('1,500 notes', () => {
  const many = Array.from({ length: 1_500 }, (_, i) =>
    marker({ at: { frame: 90_000 + i, rate: '25' }, text: `note ${i}` }),
  )

  test('are two lists of at most 999 events, numbered anew', () => {
    const files = edl(many)
    expect(files.map(({ name, text }) => [name, text.match(/^\d{3} {2}001/gm)!.length])).toEqual([
      ['Reel-3-Grosse-1-of-2.edl', 999],
      ['Reel-3-Grosse-2-of-2.edl', 501],
    ])
    expect(files[1]!.text.split('\r\n').slice(0, 5)).toEqual([
      'TITLE: Reel 3 / Größe',
      'FCM: NON-DROP FRAME',
      '',
      '001  001      V     C        01:00:39:24 01:00:40:00 01:00:39:24 01:00:40:00  ',
      'note 999 |C:ResolveColorYellow |M:Anna |D:1',
    ])
  })

  test('are one file in every other format', () => {
    for (const format of ['csv', 'fcpxml', 'avid', 'txt'] as const) {
      const [file, ...more] = exportMarkers(format, many, timeline())
      expect([more, new Set(file!.text.match(/note \d+/g)).size]).toEqual([[], 1_500])
    }
  })
})

describe('ASCII alone', () => {
  test.each([
    ['größer – “ja”…', 'grosser - "ja"...'],
    ['Čeština ﬁlm', 'Cestina film'],
    ['🎬👩‍🎨x', '??x'],
    ['日本', '??'],
    ['e\u0301', 'e'],
    ['x｜C:', 'x'],
  ])('%j is %j', (text, said) => {
    for (const format of ['edl', 'avid'] as const)
      expect(
        exportMarkers(format, [marker({ text, name: text })], timeline({ ascii: true, title: text }))[0]!
          .text,
      ).toMatch(new RegExp(said.replace(/[.?*+]/g, '\\$&')))
    expect(edl([marker({ text, name: text })], { ascii: true, title: text })[0]!.text).toMatch(
      /^[\x20-\x7e\r\n]*$/,
    )
  })
})

test('of another rate, a note keeps its real time since the start', () => {
  const at = (frame: number, rate: Rate) => [marker({ at: { frame, rate } })]
  // A minute and a frame after 01:00:00:00, at rates that a timeline of 24 was watched at.
  expect(labels(at(91_501, '25'), { rate: '24', start: 86_400 })).toEqual(['01:01:00:01'])
  expect(labels(at(87_841, '24'), { rate: '25' })).toEqual(['01:01:00:01'])
  // 1,440 frames at 24000/1001 last 60.06 s.
  expect(labels(at(87_840, '23.976'), { rate: '24', start: 86_400 })).toEqual(['01:01:00:01'])
  // The same picture has two labels: 1,800 frames after the start.
  expect(labels(at(109_800, '29.97'), { rate: '29.97df', start: 107_892 })).toEqual(['01:01:00;02'])
  expect(labels(at(109_692, '29.97df'), { rate: '29.97', start: 108_000 })).toEqual(['01:01:00:00'])
  expect(labels(at(183_001, '50'))).toEqual(['01:01:00:00'])
})

describe('before the start', () => {
  const early = [
    marker({ at: { frame: 89_999, rate: '25' }, text: 'leader' }),
    marker({ at: null, text: 'no timecode' }),
    marker({ at: { frame: 90_000, rate: '25' } }),
  ]

  test('they are kept, and said', () => {
    expect(surveyMarkers(early, timeline())).toEqual({ early: 1, untimed: 1 })
    expect(labels(early)).toEqual(['00:59:59:24', '01:00:00:00'])
    const csv = exportMarkers('csv', early, timeline())[0]!.text.split('\r\n')
    expect(csv.slice(1, 4).map(line => line.split(',').at(-1))).toEqual(['yes', 'no', 'no'])
    expect(csv[3]).toBe('3,,,,,,Anna,no timecode,Yellow,,no,2026-11-21T12:00:00.000Z,,no')
    expect(exportMarkers('txt', early, timeline())[0]!.text).toContain(
      'Before the start: 1.\nWithout a timecode: 1.\n\n00:59:59:24  Anna: leader\n',
    )
  })

  test('a project begins with them', () => {
    const { text } = exportMarkers('fcpxml', early, timeline())[0]!
    expect(text).toContain('tcStart="89999/25s"')
    expect(text.match(/<marker start="\S+"/g)).toEqual([
      '<marker start="89999/25s"',
      '<marker start="90000/25s"',
    ])
    expect(text).toContain(
      '<asset-clip ref="r2" name="Reel 3 | Größe" offset="89999/25s" start="89999/25s" duration="2/25s"',
    )
  })

  test('after midnight is after the start', () => {
    const start = 23 * 90_000
    const after = [marker({ at: { frame: 5, rate: '25' } }), marker({ at: { frame: start + 1, rate: '25' } })]
    expect(surveyMarkers(after, timeline({ start }))).toEqual({ early: 0, untimed: 0 })
    expect(labels(after, { start })).toEqual([formatTimecode(start + 1, '25'), '00:00:00:05'])
  })
})

test.each([
  ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@x', "'@x"],
  ['a\n=1', `"a\n'=1"`],
])('a spreadsheet takes %j for text', (text, cell) => {
  expect(exportMarkers('csv', [marker({ text })], timeline())[0]!.text).toContain(`,Anna,${cell},Yellow,`)
})

test('what XML has no place for is left out', () => {
  const text = 'a\u0000b\u0008c\ud800d\uffffe\u2028'
  expect(exportMarkers('fcpxml', [marker({ text })], timeline())[0]!.text).toContain('value="abcde\u2028"')
})

test('a list has one line a note, whatever is in it', () => {
  const odd = marker({ text: 'a\r\nb\tc\u2028d\u0000e\u0085f', name: 'A\tB\n' })
  expect(exportMarkers('avid', [odd], timeline())[0]!.text).toBe(
    'A B\t01:00:00:00\tV1\tyellow\ta b c d e f\t1\n',
  )
  expect(edl([odd])[0]!.text.split('\r\n')[4]).toBe('a b c d e f |C:ResolveColorYellow |M:A B |D:1')
})
