import type { App } from '../deps.ts'
import { isLocalName } from '../environment.ts'
import { placeOf } from '../http/place.ts'
import { CALLBACK } from '../pages/callback.ts'
import { Problem } from '../problem.ts'

/** Where the provider sends people back to: a page of ours, which posts what it was given. */
export const redirectUriOf = (app: Pick<App, 'config'>, url: string): string =>
  `${placeOf(app, url).origin}${CALLBACK}`

/**
 * Without PUBLIC_URL the redirect address has the name that a request was sent to, which whoever sends it chooses.
 * @throws {Problem} 409 unless that is this machine's own name, to which a browser sends nobody's code but to us
 */
export function refuseUnknownPlace({ config }: Pick<App, 'config'>, url: string): void {
  if (config.publicUrl === undefined && !isLocalName(new URL(url).hostname))
    throw new Problem(
      409,
      'public_url_needed',
      'Signing in through a provider needs to know the address of this server. Set PUBLIC_URL and start it again.',
    )
}
