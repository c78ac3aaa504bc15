/** What somebody put into the form. */
export type Entry =
  | { is: 'empty' }
  | { is: 'unreadable' }
  /** A review link, opened as it is: its secret goes nowhere but into the address bar. */
  | { is: 'link'; href: string }
  /** A room's slug. */
  | { is: 'room'; slug: string }

const SLUG = /^[a-z0-9-]{1,64}$/
const ROOM_PATH = /^\/r\/[a-z0-9-]{1,64}(\/[a-z0-9-]{1,64})?\/?$/

/**
 * Reads a pasted link (with its scheme, without it, or from the first `/` on) or a room's name, which may be written as
 * its title is. Only pages of rooms are links here: nobody is sent elsewhere by what they paste.
 * @param origin of this page: where a link from the first `/` on leads
 */
export function readEntry(text: string, origin: string): Entry {
  const typed = text.trim()
  if (!typed) return { is: 'empty' }
  if (/[/#:]/.test(typed)) return readLink(typed, origin)
  const slug = slugOf(typed)
  return SLUG.test(slug) ? { is: 'room', slug } : { is: 'unreadable' }
}

function readLink(typed: string, origin: string): Entry {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed)
    ? typed
    : typed.startsWith('/')
      ? `${origin}${typed}`
      : `https://${typed}`
  if (whole.includes('\\') || !URL.canParse(whole)) return { is: 'unreadable' }
  const { protocol, pathname, username, password, href } = new URL(whole)
  const opens = /^https?:$/.test(protocol) && ROOM_PATH.test(pathname) && !username && !password
  return opens ? { is: 'link', href } : { is: 'unreadable' }
}

/** As the server makes a slug of a title: letters without their accents, the rest as single hyphens. */
const slugOf = (title: string): string =>
  title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
