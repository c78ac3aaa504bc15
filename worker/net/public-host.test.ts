import { expect, test } from 'vitest'
import { isPublicHost } from './public-host.ts'

const hostOf = (url: string) => new URL(url).hostname

test.each([
  'https://auth.example.org/',
  'https://example.org.:8443/',
  'https://192.0.2.1/',
  'https://8.8.8.8/',
  'https://[2001:db8::1]/',
  'https://localhost.example.org/',
  'https://xn--bcher-kva.example/',
])('%s is of the internet', url => {
  expect(isPublicHost(hostOf(url))).toBe(true)
})

test.each([
  'https://localhost/',
  'https://LOCALHOST./',
  'https://auth.localhost/',
  'https://auth/',
  'https://auth./',
  'https://metadata.google.internal/',
  'https://nas.local/',
  'https://router.home.arpa/',
  'https://127.0.0.1/',
  'https://127.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://017700000001/',
  'https://0/',
  'https://10.1.2.3/',
  'https://100.64.0.1/',
  'https://169.254.169.254/',
  'https://172.31.255.255/',
  'https://192.168.1.1/',
  'https://224.0.0.1/',
  'https://255.255.255.255/',
  'https://[::]/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:7f00:1]/',
  'https://[::127.0.0.1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[fd00::1]/',
  'https://[fe80::1]/',
  'https://[ff02::1]/',
  'https://[2002:7f00:1::]/',
])('%s is not', url => {
  expect(isPublicHost(hostOf(url))).toBe(false)
})
