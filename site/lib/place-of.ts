/** An address that a page may be left for; null for anything else. */
export const placeOf = (address: unknown): string | null =>
  typeof address === 'string' && /^https?:\/\//i.test(address) ? address : null
