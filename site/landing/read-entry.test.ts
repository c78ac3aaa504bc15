import { expect, test } from 'vitest'
import { type Entry, readEntry } from './read-entry.ts'

const HERE = 'https://review.example'
const read = (text: string) => readEntry(text, HERE)
const SECRET = 'a2'.repeat(24)

test.each<[string, Entry]>([
  ['', { is: 'empty' }],
  ['  \n', { is: 'empty' }],
  ['nordlicht', { is: 'room', slug: 'nordlicht' }],
  [' Nordlicht: Grade 3 '.replace(':', ''), { is: 'room', slug: 'nordlicht-grade-3' }],
  ['Élégie à Noël', { is: 'room', slug: 'elegie-a-noel' }],
  ['a--b', { is: 'room', slug: 'a-b' }],
  ['x'.repeat(64), { is: 'room', slug: 'x'.repeat(64) }],
  ['x'.repeat(65), { is: 'unreadable' }],
  ['北京', { is: 'unreadable' }],
  ['!!!', { is: 'unreadable' }],
])('%j is a name', (text, entry) => {
  expect(read(text)).toEqual(entry)
})

test.each<[string, string]>([
  [`${HERE}/r/nordlicht#${SECRET}`, `${HERE}/r/nordlicht#${SECRET}`],
  [` ${HERE}/r/nordlicht#${SECRET}\n`, `${HERE}/r/nordlicht#${SECRET}`],
  [`${HERE}/r/nordlicht/aside#${SECRET}`, `${HERE}/r/nordlicht/aside#${SECRET}`],
  [`${HERE}/r/nordlicht`, `${HERE}/r/nordlicht`],
  [`http://127.0.0.1:8787/r/nordlicht/#${SECRET}`, `http://127.0.0.1:8787/r/nordlicht/#${SECRET}`],
  [`review.example/r/nordlicht#${SECRET}`, `${HERE}/r/nordlicht#${SECRET}`],
  [`other.example:8443/r/x#${SECRET}`, `https://other.example:8443/r/x#${SECRET}`],
  [`/r/nordlicht#${SECRET}`, `${HERE}/r/nordlicht#${SECRET}`],
  [`HTTPS://Review.Example/r/nordlicht#${SECRET}`, `${HERE}/r/nordlicht#${SECRET}`],
])('%j is a link, opened as it is', (text, href) => {
  expect(read(text)).toEqual({ is: 'link', href })
})

test.each([
  'javascript:alert(1)',
  'javascript://review.example/r/x%0aalert(1)',
  'data:text/html,/r/x',
  'ftp://review.example/r/x',
  'file:///r/x',
  'https://review.example/',
  'https://review.example/admin/welcome#secret',
  'https://review.example/r/',
  'https://review.example/r/Nordlicht',
  'https://review.example/r/a/b/c',
  'https://review.example/r/../admin',
  'https://somebody@review.example/r/x',
  'https://',
  '//evil.example/r/x',
  '\\\\evil.example/r/x',
  '#secret',
  'mailto:anna@post.example',
  'Grade 3: the end',
])('%j is neither', text => {
  expect(read(text).is).toBe('unreadable')
})
