import fc from 'fast-check'
import { expect, test } from 'vitest'
import { firstLine, type Part, partsOf } from './rich-text.ts'

const link = (text: string, href = text): Part => ({ href, text })

test.each<[string, Part[]]>([
  ['', []],
  ['No link here.', ['No link here.']],
  ['https://example.com/a', [link('https://example.com/a')]],
  ['See https://example.com/a.', ['See ', link('https://example.com/a'), '.']],
  ['https://example.com/a?!…', [link('https://example.com/a'), '?!…']],
  ['(https://example.com/a)', ['(', link('https://example.com/a'), ')']],
  ['(https://example.com/a_(b))', ['(', link('https://example.com/a_(b)'), ')']],
  ['[https://[::1]:8080/]', ['[', link('https://[::1]:8080/'), ']']],
  ['<https://example.com/a>', ['<', link('https://example.com/a'), '>']],
  ['“https://example.com/a”', ['“', link('https://example.com/a'), '”']],
  ['*https://example.com/a*', ['*', link('https://example.com/a'), '*']],
  ['https://a.example/\nhttp://b.example/', [link('https://a.example/'), '\n', link('http://b.example/')]],
  ['HTTPS://Example.com/A', [link('HTTPS://Example.com/A', 'https://example.com/A')]],
  // Shown as it is typed; where it leads is what the browser makes of it.
  ['https://bücher.example/', [link('https://bücher.example/', 'https://xn--bcher-kva.example/')]],
  ['https://example.com/ä', [link('https://example.com/ä', 'https://example.com/%C3%A4')]],
])('%j', (text, parts) => expect(partsOf(text)).toEqual(parts))

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt://example.com/%0aalert(1)',
  'data:text/html,<script>1</script>',
  'vbscript:x',
  'file:///etc/passwd',
  'blob:null/x',
  'ftp://example.com/a',
  'mailto:a@example.com',
  '//example.com',
  'www.example.com',
  'xhttps://example.com',
  'https://',
  'https:example.com',
  'https:\\\\example.com',
  'https://good.example@evil.example/',
  'https://user:secret@evil.example/',
  'https://%zz/',
  'https://example.com:99999/',
  `https://example.com/${'a'.repeat(2000)}`,
])('no link: %j', text => expect(partsOf(text)).toEqual([text]))

test('what turns the direction is left out, and an address ends before anything invisible', () => {
  expect(partsOf('a\u202egpj.exe\u202c b')).toEqual(['agpj.exe b'])
  expect(partsOf('\u2067https://example.com/\u2069')).toEqual([link('https://example.com/')])
  expect(partsOf('https://example.com/a\u200bb')).toEqual([link('https://example.com/a'), '\u200bb'])
  // Marks that do no more than a letter does stay: they are how some languages are written.
  expect(partsOf('\u200fשלום\u200f')).toEqual(['\u200fשלום\u200f'])
})

test('whatever is written: all of it is shown, in order, and a link leads only to the web', () => {
  const bits = fc.constantFrom(
    'https://',
    'http://',
    'javascript:',
    'a.example',
    '/',
    '@',
    '(',
    ')',
    '[',
    ']',
    '.',
    ' ',
    '\n',
    '<',
    '"',
    '\\',
    ':',
    '#',
    '?',
    'ä',
    '\u202e',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(bits, fc.string({ unit: 'grapheme', maxLength: 3 }))), pieces => {
      const text = pieces.join('')
      const parts = partsOf(text)
      const shown = parts.map(part => (typeof part === 'string' ? part : part.text)).join('')
      expect(shown).toBe(text.replace(/[\u202a-\u202e\u2066-\u2069]/gu, ''))
      for (const part of parts)
        if (typeof part !== 'string') expect(part.href).toMatch(/^https?:\/\/[^/@]+(\/|$)/)
    }),
  )
})

test.each([
  ['one\ntwo', 'one'],
  ['\n  one', 'one'],
  ['', ''],
  ['\u202eone', 'one'],
  ['a'.repeat(90), `${'a'.repeat(79)}…`],
  ['👩‍🎨'.repeat(100), `${[...'👩‍🎨'.repeat(100)].slice(0, 79).join('')}…`],
])('the first line of %j', (text, line) => expect(firstLine(text)).toBe(line))
