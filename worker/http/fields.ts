import * as v from 'valibot'
import { invalid } from '../problem.ts'

/** Fields that several resources share, with the sentences that a caller reads when they are wrong. */

/** ISO 8601 with a zone in, milliseconds out; from 2000 to 2100, so that a slip of units is caught. */
export const instant = v.pipe(
  v.string('must be an ISO 8601 time with a zone, such as 2026-11-21T14:00:00Z'),
  v.regex(
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/,
    'must be an ISO 8601 time with a zone, such as 2026-11-21T14:00:00Z',
  ),
  v.check(
    s =>
      isCalendarDay(s.slice(0, 10)) &&
      Date.parse(s) >= Date.UTC(2000, 0) &&
      Date.parse(s) < Date.UTC(2100, 0),
    'must be an existing time between 2000 and 2100',
  ),
  v.transform(s => Date.parse(s)),
)

/** Date.parse takes 30 February for 2 March. */
function isCalendarDay(day: string): boolean {
  const at = Date.parse(`${day}T00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day)
}

/** A window that ends before it starts; for the request's own fields and for those together with a row's. */
export const endBeforeStart = () => invalid([{ field: 'endsAt', detail: 'must be later than startsAt' }])

/**
 * One line of text for people: trimmed, no control characters (they break tables, logs and terminals), no overrides of
 * the writing direction (they garble what stands beside), no half of a character (the database would replace it).
 */
export const line = (max: number) =>
  v.pipe(
    v.string('must be text'),
    v.trim(),
    v.minLength(1, 'must not be empty'),
    v.maxLength(max, `must have at most ${max} characters`),
    v.check(
      s => !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(s),
      'must be one line without control characters',
    ),
  )

/** Text of several lines. A NUL would end it in the database. */
export const paragraph = (max: number) =>
  v.pipe(
    v.string('must be text'),
    v.trim(),
    v.maxLength(max, `must have at most ${max} characters`),
    v.check(s => !/(?![\t\n\r])[\p{Cc}\p{Cs}]/u.test(s), 'must not have control characters'),
  )

export const whole = (min: number, max: number) =>
  v.pipe(
    v.number('must be a whole number'),
    v.integer('must be a whole number'),
    v.minValue(min, `must be at least ${min}`),
    v.maxValue(max, `must be at most ${max}`),
  )

/** Yes or no, and nothing that counts as one of them. */
export const flag = v.boolean('must be true or false')

const WEB_ADDRESS = 'must be an address that begins with https:// or http://'

/** Where a browser can be sent. Nobody's name and password are part of it. */
export const webAddress = v.pipe(
  v.string('must be text'),
  v.trim(),
  v.maxLength(2000, 'must have at most 2000 characters'),
  v.check(isWebAddress, WEB_ADDRESS),
)

function isWebAddress(text: string): boolean {
  if (!/^https?:\/\/[^\s\\]+$/i.test(text) || !URL.canParse(text)) return false
  const { username, password } = new URL(text)
  return !username && !password
}

/** `[a-z0-9-]{1,64}`: a path segment at the origin and in the link. */
export const slug = v.pipe(
  v.string('must be text'),
  v.regex(/^[a-z0-9-]{1,64}$/, 'must be 1 to 64 of a–z, 0–9 and -'),
  v.check(s => !/^[a-z2-7]{48}$/.test(s), 'must not look like a key'),
)

/** ms → ISO 8601, null stays null: how every time leaves the API. */
export const iso = (ms: number | bigint | null | undefined): string | null =>
  ms === null || ms === undefined ? null : new Date(Number(ms)).toISOString()
