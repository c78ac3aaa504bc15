import { expect, test } from 'vitest'
import { Problem } from '../problem.ts'
import { digestTag, ifMatchVersion, noneMatch, versionTag } from './etag.ts'

test('a digest follows its contents', async () => {
  const tag = await digestTag({ a: 1, b: [null, 'x'] })
  expect(tag).toMatch(/^"[\w-]{16}"$/)
  expect(await digestTag({ a: 1, b: [null, 'x'] })).toBe(tag)
  expect(await digestTag({ a: 1, b: [null, 'y'] })).not.toBe(tag)
})

test('a version tag changes with the version and with the contents, and gives the version back', async () => {
  const tag = await versionTag(7, { seats: 0 })
  expect(tag).toMatch(/^"7-[\w-]{16}"$/)
  expect(await versionTag(7, { seats: 1 })).not.toBe(tag)
  expect(await versionTag(8, { seats: 0 })).not.toBe(tag)
  expect(ifMatchVersion(tag)).toBe(7)
})

test.each<[string | undefined, number | undefined]>([
  [undefined, undefined],
  ['*', undefined],
  [' * ', undefined],
  ['"1"', 1],
  ['"12-abc_DEF-0"', 12],
  ['W/"3-x"', 3],
  [' "4" ', 4],
  ['"0"', 0],
])('If-Match %s asks for version %s', (header, version) => {
  expect(ifMatchVersion(header)).toBe(version)
})

test.each([
  '',
  '1',
  '"',
  '""',
  '"a"',
  '"-1"',
  '"1.5"',
  "'1'",
  '"1"x',
  'w/"1"',
  '"1", "2"',
  '"1-a"b"',
  '**',
  `"${'9'.repeat(16)}"`,
])('If-Match %s names nothing that was ever given out: 412', header => {
  let thrown: unknown
  try {
    ifMatchVersion(header)
  } catch (error) {
    thrown = error
  }
  expect(thrown).toBeInstanceOf(Problem)
  expect(thrown).toMatchObject({ status: 412, code: 'changed_meanwhile' })
})

test.each<[string | undefined, string, boolean]>([
  ['"a"', '"a"', true],
  ['W/"a"', '"a"', true],
  ['"a"', 'W/"a"', true],
  ['W/"a"', 'W/"a"', true],
  ['*', '"a"', true],
  ['"x", "a"', '"a"', true],
  ['"x",W/"a" , "y"', '"a"', true],
  [undefined, '"a"', false],
  ['', '"a"', false],
  ['a', '"a"', false],
  ['"A"', '"a"', false],
  ['"ab"', '"a"', false],
  ['"x", "y"', '"a"', false],
  ['w/"a"', '"a"', false],
])('If-None-Match %s against %s: %s', (header, etag, same) => {
  expect(noneMatch(header, etag)).toBe(same)
})
