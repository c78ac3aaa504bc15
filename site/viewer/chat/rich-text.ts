/** A stretch of a message: text, or a link that may be opened. */
export type Part = string | { href: string; text: string }

/** The longest address that becomes a link, in characters. */
const LONGEST = 2_000

/** Written-out addresses of the web; what may not stand in one ends it. */
const address = /\bhttps?:\/\/[^\s<>"\\^`{|}\p{Cc}\p{Cf}\p{Z}]+/giu

/** Marks that end a sentence around an address rather than belong to it. */
const trailing = /[.,:;!?…'’”»*_~]$/u
const closers = new Map([
  [')', '('],
  [']', '['],
  ['›', '‹'],
])

/** What turns the direction of all that follows: it would show a sentence, or an address, as another one. */
const overrides = /[\u202a-\u202e\u2066-\u2069]/gu

/** A message in parts, to be put on the page as text and links, never as HTML. */
export function partsOf(text: string): Part[] {
  const plain = text.replace(overrides, '')
  const parts: Part[] = []
  let at = 0
  for (const match of plain.matchAll(address)) {
    const link = linkOf(match[0])
    if (!link) continue
    if (match.index > at) parts.push(plain.slice(at, match.index))
    parts.push(link)
    at = match.index + link.text.length
  }
  if (at < plain.length) parts.push(plain.slice(at))
  return parts
}

/** The first line, without what turns the direction, for a quote of at most `max` characters. */
export function firstLine(text: string, max = 80): string {
  const line = [...(text.replace(overrides, '').trim().split('\n')[0] ?? '')]
  return line.length > max
    ? `${line
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`
    : line.join('')
}

function linkOf(found: string): Exclude<Part, string> | null {
  const text = withoutEnd(found)
  if (text.length > LONGEST || !URL.canParse(text)) return null
  const { protocol, hostname, username, password, href } = new URL(text)
  // A name before the host is there to look like another host.
  if ((protocol !== 'http:' && protocol !== 'https:') || !hostname || username || password) return null
  return { href, text }
}

/** Brackets stay when they were opened inside. */
function withoutEnd(found: string): string {
  let text = found
  for (;;) {
    const last = text.at(-1) ?? ''
    const opener = closers.get(last)
    if (!trailing.test(text) && !(opener && count(text, last) > count(text, opener))) return text
    text = text.slice(0, -1)
  }
}

const count = (text: string, character: string): number => text.split(character).length - 1
