import { wrapFrame } from '../../../timecode/timecode.ts'
import type { Act } from '../acts/acts.ts'
import type { RefusedCode, ToServer } from '../protocol.ts'

/** How far the instant of a timecode may lie behind and before the server's clock, in ms. */
export const BEHIND = 60_000
export const AHEAD = 1_000

export type TimecodeMessage = Extract<ToServer, { type: 'timecode.set' | 'timecode.clear' }>

/** What a host's message about the timecode asks of the database. @param name the host's */
export function timecodeAct(message: TimecodeMessage, name: string, now: number): Act | RefusedCode {
  if (message.type === 'timecode.clear') return { do: 'clear-timecode' }
  const { rate, frame, at, running } = message
  if (at < now - BEHIND || at > now + AHEAD) return 'clock_off'
  return { do: 'timecode', clock: { rate, frame: wrapFrame(frame, rate), at, running, by: name } }
}
