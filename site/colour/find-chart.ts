import { type Chart, COLUMNS, chartOf, MARK_MODULES, type MarkName, ROWS } from './chart.ts'
import { isInside, isMark, type Place, ringsIn } from './marks.ts'
import type { Picture } from './picture.ts'

/** What is wrong with how the chart lies in the picture. */
export type ChartFault =
  /** There is no chart. */
  | 'absent'
  /** Some of it lies outside the picture. */
  | 'cropped'
  /** It does not fill the picture: bars around it, or a window. */
  | 'scaled'
  /** Left and right, or top and bottom, are exchanged. */
  | 'mirrored'

/** Of five marks, so many must be in their places: one may lie under a sign that somebody put into the picture. */
const ENOUGH_MARKS = 4
/** How far an edge of the chart may lie from that of the picture and still count as on it, in modules. */
const ON_EDGE = 0.6

/** Where the chart lies as a whole: px of its left upper corner and of one module; flipped or not. */
interface Lie {
  left: number
  top: number
  across: number
  down: number
  flipped: { x: boolean; y: boolean }
}

/** Finds the chart, which is to fill the whole picture, whatever the encoder scaled the picture to. */
export function findChart(picture: Picture): { found: Chart } | { fault: ChartFault } {
  const { width, height } = picture
  if (width < COLUMNS || height < ROWS) return { fault: 'absent' }
  const chart = chartOf(width, height)
  const full = { left: 0, top: 0, across: width / COLUMNS, down: height / ROWS }
  if (marksOf(picture, { ...full, flipped: { x: false, y: false } }).seen >= ENOUGH_MARKS)
    return { found: chart }

  const rings = ringsIn(picture)
  if (rings.length === 0) return { fault: 'absent' }
  const lie = lieOf(picture, rings)
  // A mark, and no way that a whole chart lies around it: what is missing is outside, or under something.
  if (!lie) return { fault: 'cropped' }
  if (lie.flipped.x || lie.flipped.y) return { fault: 'mirrored' }
  const { left, top, across, down } = lie
  const edges = [
    left / across,
    top / down,
    (width - left - COLUMNS * across) / across,
    (height - top - ROWS * down) / down,
  ]
  if (edges.every(edge => Math.abs(edge) <= ON_EDGE)) return { found: chart }
  return { fault: edges.some(edge => edge < -ON_EDGE) ? 'cropped' : 'scaled' }
}

const ring: readonly MarkName[] = ['topLeft', 'topRight', 'bottomLeft', 'middle']
/** Left upper corners of the marks, in modules: a chart whose modules are one pixel. */
const corners = chartOf(COLUMNS, ROWS).marks.map(({ name, box }) => ({ name, x: box.x, y: box.y }))

const flips = [
  { x: false, y: false },
  { x: true, y: false },
  { x: false, y: true },
  { x: true, y: true },
]

/** Where marks lie in a chart that is flipped so. */
const flipped = (flip: Lie['flipped']) =>
  corners.map(({ name, x, y }) => ({
    name,
    x: flip.x ? COLUMNS - MARK_MODULES - x : x,
    y: flip.y ? ROWS - MARK_MODULES - y : y,
  }))

/**
 * The way the chart can lie that explains most of the marks that are seen; null when none explains two, or none has the
 * chart's middle in the picture: two marks of one side alone could be either side of a flipped chart.
 */
function lieOf(picture: Picture, rings: Place[]): Lie | null {
  let best: { lie: Lie; seen: number } | null = null
  for (const flip of flips) {
    const marks = flipped(flip).filter(({ name }) => ring.includes(name))
    for (const one of rings)
      for (const other of rings)
        for (const a of marks)
          for (const b of marks) {
            if (one === other || a === b) continue
            const lie = lieBetween(one, other, a, b, flip)
            if (!lie) continue
            const { seen, inside, middle } = marksOf(picture, lie)
            if (middle && seen >= 2 && seen >= inside - 1 && seen > (best?.seen ?? 0)) best = { lie, seen }
          }
  }
  return best?.lie ?? null
}

type Corner = (typeof corners)[number]

/** How the chart lies when two rings are these two marks; null when their sizes say that they are not. */
function lieBetween(one: Place, other: Place, a: Corner, b: Corner, flip: Lie['flipped']): Lie | null {
  const across = module(other.x - one.x, b.x - a.x, (one.across + other.across) / 2)
  const down = module(other.y - one.y, b.y - a.y, (one.down + other.down) / 2)
  if (across === null || down === null) return null
  return { left: one.x - a.x * across, top: one.y - a.y * down, across, down, flipped: flip }
}

/** How much the size of a module may differ between a mark and the way between two of them. */
const TOLERANCE = 0.12

/** @param way px between two marks @param modules the same in modules @param size of a module, as the marks have it */
function module(way: number, modules: number, size: number): number | null {
  if (modules === 0) return Math.abs(way) < size ? size : null
  const measured = way / modules
  return Math.abs(measured - size) <= TOLERANCE * size ? measured : null
}

/** How many marks are where they should be for the chart to lie so, and how many of those places are in the picture. */
function marksOf(picture: Picture, lie: Lie): { seen: number; inside: number; middle: boolean } {
  const places = flipped(lie.flipped).map(({ name, x, y }) => ({
    name,
    place: {
      x: lie.left + x * lie.across,
      y: lie.top + y * lie.down,
      across: lie.across,
      down: lie.down,
    },
  }))
  const inside = places.filter(({ place }) => isInside(picture, place))
  return {
    inside: inside.length,
    middle: inside.some(({ name }) => name === 'middle'),
    seen: inside.filter(({ name, place }) => isMark(picture, name, place)).length,
  }
}
