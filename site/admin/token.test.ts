import { describe, expect, it } from 'vitest'
import { isToken, tokenFromFragment, tokenFromTyping } from './token.ts'

describe('tokenFromFragment', () => {
  it.each([
    ['#token=abc-_9', 'abc-_9'],
    ['token=abc', 'abc'],
    ['#a=1&token=abc&b=2', 'abc'],
    ['#token=a%2Bb%3D', 'a+b='],
    ['#token=a+b', 'a+b'],
    ['', null],
    ['#', null],
    ['#token=', null],
    ['#token=%20', null],
    ['#nottoken=abc', null],
    ['#token=%E0%A4%A', null],
  ])('%s', (fragment, token) => {
    expect(tokenFromFragment(fragment)).toBe(token)
  })
})

describe('tokenFromTyping', () => {
  it.each([
    ['abc', 'abc'],
    ['  abc\n', 'abc'],
    ['http://localhost:8787/admin#token=abc', 'abc'],
    ['a#b', 'a#b'],
    ['', ''],
  ])('%j', (typed, token) => {
    expect(tokenFromTyping(typed)).toBe(token)
  })
})

it.each([
  ['abc-_.~+/9==', true],
  ['', false],
  ['two words', false],
  ['=abc', false],
  ['tøken', false],
  ['abc\n', false],
])('isToken(%j) is %s', (text, can) => {
  expect(isToken(text)).toBe(can)
})
