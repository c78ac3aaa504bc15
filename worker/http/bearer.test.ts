import { expect, test } from 'vitest'
import { bearerOf } from './bearer.ts'

test.each<[string | undefined, string | undefined]>([
  ['Bearer abc', 'abc'],
  ['bearer abc', 'abc'],
  ['BEARER AZaz09-._~+/==', 'AZaz09-._~+/=='],
  [undefined, undefined],
  ['', undefined],
  ['Bearer', undefined],
  ['Bearer ', undefined],
  ['Bearer  abc', undefined],
  ['Bearer abc ', undefined],
  ['Bearer abc def', undefined],
  ['Bearer abc, Bearer def', undefined],
  ['Bearer a=b', undefined],
  ['Bearer abc\n', undefined],
  ['Bearer abç', undefined],
  ['Basic YTpi', undefined],
  ['abc', undefined],
  ['xBearer abc', undefined],
])('%j carries %s', (header, token) => {
  expect(bearerOf(header)).toBe(token)
})
