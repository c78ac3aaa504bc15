import { ASKED, LARGEST, OFFERS, RUNNING } from './limits.ts'
import type { OfferedFile, Refusal } from './signal.ts'
import { isRunning, type Transfer } from './state.ts'

/** What is done with an offer: asked about, refused for the person, or left without an answer, for answers cost too. */
export type Verdict = { do: 'ask' } | { do: 'refuse'; why: Refusal; limit?: number } | { do: 'ignore' }

/**
 * @param earlier when this person's offers came, ms
 * @param largest what this browser can keep, bytes
 */
export function decideOffer(
  { id, from, file }: { id: string; from: string; file: OfferedFile },
  transfers: readonly Transfer[],
  earlier: readonly number[],
  largest: number,
  now: number,
): Verdict {
  if (transfers.some(one => one.id === id)) return { do: 'ignore' }
  if (earlier.filter(at => now - at < OFFERS.ms).length >= OFFERS.count) return { do: 'ignore' }
  if (file.size > largest) return { do: 'refuse', why: 'too_large', limit: largest }
  const asked = transfers.filter(one => one.phase === 'asked')
  const own = asked.filter(one => one.peer.id === from)
  if (own.length >= ASKED.each || asked.length >= ASKED.all) return { do: 'refuse', why: 'busy' }
  return { do: 'ask' }
}

/** Whether one more may begin, for connections, disks and uplinks are finite. One's own offers count as begun. */
export const mayBegin = (transfers: readonly Transfer[]): boolean =>
  transfers.filter(one => isRunning(one) || one.phase === 'offered').length < RUNNING

/** The largest file that this page can keep, in bytes. */
export const largestOf = ({ disk, free }: { disk: boolean; free: number | null }): number =>
  disk ? Math.min(LARGEST.disk, free ?? LARGEST.disk) : LARGEST.memory
