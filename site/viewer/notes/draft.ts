import { framesIn } from '../../../timecode/clock.ts'
import { factsOf } from '../../../timecode/rate.ts'
import { wrapFrame } from '../../../timecode/timecode.ts'
import type { NoteColor } from '../../../worker/live/messages/notes.ts'
import type { Saying } from '../live/outcome.ts'
import type { Moment } from '../timecode/moment.ts'

/** A note that is being written. */
export interface Draft {
  /** Of the frame that was on screen when it was begun. */
  moment: Moment
  text: string
  color: NoteColor
}

/** The moment so many frames on; where frames are not known it stays. */
export function shifted(moment: Moment, frames: number, latest: number): Moment {
  const { rate, frame, at } = moment
  if (rate === null || frame === null) return moment
  const { num, den } = factsOf(rate)
  const then = at + (frames * den * 1000) / num
  return then > latest ? moment : { ...moment, at: Math.round(then), frame: wrapFrame(frame + frames, rate) }
}

/** What was taken off for the delay, in frames where there are any, else in ms; null = nothing, it is not known. */
export function takenOff({ delayMs, rate }: Moment): { frames: number } | { ms: number } | null {
  if (delayMs === null) return null
  return rate === null ? { ms: delayMs } : { frames: framesIn(delayMs, rate) }
}

/** What is sent for it. */
export function sayingOf(
  { moment, text, color }: Draft,
  streamId: string | null,
): Extract<Saying, { type: 'note.add' }> {
  const { at, delayMs, frame, rate } = moment
  return {
    type: 'note.add',
    text: text.trim(),
    at,
    color,
    ...(delayMs === null ? {} : { delayMs }),
    ...(frame === null || rate === null ? {} : { frame, rate }),
    ...(streamId === null ? {} : { streamId }),
  }
}
