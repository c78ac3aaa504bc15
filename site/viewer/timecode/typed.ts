import type { Rate } from '../../../timecode/rate.ts'
import { parseTimecode } from '../../../timecode/timecode.ts'

/**
 * Reads a timecode as people type it: digits alone count from the right (`1000512` is 01:00:05:12), and parts may have
 * one digit and stand between colons, semicolons, dots or commas. What it then is must be right at the rate.
 */
export function readTyped(text: string, rate: Rate): ReturnType<typeof parseTimecode> {
  const digits = text.trim()
  const parts = /^\d{1,8}$/.test(digits) ? digits.padStart(8, '0').match(/\d\d/g)! : digits.split(/[:;.,]/)
  if (parts.length !== 4) return { fault: 'form' }
  return parseTimecode(parts.map(part => part.trim().padStart(2, '0')).join(':'), rate)
}
