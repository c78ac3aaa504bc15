import type { LiveState } from './state.ts'

/** Somebody who is in a room or waits before it, as far as staff see it from outside. */
export interface Present {
  id: string
  /** When they came, ms. */
  since: number
  waiting: boolean
}

export const snapshotOf = ({ people }: LiveState): Present[] =>
  [...people].map(([id, { since, waiting }]) => ({ id, since, waiting: waiting !== null }))
