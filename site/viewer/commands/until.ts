const units = new Map([
  ['s', 1_000],
  ['min', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
  ['mon', 31 * 86_400_000],
  ['yr', 365 * 86_400_000],
])

/** `90s`, `5min`, `2h`, `1d`, `6mon` (of 31 days), `1yr` from `now`, or a date: ms since 1970. Null when it is neither. */
export function readUntil(text: string, now: number): number | null {
  const [, count, unit] = /^(\d{1,6})(s|min|h|d|mon|yr)$/.exec(text) ?? []
  if (unit !== undefined) return now + Number(count) * units.get(unit)!
  // A number alone would be a year to some browsers and a month to others.
  const at = /^\d+$/.test(text) ? Number.NaN : Date.parse(text)
  return Number.isNaN(at) ? null : at
}
