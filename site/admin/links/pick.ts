import type { Link } from '../api/client.ts'

/** A link with an address to open; an invitation has none. */
type Opening = Link & { url: string }

const opens = (link: Link): link is Opening =>
  link.url !== null && (link.state === 'active' || link.state === 'scheduled')

/** The link a host would use: the first working one that may run the room. */
export const hostLink = (links: readonly Link[]): Opening | undefined =>
  links.filter(opens).find(l => l.permissions.includes('op'))

/** The link to look at the review page with: a host's, else the first that works, wants no PIN and names nobody. */
export const reviewLink = (links: readonly Link[]): Opening | undefined =>
  hostLink(links) ?? links.filter(opens).find(l => !l.pin && l.name === null)
