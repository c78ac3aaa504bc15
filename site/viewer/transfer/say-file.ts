import type { GlyphName } from '../../lib/glyph.tsx'
import { LARGEST } from './limits.ts'
import { speedOf } from './reduce.ts'
import type { Failure, Transfer } from './state.ts'
import { files as t } from './text.ts'

/** `12.1 MB`, `512 B`: in thousands, as disks are sold and people count. */
export function saySize(bytes: number): string {
  let [n, unit] = [bytes, 0]
  while (n >= 999.5 && unit < t.size.unit.length - 1) [n, unit] = [n / 1000, unit + 1]
  return t.size.is(unit === 0 || n >= 99.95 ? String(Math.round(n)) : n.toFixed(1), t.size.unit[unit]!)
}

/** How far, how fast and how long still; empty while nothing moves. */
export function sayProgress(transfer: Transfer, now: number): string[] {
  const { phase, moved, file } = transfer
  if (phase !== 'moving') return []
  const speed = speedOf(transfer, now)
  return [
    t.moved(saySize(moved), saySize(file.size)),
    ...(speed === null ? [] : [t.speed(saySize(speed))]),
    ...(speed ? [sayLeft((file.size - moved) / speed)] : []),
  ]
}

function sayLeft(seconds: number): string {
  if (seconds < 99.5) return t.left.seconds(Math.max(1, Math.round(seconds)))
  const minutes = seconds / 60
  return minutes < 99.5 ? t.left.minutes(Math.round(minutes)) : t.left.hours(Math.round(minutes / 60))
}

/** Where it stands, in a sentence; what went wrong comes with what to do. */
export function sayState({ phase, way, peer: { name }, by, refusal, failure }: Transfer): string {
  const { says } = t
  switch (phase) {
    case 'draft':
    case 'asked':
    case 'offered':
    case 'connecting':
      return says[phase](name)
    case 'moving':
      return way === 'out' ? says.sending : says.receiving
    case 'checking':
      return says.checking
    case 'done':
      return way === 'out' ? says.sent(name) : says.received
    case 'refused':
      if (by === 'you') return refusal ? says.tooLarge(saySize(LARGEST.disk)) : says.youRefused
      if (refusal?.why === 'busy') return says.theyBusy(name)
      if (refusal?.why === 'too_large')
        return says.theyTooLarge(name, saySize(refusal.limit ?? LARGEST.memory))
      return says.theyRefused(name)
    case 'cancelled':
      return by === 'you' ? says.youCancelled : says.theyCancelled(name)
    case 'failed':
      return sayFailure(failure ?? 'lost', way, name)
    case 'elsewhere':
      return ''
  }
}

function sayFailure(failure: Failure, way: Transfer['way'], name: string): string {
  const said:
    | string
    | ((name: string) => string)
    | Record<Transfer['way'], string | ((name: string) => string)> = t.failed[failure]
  const words = typeof said === 'object' ? said[way] : said
  return typeof words === 'function' ? words(name) : words
}

export const glyphOf = ({ phase }: Pick<Transfer, 'phase'>): GlyphName => {
  if (phase === 'done') return 'good'
  if (phase === 'failed') return 'poor'
  return phase === 'refused' || phase === 'cancelled' ? 'fair' : 'waiting'
}
