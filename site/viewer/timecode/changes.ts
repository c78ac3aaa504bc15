import { type TimecodeClock, toldAnew } from '../../../timecode/clock.ts'
import { framesPerDay } from '../../../timecode/rate.ts'

/** What a host has the room's clock do: begin with a frame that is on screen, stand, go on, or be corrected by frames. */
export type Change =
  | Pick<TimecodeClock, 'rate' | 'frame'>
  | { running: boolean }
  /** Frames, on top of what it shows. */
  | { by: number }

/**
 * The clock after a change, as the room takes it.
 * @param clock as it is; null = none yet: then only setting it does something
 * @param at when the frame was made that was on screen when the change was wanted: ms of the server's clock
 */
export function changed(clock: TimecodeClock | null, change: Change, at: number): TimecodeClock | null {
  if ('rate' in change) return { ...change, at, running: true }
  if (!clock) return null
  const now = toldAnew(clock, at)
  if ('running' in change) return { ...now, running: change.running, at: change.running ? at : now.at }
  const day = framesPerDay(clock.rate)
  return { ...now, frame: (now.frame + change.by + day) % day }
}
