/** What looks like an ASCII sign closely enough. */
const alike: Record<string, string> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  '×': 'x',
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
}

/** One line, and if wanted in ASCII alone. */
export const sayable = (text: string, ascii: boolean): string =>
  ascii ? oneLine(asciiOnly(oneLine(text))) : oneLine(text)

/** A text in ASCII alone: accents are lost, and what has no likeness becomes one `?`, however many code points it has. */
const asciiOnly = (text: string): string =>
  [...new Intl.Segmenter('en').segment(text)]
    .map(({ segment }) => {
      const plain = alike[segment] ?? segment.normalize('NFKD').replace(/\p{M}/gu, '')
      return /^[\x20-\x7e]+$/.test(plain) ? plain : '?'
    })
    .join('')

/** Several lines, tabs and control characters as one line; halves of characters are dropped. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Cs}/gu, '')
    .replace(/ {2,}/g, ' ')
    .trim()

/** Beginnings of file names that every system takes. */
export const fileName = (title: string): string =>
  asciiOnly(title)
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '') || 'notes'

/** What a note says with its answers, as one text. */
export const withReplies = (text: string, replies: readonly { name: string; text: string }[]): string =>
  [text, ...replies.map(reply => `${reply.name}: ${reply.text}`)].filter(Boolean).join(' / ')
