import * as v from 'valibot'
import { line } from '../http/fields.ts'

/** Characters of a password; more is not hashed. */
export const MAX_PASSWORD = 500
const MIN_PASSWORD = 8

/** A room user's name; '' is that of people without one. */
export const roomUserName = v.union([v.literal(''), line(80)])

/** One that is set now: those that were imported may be shorter. */
export const newPassword = v.pipe(
  v.string('must be text'),
  v.minLength(MIN_PASSWORD, `must have at least ${MIN_PASSWORD} characters`),
  v.maxLength(MAX_PASSWORD, `must have at most ${MAX_PASSWORD} characters`),
)
