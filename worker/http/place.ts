import type { App } from '../deps.ts'

/** Where people have opened us: what WebAuthn, cookies and one-time links are bound to. */
export interface Place {
  /** scheme://host:port of our pages */
  origin: string
  /** WebAuthn's relying party: the host's name. */
  rpId: string
}

/** PUBLIC_URL, or on a local start the address that was asked. */
export function placeOf({ config }: Pick<App, 'config'>, url: string): Place {
  const { origin, hostname } = new URL(config.publicUrl ?? url)
  return { origin, rpId: hostname }
}
