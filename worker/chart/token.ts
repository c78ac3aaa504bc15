import { isId } from '../crypto/id.ts'
import type { Keys } from '../crypto/keys.ts'
import { signToken } from '../crypto/token.ts'

/** What a chart link says: the room whose chart it shows. It opens nothing else. */
interface ChartClaims {
  r: string
}

/** A chart link lasts a day at most, and no longer than its room. */
export const CHART_TOKEN_MS = 24 * 3600_000

export const isChartClaims = (claims: unknown): claims is ChartClaims =>
  typeof claims === 'object' &&
  claims !== null &&
  typeof (claims as ChartClaims).r === 'string' &&
  isId((claims as ChartClaims).r)

/** @param expiresAt ms since 1970 */
export const makeChartToken = (keys: Keys, roomId: string, expiresAt: number): Promise<string> =>
  signToken(keys, 'chart-token', { r: roomId } satisfies ChartClaims, expiresAt)
