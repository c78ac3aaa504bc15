import { expect, it } from 'vitest'
import { csvLine } from './csv.ts'

it.each<[string, Parameters<typeof csvLine>[0], string]>([
  ['plain cells', ['a b', 1, true, null, ''], 'a b,1,true,,'],
  ['commas, quotes and line ends', ['a,b', 'say "x"', 'a\nb', 'a\rb'], '"a,b","say ""x""","a\nb","a\rb"'],
  ['what a spreadsheet would run', ['=1+1', '+1', '-1', '@x', '\tx'], "'=1+1,'+1,'-1,'@x,'\tx"],
  [
    'the same where it must be quoted too',
    ['=HYPERLINK("a","b")', '\rx'],
    `"'=HYPERLINK(""a"",""b"")","'\rx"`,
  ],
  ['what only holds such signs', ['a=b', "'=x", -1], "a=b,'=x,-1"],
])('%s', (_, cells, line) => {
  expect(csvLine(cells)).toBe(`${line}\r\n`)
})
