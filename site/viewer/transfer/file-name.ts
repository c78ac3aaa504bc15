/** The longest name, in characters. */
const MAX = 200
/** The longest ending that is kept when a name is cut. */
const MAX_ENDING = 20

/**
 * What other people call their files, made fit to be shown and saved: no path, no control character, nothing that turns
 * the direction of writing or cannot be seen, no name that means a device, at most 200 characters.
 */
export function safeName(raw: string): string {
  const plain = raw
    .normalize('NFC')
    // Control and format characters (bidirectional and zero-width ones among them), line separators, half surrogates.
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[/\\:*?"<>|]/g, '_')
    .replace(/\s+/g, ' ')
    // Hidden, and "this folder" and "the folder above"; Windows drops what stands at the end.
    .replace(/^[.\s]+|[.\s]+$/g, '')
  const name = /^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\.|$)/i.test(plain) ? `_${plain}` : plain
  return cut(name) || 'file'
}

/** In whole characters, with the ending kept: it is what people go by. */
function cut(name: string): string {
  const letters = [...name]
  if (letters.length <= MAX) return name
  const dot = letters.lastIndexOf('.')
  const ending = dot > 0 && letters.length - dot <= MAX_ENDING ? letters.slice(dot) : []
  return [...letters.slice(0, MAX - ending.length), ...ending].join('').trimEnd()
}

/** A media type as somebody claims it, for showing only; empty when it is none. */
export const shownType = (raw: string): string =>
  raw.length <= 100 && /^[a-z\d][a-z\d!#$&^_.+-]*\/[a-z\d][a-z\d!#$&^_.+-]*$/i.test(raw)
    ? raw.toLowerCase()
    : ''
