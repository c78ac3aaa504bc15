import fc from 'fast-check'
import { expect, test } from 'vitest'
import { slugFor } from './slug.ts'

test.each([
  ['Nordlicht', 'nordlicht'],
  ['  Nordlicht: Grade 3 (v2)! ', 'nordlicht-grade-3-v2'],
  ['Élégie à Noël', 'elegie-a-noel'],
  ['Zürich / Genève', 'zurich-geneve'],
  ['ＦＵＬＬ　ｗｉｄｔｈ', 'full-width'],
  ['100%', '100'],
  ['--a--b--', 'a-b'],
  ['../../etc/passwd', 'etc-passwd'],
  ['<script>alert(1)</script>', 'script-alert-1-script'],
  [`${'a'.repeat(47)} bc`, 'a'.repeat(47)],
])('%s becomes %s', (title, slug) => {
  expect(slugFor(title)).toBe(slug)
})

test.each(['北京', 'Привет', '🎬', '!!!', '—'])('%s has no letter to keep: a random slug', title => {
  expect(slugFor(title)).toMatch(/^room-[a-z2-7]{8}$/)
  expect(slugFor(title)).not.toBe(slugFor(title))
})

test('a unique one has a random suffix', () => {
  expect(slugFor('Nordlicht', true)).toMatch(/^nordlicht-[a-z2-7]{6}$/)
  expect(slugFor('Nordlicht', true)).not.toBe(slugFor('Nordlicht', true))
})

test('a title as long as a key does not become one', () => {
  expect(slugFor('a'.repeat(48))).toMatch(/^a{48}-[a-z2-7]{6}$/)
  expect(slugFor('a'.repeat(200))).toMatch(/^a{48}-[a-z2-7]{6}$/)
})

test('every title becomes a slug that the API would take', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), fc.boolean(), (title, unique) => {
      const slug = slugFor(title, unique)
      return /^[a-z0-9-]{1,64}$/.test(slug) && !/^[a-z2-7]{48}$/.test(slug)
    }),
  )
})
