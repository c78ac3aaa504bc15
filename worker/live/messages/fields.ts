import * as v from 'valibot'

/** Fields that messages of the live channel share. */

export const id = v.pipe(v.string('must be an id'), v.regex(/^[a-z2-7]{16}$/, 'must be an id'))

/** The page's own name of a message, which its answer repeats. */
export const ref = v.pipe(
  v.string('must be text'),
  v.regex(/^[\w-]{1,32}$/, 'must be 1 to 32 of a–z, 0–9, _ and -'),
)

/** What a page may name, and what comes back with the name. */
export const named = { ref: v.optional(ref) }
export const renamed = { ref: v.optional(v.string()) }

/** Somebody, for people. */
export const Somebody = v.strictObject({ id: v.string(), name: v.string() })
export type Somebody = v.InferOutput<typeof Somebody>
