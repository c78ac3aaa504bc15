import * as v from 'valibot'
import { expect, test } from 'vitest'
import { endBeforeStart, instant, iso, line, paragraph, slug, whole } from './fields.ts'

/** What a field makes of an input: `{output}`, or the first sentence against it. */
function read(schema: v.GenericSchema, input: unknown): unknown {
  const result = v.safeParse(schema, input, { abortPipeEarly: true })
  return result.success ? { output: result.output } : result.issues[0].message
}

const FORM = 'must be an ISO 8601 time with a zone, such as 2026-11-21T14:00:00Z'
const NO_SUCH = 'must be an existing time between 2000 and 2100'

test.each<[unknown, unknown]>([
  ['2026-11-21T14:00:00Z', { output: Date.UTC(2026, 10, 21, 14) }],
  ['2026-11-21T14:00Z', { output: Date.UTC(2026, 10, 21, 14) }],
  ['2026-11-21T14:00:00.5Z', { output: Date.UTC(2026, 10, 21, 14, 0, 0, 500) }],
  ['2026-11-21T14:00:00.123456789Z', { output: Date.UTC(2026, 10, 21, 14, 0, 0, 123) }],
  ['2026-11-21T14:00:00+02:00', { output: Date.UTC(2026, 10, 21, 12) }],
  ['2026-11-21T14:00:00-05:30', { output: Date.UTC(2026, 10, 21, 19, 30) }],
  ['2026-03-29T02:30:00+01:00', { output: Date.UTC(2026, 2, 29, 1, 30) }],
  ['2028-02-29T00:00:00Z', { output: Date.UTC(2028, 1, 29) }],
  ['2026-11-21T24:00:00Z', { output: Date.UTC(2026, 10, 22) }],
  ['2000-01-01T00:00:00Z', { output: Date.UTC(2000, 0) }],
  ['2099-12-31T23:59:59.999Z', { output: Date.UTC(2100, 0) - 1 }],
  // No zone, or another way to write it.
  ['2026-11-21T14:00:00', FORM],
  ['2026-11-21', FORM],
  ['2026-11-21 14:00:00Z', FORM],
  ['2026-11-21T14:00:00+0200', FORM],
  ['2026-11-21T14:00:00+02', FORM],
  ['2026-11-21T14:00:00z', FORM],
  ['2026-11-21T14:00:00 Z', FORM],
  [' 2026-11-21T14:00:00Z', FORM],
  ['2026-11-21T14:00:00Z\n', FORM],
  ['20261121T140000Z', FORM],
  ['+002026-11-21T14:00:00Z', FORM],
  ['tomorrow', FORM],
  ['', FORM],
  [1_795_269_600_000, FORM],
  [true, FORM],
  [{}, FORM],
  // Times that there are not.
  ['2026-02-29T00:00:00Z', NO_SUCH],
  ['2026-02-30T00:00:00Z', NO_SUCH],
  ['2026-04-31T00:00:00+02:00', NO_SUCH],
  ['2100-02-29T00:00:00Z', NO_SUCH],
  ['2026-13-01T00:00:00Z', NO_SUCH],
  ['2026-00-01T00:00:00Z', NO_SUCH],
  ['2026-11-00T00:00:00Z', NO_SUCH],
  ['2026-11-21T25:00:00Z', NO_SUCH],
  ['2026-11-21T14:60:00Z', NO_SUCH],
  ['2026-11-21T23:59:60Z', NO_SUCH],
  ['2026-11-21T14:00:00+24:00', NO_SUCH],
  // A slip of units or of a digit.
  ['1999-12-31T23:59:59Z', NO_SUCH],
  ['2100-01-01T00:00:00Z', NO_SUCH],
  ['2000-01-01T00:00:00+00:01', NO_SUCH],
  ['0026-11-21T14:00:00Z', NO_SUCH],
])('the time %j', (input, expected) => {
  expect(read(instant, input)).toEqual(expected)
})

