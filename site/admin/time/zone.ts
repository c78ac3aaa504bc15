/** The reader's time zone, an IANA name such as `Europe/Lisbon`. */
export const readerZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

const HOUR = 3_600_000
const formats = new Map<string, Intl.DateTimeFormat>()

/** What a calendar and a clock on the wall of `zone` show at `at`, written as if that were UTC, in ms. */
export function wallTime(at: number, zone: string): number {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(zone, format)
  }
  const part: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(at)) part[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

/** ISO 8601 → the value of a `datetime-local` input, to the minute; null → empty. */
export function toLocalInput(iso: string | null, zone: string): string {
  return iso === null ? '' : new Date(wallTime(Date.parse(iso), zone)).toISOString().slice(0, 16)
}

/** What a typed local time means. `skipped`: clocks go forward over it. `twice`: they go back over it; the first is taken. */
export type LocalTime =
  | { is: 'empty' }
  | { is: 'unreadable' }
  | { is: 'skipped' }
  | { is: 'at'; iso: string; twice: boolean }

/** The value of a `datetime-local` input → the instant it means in `zone`. */
export function fromLocalInput(text: string, zone: string): LocalTime {
  if (text.trim() === '') return { is: 'empty' }
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text)) return { is: 'unreadable' }
  const wall = Date.parse(`${text}Z`)
  // Date.parse takes 31 February for 3 March in some engines: what comes back must be what was typed.
  if (Number.isNaN(wall) || new Date(wall).toISOString().slice(0, 16) !== text.slice(0, 16))
    return { is: 'unreadable' }
  // A zone changes its offset at most once in two days, so these two are all that can apply.
  const offsets = [wall - 24 * HOUR, wall + 24 * HOUR].map(at => wallTime(at, zone) - at)
  const found = [...new Set(offsets)].map(o => wall - o).filter(at => wallTime(at, zone) === wall)
  if (found.length === 0) return { is: 'skipped' }
  return { is: 'at', iso: new Date(Math.min(...found)).toISOString(), twice: found.length > 1 }
}
