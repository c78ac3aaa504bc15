import type { Rgb } from './delta-e.ts'
import { PATCHES } from './patches.ts'
import { STRIP_BITS } from './strip.ts'

/** A rectangle of whole pixels. */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** The corners of the chart that have a mark, and one mark below the patches, which a crop leaves last. */
export type MarkName = 'topLeft' | 'topRight' | 'bottomLeft' | 'bottomRight' | 'middle'

export interface Mark {
  name: MarkName
  /** Seven by seven modules, without the light rim around. */
  box: Box
}

/** The whole chart for one size of picture, in pixels of it. */
export interface Chart {
  width: number
  height: number
  marks: readonly Mark[]
  /** The two copies of the strip, the upper first. */
  strips: readonly [StripCells, StripCells]
  patches: readonly { name: string; rgb: Rgb; box: Box }[]
  /** From black to white in eleven equal steps of code value. */
  greys: readonly { level: number; box: Box }[]
  pluge: { ground: Box; level: number; bars: readonly { level: number; box: Box }[] }
  /** Where lines stand, by their own width and gap in pixels of the picture. */
  wedge: readonly { lines: 1 | 2 | 3 | 4; upright: boolean; box: Box }[]
  /** Where words may stand. */
  label: Box
}

export interface StripCells {
  /** Always white, black, …, black, white at the ends of both rows: what white and black became on the way. */
  whites: readonly Box[]
  blacks: readonly Box[]
  /** In the order of bits. */
  cells: readonly Box[]
  box: Box
}

/** The chart is laid out on so many modules, whatever its size: 12 px each at 1920×1080, 8 at 1280×720. */
export const COLUMNS = 160
export const ROWS = 90

/** Code value around everything: dark enough to sit in front of, light enough to tell black bars of a letterbox from. */
export const GROUND = 44

/** The sizes that the page offers; any other size works as well. */
export const SIZES = ['1280x720', '1920x1080', '3840x2160'] as const

/**
 * PLUGE. A picture of 8-bit RGB has nothing below its black (0), so the bars stand on a pedestal of 5, two per cent: one is
 * below the pedestal (0, black itself), one at it, one and two above. It shows crushed or lifted blacks, and the range
 * faults; that footroom of the video (1–15 of the limited range) gets through, it cannot show: RGB does not reach there.
 */
const PEDESTAL = 5
const PLUGE_BARS = [0, 5, 10, 15]

const STRIP_CELL = 2
const STRIP_COLUMNS = STRIP_BITS / 2
const STRIP_ENDS = 2
const STRIP_LEFT = (COLUMNS - (STRIP_COLUMNS + 2 * STRIP_ENDS) * STRIP_CELL) / 2

const MARKS: readonly [name: MarkName, column: number, row: number][] = [
  ['topLeft', 2, 2],
  ['topRight', 151, 2],
  ['bottomLeft', 2, 81],
  ['bottomRight', 151, 81],
  ['middle', 77, 57],
]
export const MARK_MODULES = 7

/**
 * The chart in whole pixels. Every edge is rounded by itself, so that neighbours share it, and a chart that an encoder
 * scaled as a whole lies where the chart of the smaller size does, give or take a pixel.
 * @param width px, at least 160 @param height px, at least 90: a module is no less than a pixel
 */
export function chartOf(width: number, height: number): Chart {
  const x = (column: number) => Math.round((column * width) / COLUMNS)
  const y = (row: number) => Math.round((row * height) / ROWS)
  const box = (column: number, row: number, columns: number, rows: number): Box => ({
    x: x(column),
    y: y(row),
    width: x(column + columns) - x(column),
    height: y(row + rows) - y(row),
  })
  return {
    width,
    height,
    marks: MARKS.map(([name, column, row]) => ({ name, box: box(column, row, MARK_MODULES, MARK_MODULES) })),
    strips: [stripAt(2, box), stripAt(84, box)],
    patches: PATCHES.map(({ name, rgb }, i) => ({
      name,
      rgb,
      box: box(15 + (i % 6) * 22, 12 + Math.floor(i / 6) * 11, 20, 9),
    })),
    greys: Array.from({ length: 11 }, (_, i) => ({
      level: Math.round(i * 25.5),
      box: box(14 + i * 12, 67, 12, 9),
    })),
    pluge: {
      ground: box(15, 57, 56, 8),
      level: PEDESTAL,
      bars: PLUGE_BARS.map((level, i) => ({ level, box: box(21 + i * 12, 58, 8, 6) })),
    },
    wedge: ([1, 2, 3, 4] as const).flatMap(lines =>
      [true, false].map(upright => ({
        lines,
        upright,
        box: box(91 + (lines - 1) * 14, upright ? 57 : 61.5, 12, 3.5),
      })),
    ),
    label: box(15, 77, 130, 6),
  }
}

function stripAt(
  row: number,
  box: (column: number, row: number, columns: number, rows: number) => Box,
): StripCells {
  const cell = (column: number, below: number) =>
    box(STRIP_LEFT + column * STRIP_CELL, row + below * STRIP_CELL, STRIP_CELL, STRIP_CELL)
  const last = STRIP_COLUMNS + 2 * STRIP_ENDS - 1
  return {
    whites: [cell(0, 0), cell(last, 0), cell(0, 1), cell(last, 1)],
    blacks: [cell(1, 0), cell(last - 1, 0), cell(1, 1), cell(last - 1, 1)],
    cells: Array.from({ length: STRIP_BITS }, (_, i) =>
      cell(STRIP_ENDS + (i % STRIP_COLUMNS), Math.floor(i / STRIP_COLUMNS)),
    ),
    box: box(STRIP_LEFT, row, (last + 1) * STRIP_CELL, 2 * STRIP_CELL),
  }
}

/**
 * Whether a module of a mark is dark: three marks and the middle one are rings around a core, in the ratio 1:1:3:1:1 along
 * every line through it, whatever its size; the one at the bottom right is not, so that a mirrored chart shows.
 */
export function isDark(mark: MarkName, column: number, row: number): boolean {
  const ring = Math.max(Math.abs(column - 3), Math.abs(row - 3))
  if (mark === 'bottomRight') return ring === 3 || (column + row) % 2 === 1
  return ring !== 2
}

/** The middle of a box, without so much of each side (a share of it): what blur and coarse colour leave alone. */
export function inner({ x, y, width, height }: Box, share: number): Box {
  const [dx, dy] = [Math.floor(width * share), Math.floor(height * share)]
  return { x: x + dx, y: y + dy, width: width - 2 * dx, height: height - 2 * dy }
}
