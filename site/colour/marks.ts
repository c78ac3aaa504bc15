import { isDark, MARK_MODULES, type MarkName } from './chart.ts'
import type { Picture } from './picture.ts'

/** Where a mark lies, or may lie, in a picture: px, fractions allowed; `across` and `down` are the size of one module. */
export interface Place {
  x: number
  y: number
  across: number
  down: number
}

/** Dark and light of a mark that can be read lie at least so far apart, in code values. */
const MIN_CONTRAST = 60
/** Of the 49 modules, so many may read wrongly. */
const MAX_WRONG = 2
/** The light of a mark is lighter than this, and its dark darker, whatever a wrong range did to them. */
const BETWEEN = 128

/** Of the middle half of each module, as rows of code values. */
const lightAt = (picture: Picture, x: number, y: number, width: number, height: number): number => {
  const left = Math.min(picture.width - 1, Math.max(0, Math.round(x)))
  const top = Math.min(picture.height - 1, Math.max(0, Math.round(y)))
  const [red, green, blue] = picture.rgbAt(
    left,
    top,
    Math.max(1, Math.min(picture.width - left, Math.round(width))),
    Math.max(1, Math.min(picture.height - top, Math.round(height))),
  )
  return red / 4 + green / 2 + blue / 4
}

/** Whether a place lies wholly inside the picture. */
export const isInside = ({ width, height }: Picture, { x, y, across, down }: Place): boolean =>
  x >= 0 && y >= 0 && x + MARK_MODULES * across <= width && y + MARK_MODULES * down <= height

/** Whether the mark of that name is at the place, all 49 modules of it. */
export function isMark(picture: Picture, name: MarkName, place: Place): boolean {
  if (!isInside(picture, place)) return false
  const { x, y, across, down } = place
  const modules = Array.from({ length: MARK_MODULES ** 2 }, (_, i) => {
    const [column, row] = [i % MARK_MODULES, Math.floor(i / MARK_MODULES)]
    const light = lightAt(
      picture,
      x + (column + 0.25) * across,
      y + (row + 0.25) * down,
      across / 2,
      down / 2,
    )
    return { dark: isDark(name, column, row), light }
  })
  const darks = modules.filter(module => module.dark).map(module => module.light)
  const lights = modules.filter(module => !module.dark).map(module => module.light)
  const [dark, light] = [median(darks), median(lights)]
  if (light - dark < MIN_CONTRAST) return false
  const middle = (dark + light) / 2
  return modules.filter(module => module.light > middle === module.dark).length <= MAX_WRONG
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] as number

/**
 * Every ring mark in the picture, wherever and however large it is: lines through one have dark, light, dark, light, dark
 * in the ratio 1:1:3:1:1. Slow (some ten thousand samples), for when the chart is not where it should be.
 */
export function ringsIn(picture: Picture): Place[] {
  const step = Math.max(1, Math.floor(picture.width / 640))
  const isDarkAt = (x: number, y: number) => lightAt(picture, x, y, step, step) < BETWEEN
  const found: Place[] = []
  const rows = Math.max(step, Math.floor(picture.height / 120))
  for (let y = 0; y < picture.height; y += rows)
    for (const across of ringsAlong(picture.width, step, x => isDarkAt(x, y))) {
      const down = ringsAlong(picture.height, step, at => isDarkAt(across.middle, at)).find(
        ring => Math.abs(ring.middle - y) < 2 * ring.module,
      )
      // Along the middle of the mark the line is measured once more: the first may have been near its edge.
      const again =
        down &&
        ringsAlong(picture.width, step, x => isDarkAt(x, down.middle)).find(
          ring => Math.abs(ring.middle - across.middle) < 2 * ring.module,
        )
      if (!again || found.some(place => isNear(place, again.middle, down.middle))) continue
      const place = {
        x: again.middle - 3.5 * again.module,
        y: down.middle - 3.5 * down.module,
        across: again.module,
        down: down.module,
      }
      if (isMark(picture, 'topLeft', place)) found.push(place)
    }
  return found
}

const isNear = ({ x, y, across, down }: Place, toX: number, toY: number): boolean =>
  Math.abs(x + 3.5 * across - toX) < 4 * across && Math.abs(y + 3.5 * down - toY) < 4 * down

/** What crosses one line like a ring: where its middle is and how large a module, px. */
function ringsAlong(length: number, step: number, dark: (at: number) => boolean) {
  const rings: { middle: number; module: number }[] = []
  /** Where the last six runs began; the newest is still running. */
  let begins = [0]
  let now = dark(0)
  for (let at = step; at < length + step; at += step) {
    const is = at >= length ? !now : dark(at)
    if (is === now) continue
    begins = [...begins.slice(-5), Math.min(at, length)]
    const ring = now && begins.length === 6 ? asRing(begins) : null
    if (ring) rings.push(ring)
    now = is
  }
  return rings
}

/** @param begins of five runs, the first dark, and the end of the last */
function asRing(begins: number[]): { middle: number; module: number } | null {
  const [a, b, c, d, e, f] = begins as [number, number, number, number, number, number]
  const module = (f - a) / MARK_MODULES
  const isWide = (from: number, to: number, modules: number) =>
    Math.abs(to - from - modules * module) <= 0.5 * module * Math.sqrt(modules)
  const ring = isWide(a, b, 1) && isWide(b, c, 1) && isWide(c, d, 3) && isWide(d, e, 1) && isWide(e, f, 1)
  return ring && module >= 2 ? { middle: (a + f) / 2, module } : null
}
