/** The way into a room: which one, and the secret of a review link; without one, people sign in. */
export interface WayIn {
  slug: string
  /** A sub-room's name; null = the room itself. */
  sub: string | null
  secret: string | null
  /** A token made elsewhere, as a room's portal sends people back with it. */
  token: string | null
}

/**
 * Reads the page's own address. The secret is only ever in the fragment, which browsers send to nobody; it is missing
 * when a mail program cut it off, or when there never was one. Null when the path is not a room's.
 */
export function readWay({
  pathname,
  hash,
  search,
}: {
  pathname: string
  hash: string
  search: string
}): WayIn | null {
  const [, slug, sub] = /^\/r\/([a-z0-9-]{1,64})(?:\/([a-z0-9-]{1,64}))?\/?$/.exec(pathname) ?? []
  const secret = hash.replace(/^#/, '')
  const token = new URLSearchParams(search).get('token')
  return slug ? { slug, sub: sub ?? null, secret: secret || null, token: token || null } : null
}

/** One bare picture, as the address asks for it: a source for a switcher or an encoder. */
export interface CleanWay {
  /** A stream's label or kind; null = the programme. */
  stream: string | null
  sound: boolean
}

/** `?view=clean`, with `stream` and `sound=1`; null without it. */
export function readClean(search: string): CleanWay | null {
  const query = new URLSearchParams(search)
  if (query.get('view') !== 'clean') return null
  return { stream: query.get('stream') || null, sound: query.get('sound') === '1' }
}

/** The page of a room or sub-room, as a path. */
export const pathOf = (slug: string, sub: string | null): string =>
  sub === null ? `/r/${slug}` : `/r/${slug}/${sub}`
