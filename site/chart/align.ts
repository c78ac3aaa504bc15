/** One question for the server's time, and its answer. All in ms; `sent` and `received` by this device's own steady clock. */
export interface Sample {
  sent: number
  received: number
  server: number
}

/** How this device's steady clock stands to the server's: server = steady + `offset`, give or take `uncertainty`. */
export interface Alignment {
  offset: number
  /** Half of the round trip of the best sample when it came; it grows with its age. */
  uncertainty: number
  /** When that was, by the steady clock. */
  at: number
}

/** How far two clocks may run apart, as a share of the time that passes: 50 ppm each, more than crystals do. */
const DRIFT = 100e-6

/** What the uncertainty has become by now, ms. */
export const uncertaintyAt = ({ uncertainty, at }: Alignment, now: number): number =>
  uncertainty + Math.max(0, now - at) * DRIFT

/**
 * The better of what was known and a new sample. The smaller round trip counts, less what has drifted since; but a sample
 * that what was known cannot explain (this device slept, or the server's clock was set) replaces it.
 */
export function align(known: Alignment | null, { sent, received, server }: Sample): Alignment {
  const fresh = {
    offset: server - (sent + received) / 2,
    uncertainty: (received - sent) / 2,
    at: received,
  }
  if (!known) return fresh
  const grown = uncertaintyAt(known, received)
  const explained = Math.abs(fresh.offset - known.offset) <= fresh.uncertainty + grown
  return explained && grown < fresh.uncertainty ? known : fresh
}
