import { expect, test } from 'vitest'
import { callOf } from './call-of.ts'

const usual = {
  method: 'GET',
  headers: { Accept: 'application/json' },
  body: null,
  cache: 'no-store',
  credentials: 'omit',
  redirect: 'error',
  signal: expect.any(AbortSignal),
}

test.each([
  ['nothing of who asks', {}, {}],
  ['no empty bearer', { token: '' }, {}],
  ['the bearer', { token: 'T' }, { headers: { Accept: 'application/json', Authorization: 'Bearer T' } }],
  [
    'JSON, of which null is some',
    { method: 'PUT', body: null },
    {
      method: 'PUT',
      headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
      body: 'null',
    },
  ],
  ['cookies when asked to', { cookies: true }, { credentials: 'same-origin' }],
])('a call carries %s', (_, asked, differs) => {
  expect(callOf(asked)).toEqual({ ...usual, ...differs })
})
