import { expect, test } from 'vitest'
import { readTyped } from './typed.ts'

test.each([
  '01:04:12:08',
  '1:4:12:8',
  '01041208',
  '1041208',
  ' 01:04:12:08 ',
  '01.04.12.08',
  '01:04:12;08',
  '01,04,12,08',
])('%j is 01:04:12:08', text => {
  expect(readTyped(text, '25')).toEqual({ frame: 96_308 })
})

test('digits alone count from the right', () => {
  expect(readTyped('108', '25')).toEqual({ frame: 33 })
  expect(readTyped('0', '25')).toEqual({ frame: 0 })
})

test.each([
  ['', 'form'],
  ['x', 'form'],
  ['123456789', 'form'],
  ['01:04:12', 'form'],
  ['01:04:12:08:00', 'form'],
  ['01:04:12:008', 'form'],
  ['-1:04:12:08', 'form'],
  ['25:04:12:08', 'hours'],
  ['01:04:12:25', 'frames'],
])('%j is not one: %s', (text, fault) => {
  expect(readTyped(text, '25')).toEqual({ fault })
})

test('a label that is left out is none', () => {
  expect(readTyped('01010000', '29.97df')).toEqual({ fault: 'dropped' })
})
