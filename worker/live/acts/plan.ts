import type { InStatement } from '../../db.ts'
import type { Place } from '../place.ts'
import type { Act, Actor } from './acts.ts'

/** The act of one kind. */
export type Of<D extends Act['do']> = Extract<Act, { do: D }>

/** Who and where: what every statement's conditions are over. */
export interface Scene extends Place {
  by: Actor
  now: number
}

/** An act as statements. */
export interface Plan {
  /** The act itself: its affected rows say whether it was done. */
  main: InStatement
  /** What goes with it. Each has its own condition, and does nothing when the act did nothing. */
  rest?: InStatement[]
  /** Why it was not done, as `why`: an `ActRefusal`, or NULL when there just was nothing to do. */
  why: InStatement
}
