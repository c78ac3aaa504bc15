import { deltaE2000, type Lab, labOf, type Rgb } from './delta-e.ts'
import { type Matrix, type Range, toRgb, toYuv } from './matrix.ts'

/** What can be wrong with all colours at once. */
export type ColourFault =
  /** The BT.601 matrix was used at one end, BT.709 at the other. */
  | 'matrix-601'
  /** The BT.2020 matrix was used at one end, BT.709 at the other. */
  | 'matrix-2020'
  /** Full range was read as limited: blacks and whites are cut off. */
  | 'full-as-limited'
  /** Limited range was read as full: blacks are grey, whites are dull. */
  | 'limited-as-full'

interface Hypothesis {
  faults: ColourFault[]
  predict(rgb: Rgb): Rgb
}

const matrices: [encoded: Matrix, decoded: Matrix, faults: ColourFault[]][] = [
  ['709', '709', []],
  ['601', '709', ['matrix-601']],
  ['709', '601', ['matrix-601']],
  ['2020', '709', ['matrix-2020']],
  ['709', '2020', ['matrix-2020']],
]
const ranges: [encoded: Range, decoded: Range, faults: ColourFault[]][] = [
  ['limited', 'limited', []],
  ['full', 'limited', ['full-as-limited']],
  ['limited', 'full', ['limited-as-full']],
]

const hypotheses: Hypothesis[] = matrices.flatMap(([encoded, decoded, matrix]) =>
  ranges.map(([from, to, range]) => ({
    faults: [...matrix, ...range],
    predict: (rgb: Rgb) => toRgb(toYuv(rgb, encoded, from), decoded, to),
  })),
)

/** Colours as near as this (mean ΔE2000) to what was sent have nothing wrong with them that is worth a name. */
const NEAR = 1
/** A fault is named when it explains so much of the difference that no more than this share of it is left. */
const LEFT = 0.5
/** A fault more is named only when it leaves no more than this share of what the fewer leave. */
const LEFT_OF_FEWER = 0.7

/**
 * Which faults explain the colours that were read: each is tried on those that were sent, with the matrices and ranges
 * exchanged, and the one that comes nearest is named if it comes near enough. A picture that is merely bad (a low bitrate,
 * another gamma) comes near none.
 */
export function diagnose(patches: readonly { expected: Rgb; read: Rgb }[]): ColourFault[] {
  const read = patches.map(patch => labOf(patch.read))
  const left = (predict: (rgb: Rgb) => Rgb) =>
    mean(patches.map(({ expected }, i) => deltaE2000(labOf(predict(expected)), read[i] as Lab)))
  const plain = left(rgb => rgb)
  if (!(plain >= NEAR)) return []

  let best = { faults: [] as ColourFault[], left: plain }
  for (const count of [1, 2]) {
    const nearest = hypotheses
      .filter(({ faults }) => faults.length === count)
      .map(({ faults, predict }) => ({ faults, left: left(predict) }))
      .reduce((a, b) => (b.left < a.left ? b : a))
    if (nearest.left <= best.left * (count === 1 ? LEFT : LEFT_OF_FEWER)) best = nearest
  }
  return best.left <= plain * LEFT ? best.faults : []
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
