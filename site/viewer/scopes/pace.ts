/** At least so long from one frame to the next, in ms: no more than 15 a second. */
const SHORTEST = Math.ceil(1000 / 15)

/** The worker rests so many times as long as it worked: on a slow machine the decoder needs the time. */
const REST = 3

/**
 * When the next frame may be measured, in ms.
 * @param sent when the last one was handed over
 * @param took how long its measuring took, ms
 */
export const nextAt = (sent: number, took: number): number => sent + Math.max(SHORTEST, took * (1 + REST))

/** The size a frame is measured at: as wide as plots are, in the shape of the picture, at least a row. */
export const WIDTH = 384
export const heightOf = (width: number, height: number): number =>
  Math.min(WIDTH, Math.max(1, Math.round((WIDTH * height) / width)))
