import { Problem } from '../problem.ts'

/** A room that only sends people on: where its review is. The page goes there. */
export const elsewhere = (location: string): Problem =>
  new Problem(409, 'elsewhere', 'This review is at another address. Join it there.', { location })
