import { expect, test } from 'vitest'
import { ask } from '../../test/support/api.ts'
import { NOON, testApp } from '../../test/support/app.ts'
import { isContact, securityTxt } from './security-txt.ts'

const PATH = '/.well-known/security.txt'
const MAIL = 'mailto:security@studio.example'

test.each([
  MAIL,
  'mailto:security+reports@studio.example',
  'https://studio.example/security',
  'https://studio.example/report?product=sightline',
])('%s can be a contact', contact => {
  expect(isContact(contact)).toBe(true)
})

test.each([
  '',
  'security@studio.example',
  'mailto:',
  'mailto:security',
  'mailto:a@b@c.example',
  'mailto:security@studio.example?subject=x',
  'http://studio.example/security',
  'https://',
  'https://me:secret@studio.example',
  'https://studio.example/a b',
  'tel:+1-201-555-0123',
  'javascript:alert(1)',
  `${MAIL}\nCanonical: https://other.example`,
  `mailto:${'x'.repeat(300)}@studio.example`,
])('%j cannot', contact => {
  expect(isContact(contact)).toBe(false)
})

test.each<[publicUrl: string | undefined, canonical: string]>([
  ['https://review.example', 'Canonical: https://review.example/.well-known/security.txt\n'],
  ['https://review.example:8443', 'Canonical: https://review.example:8443/.well-known/security.txt\n'],
  ['http://localhost:8787', ''],
  [undefined, ''],
])('under %s it says %j of its own address', (publicUrl, canonical) => {
  expect(securityTxt(MAIL, publicUrl, NOON)).toBe(
    `Contact: ${MAIL}\nExpires: 2027-05-20T00:00:00Z\n${canonical}Preferred-Languages: en\n`,
  )
})

test.each([0, 86_399_999, NOON, Date.UTC(2028, 1, 29)])(
  'made at %i it is good for some months, under a year',
  now => {
    const [, expires] = /^Expires: (.+)$/m.exec(securityTxt(MAIL, undefined, now))!
    const days = (Date.parse(expires!) - now) / 86_400_000
    expect(days).toBeGreaterThan(170)
    expect(days).toBeLessThan(365)
  },
)

test('a deployment with a contact tells it to anybody, without the database', async () => {
  const app = await testApp({ SECURITY_CONTACT: MAIL, PUBLIC_URL: 'https://sightline.test' })
  try {
    app.roundTrips()
    const { status, headers, body } = await ask<string>(app, 'GET', PATH, { token: null })
    expect({
      status,
      type: headers['content-type'],
      cache: headers['cache-control'],
      body,
      trips: app.roundTrips(),
    }).toEqual({
      status: 200,
      type: 'text/plain; charset=utf-8',
      cache: 'public, max-age=86400',
      body: securityTxt(MAIL, 'https://sightline.test', NOON),
      trips: 0,
    })
  } finally {
    app.close()
  }
})

test('one without has no such file, for browsers either', async () => {
  const app = await testApp()
  try {
    for (const accept of ['*/*', 'text/html']) {
      const { status, headers } = await ask(app, 'GET', PATH, { token: null, headers: { accept } })
      expect([status, headers['content-type']]).toEqual([404, 'application/problem+json'])
    }
  } finally {
    app.close()
  }
})
