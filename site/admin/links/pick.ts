import type { Link } from '../api/client.ts'

const opens = (link: Link) => link.state === 'active' || link.state === 'scheduled'

/** The link a host would use: the first working one that may run the room. */
export const hostLink = (links: readonly Link[]): Link | undefined =>
  links.find(l => opens(l) && l.permissions.includes('op'))

/** The link to look at the review page with: a host's, else the first that works. */
export const reviewLink = (links: readonly Link[]): Link | undefined => hostLink(links) ?? links.find(opens)
