import { expect, test } from 'vitest'
import { safeName, shownType } from './file-name.ts'

test.each([
  ['Reel 3, v2.mov', 'Reel 3, v2.mov'],
  ['Übersicht — Farbe.cube', 'Übersicht — Farbe.cube'],
  ['e\u0301tude.wav', 'étude.wav'],
  ['../../etc/passwd', '_.._etc_passwd'],
  ['C:\\Windows\\system32.dll', 'C__Windows_system32.dll'],
  ['a/b', 'a_b'],
  ['.bashrc', 'bashrc'],
  ['..', 'file'],
  ['', 'file'],
  ['   ', 'file'],
  ['grade.mov. . ', 'grade.mov'],
  ['line\nbreak\r\n.txt', 'linebreak.txt'],
  ['nul\u0000byte.txt', 'nulbyte.txt'],
  // Shown right to left this would end in "exe.mov".
  ['reel\u202Evom.exe', 'reelvom.exe'],
  ['\u2066hidden\u2069\u200B.txt', 'hidden.txt'],
  ['\uFEFFmark.txt', 'mark.txt'],
  ['half\uD800surrogate', 'halfsurrogate'],
  ['a\u2028b', 'ab'],
  ['what?*"<>|.txt', 'what______.txt'],
  ['CON', '_CON'],
  ['com1.txt', '_com1.txt'],
  ['console.txt', 'console.txt'],
])('%j is saved as %j', (raw, name) => {
  expect(safeName(raw)).toBe(name)
  expect(safeName(name)).toBe(name)
})

test('a long name keeps its ending and whole characters', () => {
  expect(safeName(`${'a'.repeat(300)}.mov`)).toBe(`${'a'.repeat(196)}.mov`)
  expect([...safeName('🎬'.repeat(300))]).toEqual(Array(200).fill('🎬'))
  expect(safeName(`a.${'b'.repeat(300)}`)).toBe(`a.${'b'.repeat(198)}`)
})

test.each([
  ['video/quicktime', 'video/quicktime'],
  ['Application/X-Cube', 'application/x-cube'],
  ['', ''],
  ['text', ''],
  ['text/html; charset=utf-8', ''],
  ['text/html\n', ''],
  ['<b>/x', ''],
  [`a/${'b'.repeat(100)}`, ''],
])('the type %j is shown as %j', (raw, type) => {
  expect(shownType(raw)).toBe(type)
})
