import * as v from 'valibot'

/** Fields that several resources share, with the sentences that a caller reads when they are wrong. */

/** ISO 8601 with a zone in, milliseconds out; from 2000 to 2100, so that a slip of units is caught. */
export const instant = v.pipe(
  v.string('must be an ISO 8601 time with a zone, such as 2026-11-21T14:00:00Z'),
  v.regex(
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/,
    'must be an ISO 8601 time with a zone, such as 2026-11-21T14:00:00Z',
  ),
  v.check(
    s => Date.parse(s) >= Date.UTC(2000, 0) && Date.parse(s) < Date.UTC(2100, 0),
    'must be an existing time between 2000 and 2100',
  ),
  v.transform(s => Date.parse(s)),
)

/** One line of text for people: trimmed, no control characters (they break tables, logs and terminals). */
export const line = (max: number) =>
  v.pipe(
    v.string('must be text'),
    v.trim(),
    v.minLength(1, 'must not be empty'),
    v.maxLength(max, `must have at most ${max} characters`),
    v.check(s => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(s), 'must be one line without control characters'),
  )

export const paragraph = (max: number) =>
  v.pipe(v.string('must be text'), v.trim(), v.maxLength(max, `must have at most ${max} characters`))

export const whole = (min: number, max: number) =>
  v.pipe(
    v.number('must be a whole number'),
    v.integer('must be a whole number'),
    v.minValue(min, `must be at least ${min}`),
    v.maxValue(max, `must be at most ${max}`),
  )

/** `[a-z0-9-]{1,64}`: a path segment at the origin and in the link. */
export const slug = v.pipe(
  v.string('must be text'),
  v.regex(/^[a-z0-9-]{1,64}$/, 'must be 1 to 64 of a–z, 0–9 and -'),
  v.check(s => !/^[a-z2-7]{48}$/.test(s), 'must not look like a key'),
)

/** A page of a list: `limit` (1–200, usually 50) and the `next` of the page before. */
export const page = {
  limit: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,3}$/, 'must be a whole number from 1 to 200'),
      v.transform(Number),
      v.minValue(1, 'must be a whole number from 1 to 200'),
      v.maxValue(200, 'must be a whole number from 1 to 200'),
    ),
    '50',
  ),
  cursor: v.optional(
    v.pipe(v.string(), v.regex(/^\d{1,16}\.[a-z2-7]{16}$/, 'must be the next of an earlier page')),
  ),
}

/** ms → ISO 8601, null stays null: how every time leaves the API. */
export const iso = (ms: number | bigint | null | undefined): string | null =>
  ms === null || ms === undefined ? null : new Date(Number(ms)).toISOString()
