import { chromaOf } from './rec709.ts'
import { placeOf } from './vectorscope.ts'

/** What is drawn under a vectorscope. Places are 0 to 1 from the left and from the top. */

/** Code value of a bar of 75 %. */
const BAR = 0.75 * 255

const bars = [
  ['R', BAR, 0, 0],
  ['Mg', BAR, 0, BAR],
  ['B', 0, 0, BAR],
  ['Cy', 0, BAR, BAR],
  ['G', 0, BAR, 0],
  ['Yl', BAR, BAR, 0],
] as const

/** Where the bars of 75 % of Rec.709 must land. */
export const targets: readonly { name: string; x: number; y: number }[] = bars.map(([name, r, g, b]) => ({
  name,
  ...placeOf(chromaOf(r, g, b)),
}))

/** The light and the dark skin of the usual chart of 24 patches, as its maker gives them for sRGB. */
const skins = [
  [194, 150, 130],
  [115, 82, 68],
] as const

/** Which way skin lies, in radians anticlockwise from +Cb: the mean of the directions of those two. */
function skinAngle(): number {
  const all = skins.map(([r, g, b]) => chromaOf(r, g, b))
  const lengths = all.map(({ cb, cr }) => Math.hypot(cb, cr))
  const sum = (of: 'cb' | 'cr') => all.reduce((total, one, i) => total + one[of] / lengths[i]!, 0)
  return Math.atan2(sum('cr'), sum('cb'))
}

/** Where the skin line ends that begins in the middle: on the circle around all chroma. */
export const skinEnd: { x: number; y: number } = placeOf({
  cb: Math.cos(skinAngle()) / 2,
  cr: Math.sin(skinAngle()) / 2,
})
