import { expect, test } from 'vitest'
import { createKeys } from '../crypto/keys.ts'
import { pinMac, pinMacs } from './pin.ts'

const old = 'the secret before, long enough for anyone'
const current = 'the secret of now, long enough for anyone'
const keys = createKeys(current, old)
const LINK = 'abcdefghijklmn27'

test('what is stored of a PIN depends on PIN, link and secret, and shows none of them', async () => {
  const mac = await pinMac(keys, LINK, '2468')
  expect(mac).toMatch(/^[\w-]{43}$/)
  expect(await pinMac(keys, LINK, '2468')).toBe(mac)
  expect(await pinMac(keys, LINK, '2469')).not.toBe(mac)
  expect(await pinMac(keys, 'abcdefghijklmn22', '2468')).not.toBe(mac)
  expect(await pinMac(createKeys(old), LINK, '2468')).not.toBe(mac)
})

test('a PIN stored under the previous secret is still known', async () => {
  const before = await pinMac(createKeys(old), LINK, '2468')
  expect(await pinMacs(keys, LINK, '2468')).toEqual([await pinMac(keys, LINK, '2468'), before])
  expect(await pinMacs(createKeys(current), LINK, '2468')).toEqual([await pinMac(keys, LINK, '2468')])
  expect(await pinMacs(keys, LINK, '2469')).not.toContain(before)
})
