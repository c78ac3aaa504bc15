import { parseUrl } from '../environment.ts'

const DAY = 86_400_000

/** How far ahead security.txt says when it runs out, in days: it is made anew at each request (RFC 9116: under a year). */
const GOOD_FOR = 180

const MAX_CONTACT = 300

/** Whether security.txt can name it: a mailto: or https: address on one line, with nothing in it that could end it. */
export const isContact = (text: string): boolean =>
  text.length <= MAX_CONTACT &&
  /^(mailto:[^\s@?]+@[^\s@?]+|https:\/\/[^\s@]+)$/.test(text) &&
  parseUrl(text) !== undefined

/**
 * Where to report a weakness (RFC 9116). It names its own address only when that is one over TLS, as the standard wants.
 * @param contact see {@link isContact}
 */
export function securityTxt(contact: string, publicUrl: string | undefined, now: number): string {
  const expires = new Date((Math.floor(now / DAY) + GOOD_FOR) * DAY).toISOString().replace('.000Z', 'Z')
  return [
    `Contact: ${contact}`,
    `Expires: ${expires}`,
    ...(publicUrl?.startsWith('https:') ? [`Canonical: ${publicUrl}/.well-known/security.txt`] : []),
    'Preferred-Languages: en',
    '',
  ].join('\n')
}
