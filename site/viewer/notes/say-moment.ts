import type { Rate } from '../../../timecode/rate.ts'
import { formatTimecode } from '../../../timecode/timecode.ts'
import { t } from '../text.ts'
import { sayClock } from '../when.ts'

/** The moment of a note for people: its timecode, else the time on the clock. @param at ms, or ISO 8601 */
export function sayMoment(moment: { at: number | string; frame: number | null; rate: Rate | null }): string {
  const { at, frame, rate } = moment
  if (frame !== null && rate !== null) return formatTimecode(frame, rate)
  return sayClock(typeof at === 'string' ? Date.parse(at) : at, t.times)
}
