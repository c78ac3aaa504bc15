import * as v from 'valibot'
import { Point } from './drawing-fields.ts'
import { id, named, Somebody } from './fields.ts'

/** The live channel's pointer: somebody shows others a place of the picture. Part of `protocol.ts`. */

/** Null: no longer. `streamId`: the picture, where it is not the programme. */
const at = v.nullable(Point)

export const pointerToServer = [
  /** Needs `annotate`. Answered by nobody; what comes too fast is dropped without a word. */
  v.strictObject({ type: v.literal('pointer'), at, streamId: v.optional(id), ...named }),
] as const

export const pointerToClient = [
  /** To the others who are in. Without a number: what is missed is missed. */
  v.strictObject({ type: v.literal('pointer'), from: Somebody, at, streamId: v.optional(v.string()) }),
] as const
