const DAY = 86_400_000

/**
 * `14:00` today, `Tuesday 14:00` within six days, else `21 November, 14:00`, with the year when it is another one: in the
 * reader's zone and the page's language, on a 24-hour clock.
 */
export function sayWhen(at: number, now: number, language: string, zone?: string): string {
  const style = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, zone === undefined ? options : { ...options, timeZone: zone })
  const clock = style({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
  const date = style({ day: 'numeric', month: 'long' })
  if (date.format(at) === date.format(now) && Math.abs(at - now) < DAY) return clock
  if (Math.abs(at - now) < 6 * DAY) return `${style({ weekday: 'long' }).format(at)} ${clock}`
  const year = style({ year: 'numeric' })
  const whole = style({ day: 'numeric', month: 'long', year: 'numeric' })
  return `${(year.format(at) === year.format(now) ? date : whole).format(at)}, ${clock}`
}

/** `14:02:31`, for the moment of a picture. */
export function sayClock(at: number, language: string, zone?: string): string {
  return new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    ...(zone === undefined ? {} : { timeZone: zone }),
  }).format(at)
}

/** A countdown: whole days, and the rest as `hh:mm:ss`. Begun seconds count; what is past is nothing. */
export function countDown(ms: number): { days: number; clock: string } {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0')
  const clock = [(seconds / 3600) % 24, (seconds / 60) % 60, seconds % 60].map(two).join(':')
  return { days: Math.floor(seconds / 86_400), clock }
}