const ONE_LINE = 'must be one line without control characters'

test.each<[unknown, unknown]>([
  ['Grade 3', { output: 'Grade 3' }],
  ['  Grade 3\t', { output: 'Grade 3' }],
  ['x'.repeat(10), { output: 'x'.repeat(10) }],
  ['Żółć 🎬', { output: 'Żółć 🎬' }],
  ['<b>&"\'', { output: '<b>&"\'' }],
  ['שלום', { output: 'שלום' }],
  ['', 'must not be empty'],
  [' \n\t ', 'must not be empty'],
  ['x'.repeat(11), 'must have at most 10 characters'],
  ['a\nb', ONE_LINE],
  ['a\rb', ONE_LINE],
  ['a\u0000b', ONE_LINE],
  ['a\u001b[31m', ONE_LINE],
  ['a\u007fb', ONE_LINE],
  ['a\u0085b', ONE_LINE],
  ['a\u2028b', ONE_LINE],
  ['a\u202egpj', ONE_LINE],
  ['a\u2066b', ONE_LINE],
  ['a\ud83d', ONE_LINE],
  [1, 'must be text'],
  [null, 'must be text'],
  [['a'], 'must be text'],
])('the line %j', (input, expected) => {
  expect(read(line(10), input)).toEqual(expected)
})

test.each<[unknown, unknown]>([
  ['', { output: '' }],
  ['  two\r\n\tlines  ', { output: 'two\r\n\tlines' }],
  ['x'.repeat(21), 'must have at most 20 characters'],
  ['a\u0000b', 'must not have control characters'],
  ['a\u001bb', 'must not have control characters'],
  ['a\udc00b', 'must not have control characters'],
  [null, 'must be text'],
])('the paragraph %j', (input, expected) => {
  expect(read(paragraph(20), input)).toEqual(expected)
})

test.each<[unknown, unknown]>([
  [1, { output: 1 }],
  [9, { output: 9 }],
  [0, 'must be at least 1'],
  [-1, 'must be at least 1'],
  [10, 'must be at most 9'],
  [1.5, 'must be a whole number'],
  [Number.POSITIVE_INFINITY, 'must be a whole number'],
  ['1', 'must be a whole number'],
  [true, 'must be a whole number'],
])('the whole number %j', (input, expected) => {
  expect(read(whole(1, 9), input)).toEqual(expected)
})

const SLUG = 'must be 1 to 64 of a–z, 0–9 and -'

test.each<[unknown, unknown]>([
  ['a', { output: 'a' }],
  ['spot-7-v2', { output: 'spot-7-v2' }],
  ['x'.repeat(64), { output: 'x'.repeat(64) }],
  ['a2'.repeat(23), { output: 'a2'.repeat(23) }],
  ['', SLUG],
  ['x'.repeat(65), SLUG],
  ['Spot', SLUG],
  ['spot 7', SLUG],
  ['spot_7', SLUG],
  ['spot/7', SLUG],
  ['..', SLUG],
  ['spöt', SLUG],
  ['spot\n', SLUG],
  [' spot', SLUG],
  ['a2'.repeat(24), 'must not look like a key'],
  [7, 'must be text'],
])('the slug %j', (input, expected) => {
  expect(read(slug, input)).toEqual(expected)
})

test('times leave as ISO 8601, and no time as null', () => {
  expect([0, 1_795_269_600_000, 1_795_269_600_000n, null, undefined].map(iso)).toEqual([
    '1970-01-01T00:00:00.000Z',
    '2026-11-21T14:00:00.000Z',
    '2026-11-21T14:00:00.000Z',
    null,
    null,
  ])
})

test('a window that ends before it starts is told at its end', () => {
  expect(endBeforeStart()).toMatchObject({
    status: 400,
    code: 'invalid',
    detail: 'endsAt: must be later than startsAt',
    extra: { errors: [{ field: 'endsAt', detail: 'must be later than startsAt' }] },
  })
})
