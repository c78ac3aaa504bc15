import { makeStartToken } from '../auth/start-token.ts'
import { createKeys } from '../crypto/keys.ts'
import { makeOneTimeLink, ONE_TIME_MS, welcomeUrl } from './one-time-link.ts'

/** What can be made with the deployment's secret alone, away from server and database: for the command line. */

/** The bearer of the starter, good for two minutes. */
export const mintStartToken = (secret: string, now: number): Promise<string> =>
  makeStartToken(createKeys(secret), now)

/**
 * A set-up link (works while there is no owner) or, with a user, a recovery link.
 * @param base where the product is opened, without a trailing slash
 * @param user whom to recover: an id, an e-mail address, or `owner` for the only owner there is
 */
export async function mintLink(
  secret: string,
  base: string,
  user: string | undefined,
  now: number,
): Promise<{ url: string; minutes: number }> {
  const kind = user === undefined ? 'setup' : 'recover'
  const link = await makeOneTimeLink(createKeys(secret), kind, user, now)
  return { url: welcomeUrl(base, link.secret), minutes: ONE_TIME_MS[kind] / 60_000 }
}
