import { expect, test } from 'vitest'
import { isEmbedParent } from './embed.ts'

test.each([
  'https://portal.example',
  'https://portal.example:8443',
  'https://xn--bcher-kva.example',
  'http://localhost',
  'http://localhost:3000',
  'http://127.0.0.1:3000',
])('%s may embed rooms', text => {
  expect(isEmbedParent(text)).toBe(true)
})

test.each([
  '',
  '*',
  'https://*',
  'https://*.example',
  'https://portal.example:*',
  'https:',
  'portal.example',
  '//portal.example',
  "'self'",
  'null',
  'https://portal.example/',
  'https://portal.example/room',
  'https://portal.example?x',
  'https://portal.example#x',
  'https://me@portal.example',
  'https://Portal.example',
  'https://portal.example:443',
  'https://portal.example:99999',
  'https://bücher.example',
  'https://[::1]',
  'http://[::1]:3000',
  'http://portal.example',
  'http://localhost.example',
  'http://127.0.0.1.example',
  'http://127.0.0.2',
  'http://192.168.1.2',
  'wss://portal.example',
  'ftp://portal.example',
  'javascript:alert(1)',
  'https://a.example https://b.example',
  'https://a.example;script-src',
  "https://a.example'unsafe-inline'",
])('%j may not', text => {
  expect(isEmbedParent(text)).toBe(false)
})
