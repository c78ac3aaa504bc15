import * as v from 'valibot'

/** How a picture is marked with who watches it: in a corner that changes, or all over. */
export const watermarkModes = ['off', 'corner', 'tiled'] as const
export type WatermarkMode = (typeof watermarkModes)[number]

/** In requests: null leaves it to the link, and to the room after it. */
export const watermarkGiven = v.picklist(watermarkModes, `must be one of ${watermarkModes.join(', ')}`)

/** What a person's page lays over the picture; null = nothing. The words are the server's: the page has no say in them. */
export const Watermark = v.nullable(
  v.strictObject({ mode: v.picklist(['corner', 'tiled']), text: v.string() }),
)
export type Watermark = v.InferOutput<typeof Watermark>

/** Of a person `p`, whose link is `l`, in a room `r`: the nearest to the person holds. */
export const WATERMARK = 'COALESCE(p.watermark, l.watermark, r.watermark)'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/**
 * The mark of one page.
 * @param who as the server has them; `address` is where this page connects from, null = not known
 * @param now for the date, ms; it is the day in UTC, because a mark is read far from where it was made
 */
export function watermarkOf(
  mode: WatermarkMode,
  who: { name: string; link: string; address: string | null },
  now: number,
): Watermark {
  if (mode === 'off') return null
  const day = new Date(now)
  const date = `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`
  const words = [who.name, who.link === who.name ? null : who.link, date, who.address]
  return { mode, text: words.filter(word => word !== null).join(' · ') }
}
