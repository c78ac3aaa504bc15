import type { Keys } from '../crypto/keys.ts'
import { signToken } from '../crypto/token.ts'

/**
 * What the starter of a local server shows for the few calls it makes: signed with the deployment's secret, which it
 * has to have anyway, and good for as long as a start may take.
 */
interface StartClaims {
  m: 'start'
}

/** ms; a start of workerd on a slow machine takes one minute at most. */
const START_TOKEN_MS = 120_000

export const isStartClaims = (claims: unknown): claims is StartClaims =>
  typeof claims === 'object' && claims !== null && (claims as StartClaims).m === 'start'

export const makeStartToken = (keys: Keys, now: number): Promise<string> =>
  signToken(keys, 'start-token', { m: 'start' } satisfies StartClaims, now + START_TOKEN_MS)
