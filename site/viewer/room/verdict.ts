import type { Route } from '../../player/route.ts'
import type { Stream } from '../../player/state.ts'

export interface VerdictFacts {
  screen: 'waiting' | 'playing' | 'held'
  route: Route | null
  stream: Stream
  /** Answers of the server missed in a row. */
  failures: number
}

/** The connection in words, from facts alone; measurements come with the health panel. */
export interface Verdict {
  /** Bars out of three. */
  level: 0 | 2 | 3
  word: 'good' | 'fair' | 'none'
  why: 'seconds' | 'server' | null
}

/** Null while there is nothing to judge: no picture yet, or an encoder that stopped. */
export function verdictOf({ screen, route, stream, failures }: VerdictFacts): Verdict | null {
  if (screen === 'waiting') return null
  if (screen === 'held')
    return stream === 'none' && failures < 2 ? null : { level: 0, word: 'none', why: null }
  if (route === 'llhls') return { level: 2, word: 'fair', why: 'seconds' }
  if (failures >= 2) return { level: 2, word: 'fair', why: 'server' }
  return { level: 3, word: 'good', why: null }
}
