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
  ['the same in full width', ['＝1+1', '＋1', '－1', '＠x'], "'＝1+1,'＋1,'－1,'＠x"],
  ['the same after spaces', [' =1', '\u00a0=1', '\t=1'], " '=1,\u00a0'=1,'\t'=1"],
  [
    'the same where other spreadsheets begin a cell',
    ['Mozilla;=HYPERLINK(A1);x', 'a;;+1', 'a; @x', 'a\t-1', 'a\n=1', 'a;＝1'],
    "Mozilla;'=HYPERLINK(A1);x,a;;'+1,a; '@x,a\t'-1,\"a\n'=1\",a;'＝1",
  ],
  ['a sign that is said twice, once', ['==1', 'a;+-1'], "'==1,a;'+-1"],
  ['what only holds such signs', ['a=b', "'=x", -1, 'a; b=c', 'a ;b'], "a=b,'=x,-1,a; b=c,a ;b"],
])('%s', (_, cells, line) => {
  expect(csvLine(cells)).toBe(`${line}\r\n`)
})
