/** Red, green, blue as code values, 0–255; fractions are means of several pixels. */
export type Rgb = readonly [red: number, green: number, blue: number]

/** CIE L*a*b* under D65: lightness 0–100, the two colour axes about ±128. */
export type Lab = readonly [l: number, a: number, b: number]

/**
 * Code values to L*a*b* (D65, 2°). The transfer is sRGB's and the primaries are those that sRGB and BT.709 share: browsers
 * put BT.709 video on an sRGB canvas without a change of transfer, so that a code value that was sent is the code value
 * that is shown. What is compared is code values; the transfer only decides how far apart they look.
 */
export function labOf([red, green, blue]: Rgb): Lab {
  const [r, g, b] = [linear(red), linear(green), linear(blue)]
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b)
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

/** IEC 61966-2-1. */
function linear(code: number): number {
  const c = code / 255
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
}

/** CIE 15: the cube root, and its tangent near black. */
const f = (t: number): number => (t > (6 / 29) ** 3 ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29)

const radians = (degrees: number): number => (degrees * Math.PI) / 180
const SEVENTH_OF_25 = 25 ** 7

/** Hue in degrees, 0–360; 0 for what has none. */
const hueOf = (a: number, b: number): number =>
  a === 0 && b === 0 ? 0 : ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360

/**
 * CIEDE2000 (CIE 142), all weights 1, the order of steps as in Sharma, Wu and Dalal, "The CIEDE2000 color-difference
 * formula" (2005), whose test data it is tested with.
 */
export function deltaE2000([l1, a1, b1]: Lab, [l2, a2, b2]: Lab): number {
  const meanC7 = ((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2) ** 7
  const stretch = 1.5 - 0.5 * Math.sqrt(meanC7 / (meanC7 + SEVENTH_OF_25))
  const [c1, c2] = [Math.hypot(a1 * stretch, b1), Math.hypot(a2 * stretch, b2)]
  const [h1, h2] = [hueOf(a1 * stretch, b1), hueOf(a2 * stretch, b2)]
  const grey = c1 * c2 === 0
  const across = Math.abs(h1 - h2) > 180

  const turn = across ? (h2 > h1 ? -360 : 360) : 0
  const dH = 2 * Math.sqrt(c1 * c2) * Math.sin(radians((grey ? 0 : h2 - h1 + turn) / 2))
  const [dL, dC] = [l2 - l1, c2 - c1]

  const l = (l1 + l2) / 2
  const c = (c1 + c2) / 2
  const h = grey ? h1 + h2 : (h1 + h2 + (across ? (h1 + h2 < 360 ? 360 : -360) : 0)) / 2
  const t =
    1 -
    0.17 * Math.cos(radians(h - 30)) +
    0.24 * Math.cos(radians(2 * h)) +
    0.32 * Math.cos(radians(3 * h + 6)) -
    0.2 * Math.cos(radians(4 * h - 63))
  const sL = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2)
  const sC = 1 + 0.045 * c
  const sH = 1 + 0.015 * c * t
  const c7 = c ** 7
  const rT =
    -2 * Math.sqrt(c7 / (c7 + SEVENTH_OF_25)) * Math.sin(radians(60 * Math.exp(-(((h - 275) / 25) ** 2))))
  return Math.sqrt((dL / sL) ** 2 + (dC / sC) ** 2 + (dH / sH) ** 2 + rT * (dC / sC) * (dH / sH))
}

/** How far apart two colours look: below 1 hardly, 2 side by side. */
export const difference = (one: Rgb, other: Rgb): number => deltaE2000(labOf(one), labOf(other))
