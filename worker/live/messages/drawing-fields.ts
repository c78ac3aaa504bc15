import * as v from 'valibot'

/** What people draw over the picture, on its own coordinates: 0 to 1 of its width and height, wherever it is shown. */

/** At most so many marks a drawing, points in all of them together, and bytes as JSON. */
export const MAX_MARKS = 100
export const MAX_POINTS = 2_000
export const MAX_DRAWING = 32 * 1024

export const tools = ['pen', 'arrow', 'rectangle', 'ellipse'] as const
export const inks = ['red', 'yellow', 'green', 'cyan', 'blue', 'pink'] as const

/** To a ten-thousandth: a fifth of a pixel of a picture 1920 wide. */
const part = v.pipe(
  v.number('must be a number'),
  v.minValue(0, 'must be at least 0'),
  v.maxValue(1, 'must be at most 1'),
  v.transform(value => Math.round(value * 10_000) / 10_000),
)

export const Point = v.strictTuple([part, part], 'must be [x, y]')
export type Point = v.InferOutput<typeof Point>

/** Of an arrow from its tail to its point; of a rectangle or an ellipse two opposite corners of its box. */
export const Mark = v.strictObject({
  tool: v.picklist(tools, 'must be a tool'),
  ink: v.picklist(inks, 'must be an ink'),
  /** In pixels of a picture 1000 wide. */
  weight: v.picklist([2, 3, 5], 'must be 2, 3 or 5'),
  points: v.pipe(
    v.array(Point, 'must be a list'),
    v.minLength(1, 'must not be empty'),
    v.maxLength(MAX_POINTS, `must have at most ${MAX_POINTS} points`),
  ),
})
export type Mark = v.InferOutput<typeof Mark>

export const Drawing = v.pipe(
  v.strictObject({
    marks: v.pipe(
      v.array(Mark, 'must be a list'),
      v.minLength(1, 'must not be empty'),
      v.maxLength(MAX_MARKS, `must have at most ${MAX_MARKS} marks`),
    ),
  }),
  v.check(
    ({ marks }) => marks.reduce((points, mark) => points + mark.points.length, 0) <= MAX_POINTS,
    `must have at most ${MAX_POINTS} points`,
  ),
  v.check(
    drawing => JSON.stringify(drawing).length <= MAX_DRAWING,
    `must have at most ${MAX_DRAWING / 1024} KiB`,
  ),
)
export type Drawing = v.InferOutput<typeof Drawing>
