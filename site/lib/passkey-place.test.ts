import { expect, test } from 'vitest'
import { passkeyPlace } from './passkey-place.ts'

test.each([
  ['https://review.example/admin', true, { is: 'fine' }],
  ['http://localhost:8787/admin', true, { is: 'fine' }],
  ['http://review.example/admin', false, { is: 'plain' }],
  ['https://192.0.2.10/admin', true, { is: 'ip' }],
  ['http://192.0.2.10:8787/admin', false, { is: 'ip' }],
  ['https://[2001:db8::1]/admin', true, { is: 'ip' }],
  ['https://10.example/admin', true, { is: 'fine' }],
  ['https://127.0.0.1.example/admin', true, { is: 'fine' }],
  [
    'http://127.0.0.1:8787/admin/welcome?a=b#secret',
    true,
    { is: 'elsewhere', address: 'http://localhost:8787/admin/welcome?a=b#secret' },
  ],
  ['http://[::1]:8787/r/reel-3', true, { is: 'elsewhere', address: 'http://localhost:8787/r/reel-3' }],
])('%s, secure: %s', (address, secure, place) => {
  expect(passkeyPlace(address, secure)).toEqual(place)
})
