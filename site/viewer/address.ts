/** What a review link says: which room, and the secret that opens it. */
export interface ReviewLink {
  slug: string
  secret: string
}

/**
 * Reads the page's own address. The secret is only ever in the fragment, which browsers send to nobody. Null when the
 * path is not a room's or the fragment is missing (a mail program may have cut it off).
 */
export function readLink({ pathname, hash }: { pathname: string; hash: string }): ReviewLink | null {
  const slug = /^\/r\/([a-z0-9-]{1,64})(?:\/[a-z0-9-]{1,64})?\/?$/.exec(pathname)?.[1]
  const secret = hash.replace(/^#/, '')
  return slug && secret ? { slug, secret } : null
}
