import { t } from '../text.ts'
import { wallTime } from './zone.ts'

const MINUTE = 60_000
const DAY = 86_400_000

/** Where and when the reader is: every sentence about time depends on it. */
export interface Here {
  now: number
  zone: string
}

const day = (at: number, zone: string) => Math.floor(wallTime(at, zone) / DAY)
const two = (n: number) => String(n).padStart(2, '0')

/** `14:05`, on a 24-hour clock. */
export function sayClock(at: number, zone: string): string {
  const wall = new Date(wallTime(at, zone))
  return `${two(wall.getUTCHours())}:${two(wall.getUTCMinutes())}`
}

/** `14:05:09`, where the order within a minute matters. */
export const sayMoment = (at: number, zone: string): string =>
  `${sayClock(at, zone)}:${two(new Date(wallTime(at, zone)).getUTCSeconds())}`

/** `Fri 20 Nov`, with the year when it is another one; null for today. */
export function sayDay(at: number, { now, zone }: Here): string | null {
  if (day(at, zone) === day(now, zone)) return null
  const wall = new Date(wallTime(at, zone))
  const date = t.time.date(wall.getUTCDate(), t.time.months[wall.getUTCMonth()] ?? '')
  const year = wall.getUTCFullYear()
  return year === new Date(wallTime(now, zone)).getUTCFullYear()
    ? `${t.time.weekdays[wall.getUTCDay()]} ${date}`
    : t.time.inYear(date, year)
}

/** `Today 14:05:09`, `Fri 20 Nov 14:05:09`: to the second, for a record. */
export function sayInstant(at: number, here: Here): string {
  const day = sayDay(at, here)
  const moment = sayMoment(at, here.zone)
  return day === null ? t.time.today(moment) : t.time.onDate(day, moment)
}

/** `Today 16:30`, `Wed 10:00` within six days, `12 Nov 10:00` beyond, with the year when it is another one. */
export function sayWhen(at: number, { now, zone }: Here): string {
  const clock = sayClock(at, zone)
  const apart = day(at, zone) - day(now, zone)
  if (apart === 0) return t.time.today(clock)
  if (apart === 1) return t.time.tomorrow(clock)
  if (apart === -1) return t.time.yesterday(clock)
  const wall = new Date(wallTime(at, zone))
  if (Math.abs(apart) < 7) return t.time.weekday(t.time.weekdays[wall.getUTCDay()] ?? '', clock)
  const year = wall.getUTCFullYear()
  const date = t.time.date(wall.getUTCDate(), t.time.months[wall.getUTCMonth()] ?? '')
  return year === new Date(wallTime(now, zone)).getUTCFullYear()
    ? t.time.onDate(date, clock)
    : t.time.onDate(t.time.inYear(date, year), clock)
}

/** `42 min`, `1 h 52 min`, `3 d 4 h`. Parts of a minute are left out. */
export function sayDuration(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE))
  if (minutes < 1) return t.time.underMinute
  if (minutes < 60) return t.time.minutes(minutes)
  const hours = Math.floor(minutes / 60)
  if (hours < 24) {
    const rest = minutes % 60
    return rest ? `${t.time.hours(hours)} ${t.time.minutes(rest)}` : t.time.hours(hours)
  }
  const rest = hours % 24
  const days = t.time.days(Math.floor(hours / 24))
  return rest ? `${days} ${t.time.hours(rest)}` : days
}

/** A window of time: `Today 14:00 to 16:00`, `From Wed 10:00`, `Until Fri 18:00`; null when it has neither end. */
export function saySpan(from: string | null, to: string | null, here: Here): string | null {
  if (from === null && to === null) return null
  if (from === null) return t.time.until(sayWhen(Date.parse(to!), here))
  const start = sayWhen(Date.parse(from), here)
  if (to === null) return t.time.from(start)
  const sameDay = day(Date.parse(from), here.zone) === day(Date.parse(to), here.zone)
  const end = sameDay ? sayClock(Date.parse(to), here.zone) : sayWhen(Date.parse(to), here)
  return t.time.span(start, end)
}
