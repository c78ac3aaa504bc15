/** What browsers call it, and what people do. */
const names: Record<string, string> = {
  bt709: 'BT.709',
  bt470bg: 'BT.601',
  smpte170m: 'BT.601',
  bt2020: 'BT.2020',
  'bt2020-ncl': 'BT.2020',
  smpte432: 'P3',
  rgb: 'RGB',
}
const transfers: Record<string, string> = { pq: 'PQ', hlg: 'HLG', linear: 'linear' }

/** The colour that a frame says it has, such as "BT.709, limited"; null when it says nothing. */
export function colourOf({ primaries, transfer, matrix, fullRange }: VideoColorSpaceInit): string | null {
  const gamut = primaries ? (names[primaries] ?? primaries) : null
  const coding = matrix ? (names[matrix] ?? matrix) : null
  if (!gamut && !coding) return null
  const base = gamut ?? coding!
  const parts = [
    coding && gamut && coding !== gamut ? `${base} with ${coding} matrix` : base,
    transfer ? transfers[transfer] : undefined,
    fullRange == null ? undefined : fullRange ? 'full' : 'limited',
  ]
  return parts.filter(Boolean).join(', ')
}
