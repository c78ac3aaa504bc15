import * as v from 'valibot'
import { MAX_POINTS, Mark, Point } from './drawing-fields.ts'
import { id, named, Somebody } from './fields.ts'

/** The live channel's drawing over the picture. Part of `protocol.ts`. */

/** A mark in the room. `streamId`: the picture it is on, where that is not the programme. */
export const Drawn = v.strictObject({
  id: v.string(),
  by: Somebody,
  mark: Mark,
  streamId: v.optional(v.string()),
})
export type Drawn = v.InferOutput<typeof Drawn>

const points = v.pipe(
  v.array(Point, 'must be a list'),
  v.minLength(1, 'must not be empty'),
  v.maxLength(MAX_POINTS, `must have at most ${MAX_POINTS} points`),
)

/** All need `annotate`; what is somebody else's is cleared by `op`. */
export const drawingToServer = [
  /** A mark, or its beginning. Its id is the page's to make. */
  v.strictObject({ type: v.literal('draw.mark'), id, mark: Mark, streamId: v.optional(id), ...named }),
  /** More of one's own mark: a pen's points go on, of any other tool the last one moves. Answered only to refuse. */
  v.strictObject({ type: v.literal('draw.extend'), id, points, ...named }),
  /** One's own mark is done, with these as all its points. */
  v.strictObject({ type: v.literal('draw.end'), id, points, ...named }),
  /** Takes back one's own last mark, if there is one. */
  v.strictObject({ type: v.literal('draw.undo'), ...named }),
  /** One's own, if nothing else is said. */
  v.strictObject({
    type: v.literal('draw.clear'),
    which: v.optional(
      v.union(
        [v.strictObject({ of: id }), v.strictObject({ all: v.literal(true) })],
        'must be {of} or {all: true}',
      ),
    ),
    ...named,
  }),
] as const

const seq = v.number()

export const drawingToClient = [
  /** A mark, as it is now; known by its id or new. */
  v.strictObject({ type: v.literal('draw.marked'), seq, drawn: Drawn }),
  /** As `draw.extend`. Without a number: who missed it has the whole mark when it is done. */
  v.strictObject({ type: v.literal('draw.extended'), id: v.string(), points: v.array(Point) }),
  v.strictObject({
    type: v.literal('draw.erased'),
    seq,
    which: v.union([
      v.strictObject({ id: v.string() }),
      v.strictObject({ of: v.string() }),
      v.strictObject({ all: v.literal(true) }),
    ]),
  }),
] as const
