export const HOUR = 3_600_000
export const DAY = 86_400_000

/** The new end of a link that gets `by` ms more: counted from its end, or from now once that has passed. */
export function extendedEnd(link: { endsAt: string | null }, by: number, now: number): string | null {
  if (link.endsAt === null) return null
  return new Date(Math.max(Date.parse(link.endsAt), now) + by).toISOString()
}
