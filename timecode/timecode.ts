import { factsOf, framesPerDay, framesPerTenMinutes, type Rate } from './rate.ts'

/** The parts of a timecode label. */
interface Label {
  hours: number
  minutes: number
  seconds: number
  frames: number
}

/**
 * What is wrong with a timecode that was written. `form`: not two digits four times; `separator`: a drop-frame label at a
 * rate without any; `dropped`: the label is one of those that drop-frame counting leaves out.
 */
export type TimecodeFault = 'form' | 'separator' | 'hours' | 'minutes' | 'seconds' | 'frames' | 'dropped'

/** A count of frames, brought into one day: 0 … {@link framesPerDay} − 1. Counts before midnight are those of the day before. */
export function wrapFrame(frame: number, rate: Rate): number {
  const day = framesPerDay(rate)
  return ((frame % day) + day) % day
}

/** What is between two frames, the shorter way around the day: − half a day … + half a day, in frames. */
export function framesBetween(from: number, to: number, rate: Rate): number {
  const day = framesPerDay(rate)
  const ahead = wrapFrame(to - from, rate)
  return ahead > day / 2 ? ahead - day : ahead
}

function labelOf(frame: number, rate: Rate): Label {
  const { base, dropped } = factsOf(rate)
  const wrapped = wrapFrame(frame, rate)
  const tens = Math.floor(wrapped / framesPerTenMinutes(rate))
  const within = wrapped % framesPerTenMinutes(rate)
  // The first of ten minutes has all its labels; each of the others is shorter by those left out.
  const skipped = within < 60 * base ? 0 : 1 + Math.floor((within - 60 * base) / (60 * base - dropped))
  const count = tens * 600 * base + within + skipped * dropped
  const seconds = Math.floor(count / base)
  return {
    hours: Math.floor(seconds / 3600),
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
    frames: count % base,
  }
}

const two = (n: number) => String(n).padStart(2, '0')

/** `HH:MM:SS:FF`, with a semicolon before the frames at drop-frame rates. @param frame whole; wraps at the day's ends */
export function formatTimecode(frame: number, rate: Rate): string {
  const { hours, minutes, seconds, frames } = labelOf(frame, rate)
  return `${two(hours)}:${two(minutes)}:${two(seconds)}${factsOf(rate).dropped ? ';' : ':'}${two(frames)}`
}

/**
 * Reads `HH:MM:SS:FF`, every part with two digits. At drop-frame rates the frames stand after a semicolon or a colon;
 * at others only after a colon.
 */
export function parseTimecode(text: string, rate: Rate): { frame: number } | { fault: TimecodeFault } {
  const parts = /^(\d\d):(\d\d):(\d\d)([:;])(\d\d)$/.exec(text)
  if (!parts) return { fault: 'form' }
  const { base, dropped } = factsOf(rate)
  const [hours, minutes, seconds, frames] = [parts[1], parts[2], parts[3], parts[5]].map(Number) as [
    number,
    number,
    number,
    number,
  ]
  if (parts[4] === ';' && !dropped) return { fault: 'separator' }
  if (hours > 23) return { fault: 'hours' }
  if (minutes > 59) return { fault: 'minutes' }
  if (seconds > 59) return { fault: 'seconds' }
  if (frames >= base) return { fault: 'frames' }
  if (isDropped({ hours, minutes, seconds, frames }, rate)) return { fault: 'dropped' }
  return { frame: frameOf({ hours, minutes, seconds, frames }, rate) }
}

const isDropped = ({ minutes, seconds, frames }: Label, rate: Rate) =>
  seconds === 0 && minutes % 10 !== 0 && frames < factsOf(rate).dropped

function frameOf({ hours, minutes, seconds, frames }: Label, rate: Rate): number {
  const { base, dropped } = factsOf(rate)
  const all = hours * 60 + minutes
  return (all * 60 + seconds) * base + frames - dropped * (all - Math.floor(all / 10))
}

/**
 * The frame that has, at one rate, the label that a frame has at another: the same hours, minutes and seconds, and the
 * nearest frame of that second. Labels that the other rate leaves out become the next one that it has.
 */
export function sameLabel(frame: number, from: Rate, to: Rate): number {
  const label = labelOf(frame, from)
  const { base, dropped } = factsOf(to)
  const frames = Math.min(base - 1, Math.round((label.frames * base) / factsOf(from).base))
  const wanted = { ...label, frames }
  return frameOf(isDropped(wanted, to) ? { ...wanted, frames: dropped } : wanted, to)
}
