import { createDecipheriv } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fromBase64url, toBase64url } from './encoding.ts'
import { createKeys } from './keys.ts'
import { seal, unseal } from './seal.ts'

const FIRST = 'a secret of the tests, long enough for anybody'
const SECOND = 'the secret that came after, long enough as well'
const keys = createKeys(FIRST)
const sealed = () => seal(keys, 'setting|one', 'pass word ü')
const bytes = (text: string) => fromBase64url(text.slice('seal1.'.length))!

describe('what is sealed', () => {
  it('opens as what it was sealed as', async () => {
    expect(await unseal(keys, 'setting|one', await sealed())).toBe('pass word ü')
    expect(await unseal(keys, 'setting|one', await seal(keys, 'setting|one', ''))).toBe('')
  })

  it('is AES-256-GCM with the place as additional data, as anybody can compute it', async () => {
    const whole = bytes(await sealed())
    const decipher = createDecipheriv('aes-256-gcm', (await keys.seeds('seal'))[0]!, whole.subarray(0, 12))
    decipher.setAAD(new TextEncoder().encode('sightline/seal\0setting|one'))
    decipher.setAuthTag(whole.subarray(-16))
    expect(Buffer.concat([decipher.update(whole.subarray(12, -16)), decipher.final()]).toString()).toBe(
      'pass word ü',
    )
  })

  it('never looks the same twice and does not show what is in it', async () => {
    const [a, b] = [await sealed(), await sealed()]
    expect(a).not.toBe(b)
    expect(bytes(a).subarray(0, 12)).not.toEqual(bytes(b).subarray(0, 12))
    expect(Buffer.from(bytes(a)).includes('pass')).toBe(false)
  })

  it.each(['setting|two', 'setting', '', 'setting|one\0'])('does not open as %j', async what => {
    expect(await unseal(keys, what, await sealed())).toBeUndefined()
  })

  it('opens under the previous secret, which seals nothing any more', async () => {
    const both = createKeys(SECOND, FIRST)
    expect(await unseal(both, 'setting|one', await sealed())).toBe('pass word ü')
    const fresh = await seal(both, 'setting|one', 'new')
    expect(await unseal(keys, 'setting|one', fresh)).toBeUndefined()
    expect(await unseal(createKeys(SECOND), 'setting|one', fresh)).toBe('new')
  })

  it('does not open under another secret', async () => {
    expect(await unseal(createKeys(SECOND), 'setting|one', await sealed())).toBeUndefined()
  })

  it('does not open when any of its bits is another', async () => {
    const whole = bytes(await sealed())
    for (let at = 0; at < whole.length; at++) {
      const changed = Uint8Array.from(whole)
      changed[at]! ^= 1
      expect([at, await unseal(keys, 'setting|one', `seal1.${toBase64url(changed)}`)]).toEqual([
        at,
        undefined,
      ])
    }
  })
})

it.each<[string, (text: string) => string]>([
  ['nothing', () => ''],
  ['no form', text => text.slice('seal1.'.length)],
  ['another form', text => text.replace('seal1', 'seal2')],
  ['an empty box', () => 'seal1.'],
  ['less than nonce and tag', text => `seal1.${toBase64url(bytes(text).subarray(0, 27))}`],
  ['a truncated box', text => `seal1.${toBase64url(bytes(text).subarray(0, -1))}`],
  ['a longer box', text => `seal1.${toBase64url(new Uint8Array([...bytes(text), 0]))}`],
  ['padding', text => `${text}=`],
  ['the other alphabet', text => `${text.slice(0, -1)}+`],
])('%s is not a sealed text', async (_, change) => {
  expect(await unseal(keys, 'setting|one', change(await sealed()))).toBeUndefined()
})
