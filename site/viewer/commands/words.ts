/** The first word of a line, and what follows it without the space between. */
export interface Word {
  text: string
  /** It stood in quotes: then it is taken as it is. */
  quoted: boolean
  rest: string
}

/** Telephones make typographic quotes of plain ones. */
const closing = new Map([
  ["'", "'’"],
  ['"', '"”'],
  ['‘', "’'"],
  ['“', '”"'],
])

/**
 * Takes the first word off a line: up to a space, or what stands in `'…'` or `"…"`, where a backslash makes the next
 * character plain. Null when there is none, 'open' when a quote does not end.
 */
export function takeWord(line: string): Word | null | 'open' {
  const trimmed = line.trimStart()
  if (!trimmed) return null
  const ends = closing.get(trimmed[0]!)
  if (ends === undefined) {
    const end = trimmed.search(/\s/u)
    if (end < 0) return { text: trimmed, quoted: false, rest: '' }
    return { text: trimmed.slice(0, end), quoted: false, rest: trimmed.slice(end).trimStart() }
  }
  let text = ''
  for (let at = 1; at < trimmed.length; at += 1) {
    const character = trimmed[at]!
    if (ends.includes(character)) return { text, quoted: true, rest: trimmed.slice(at + 1).trimStart() }
    if (character === '\\') at += 1
    text += trimmed[at] ?? ''
  }
  return 'open'
}

/** A word as it has to be typed, so that {@link takeWord} reads it. */
export function asWord(text: string): string {
  if (text !== '' && !/\s/u.test(text) && !closing.has(text[0]!)) return text
  return `"${text.replace(/["”\\]/gu, '\\$&')}"`
}
