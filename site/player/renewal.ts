/** Part of a lease that is left when the next session is opened, and its bounds in ms. */
const LEAD = { part: 0.2, least: 6000, most: 30_000 }
/** Part of a lease over which the viewers of a room are spread, so that they do not all renew at once. */
const SPREAD = 0.1
/** Between two attempts to renew, in ms; doubled each time. */
const AGAIN = 1000

export interface Lease {
  /** When the session was opened, in ms. */
  openedAt: number
  /** How long it lasts at most, in ms. */
  leaseMs: number
  /** This viewer's place among all, 0 to 1. */
  spread: number
  /** Attempts to renew it that failed. */
  failures: number
}

/**
 * When to open the next session, in the clock of `openedAt`: a fifth of the lease (6 to 30 s) before its end, a little
 * earlier for some viewers than for others, never before half of it. After a failure 1, 2, 4, … s later each time, as
 * long as there is still a lease to renew; after that the player reconnects by its own rules.
 */
export function renewAt({ openedAt, leaseMs, spread, failures }: Lease): number {
  const lead = Math.min(Math.max(leaseMs * LEAD.part, LEAD.least), LEAD.most)
  const first = Math.max(leaseMs - lead - leaseMs * SPREAD * spread, leaseMs / 2)
  const later = failures === 0 ? 0 : AGAIN * (2 ** failures - 1)
  return openedAt + Math.round(first + later)
}
