/** What a browser says of where a request comes from. */
export interface Coming {
  method: string
  /** The Origin header. */
  origin: string | undefined
  /** The Sec-Fetch-Site header. */
  site: string | undefined
  /** Whether the caller is known by a cookie, which a browser adds whoever asks. */
  byCookie: boolean
}

const READS = ['GET', 'HEAD', 'OPTIONS']

/**
 * Whether a request that may change something comes from somebody else's page. What says that it is foreign is refused
 * whatever credential it has; one with a cookie must show that it is ours. Programs send neither header, and a bearer
 * is never sent by a browser on its own.
 * @param own origins of our pages; `allowed` those that the deployment lets call this route
 */
export function isForeign(coming: Coming, own: readonly string[], allowed: readonly string[]): boolean {
  if (READS.includes(coming.method)) return false
  if (coming.origin !== undefined) return ![...own, ...allowed].includes(coming.origin)
  if (coming.site !== undefined) return coming.site !== 'same-origin'
  return coming.byCookie
}
