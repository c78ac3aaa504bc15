import { inner } from './chart.ts'
import { difference, type Rgb } from './delta-e.ts'
import { type ColourFault, diagnose } from './diagnose.ts'
import { type ChartFault, findChart } from './find-chart.ts'
import type { Picture } from './picture.ts'
import type { Strip } from './strip.ts'
import { stripOf } from './strip-of.ts'

export interface PatchReading {
  name: string
  expected: Rgb
  read: Rgb
  /** ΔE2000 between the two. */
  deltaE: number
}

/** What one decoded picture says about how colours arrive: of the decoder's output, not of the display. */
export interface Reading {
  source: Picture['source']
  patches: PatchReading[]
  /** ΔE2000 over all patches. */
  mean: number
  worst: { name: string; deltaE: number }
  /** What is wrong with all colours at once; empty when nothing is, or nothing that has a name. */
  faults: ColourFault[]
  /** null: covered, torn, or of another version. */
  strip: Strip | null
}

/** How much of each side of a patch is left out: an encoder rings at its edges, and colour is half as fine as light. */
const MARGIN = 0.25

/** Reads the chart in a picture, or says why there is none to read. */
export function measure(picture: Picture): Reading | { fault: ChartFault } {
  const chart = findChart(picture)
  if ('fault' in chart) return chart
  const patches = chart.found.patches.map(({ name, rgb, box }): PatchReading => {
    const { x, y, width, height } = inner(box, MARGIN)
    const read = picture.rgbAt(x, y, width, height)
    return { name, expected: rgb, read, deltaE: difference(rgb, read) }
  })
  const worst = patches.reduce((a, b) => (b.deltaE > a.deltaE ? b : a))
  return {
    source: picture.source,
    patches,
    mean: patches.reduce((sum, { deltaE }) => sum + deltaE, 0) / patches.length,
    worst: { name: worst.name, deltaE: worst.deltaE },
    faults: diagnose(patches),
    strip: stripOf(picture, chart.found),
  }
}
