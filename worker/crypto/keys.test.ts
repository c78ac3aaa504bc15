import { describe, expect, it } from 'vitest'
import { bytesOf, toBase64url } from './encoding.ts'
import { createKeys, type Purpose } from './keys.ts'

const OLD = 'the secret of last year, long enough to be one'
const NEW = 'the secret of this year, long enough to be one'
const purposes: Purpose[] = [
  'ingest-key',
  'link-secret',
  'playback-token',
  'person-token',
  'pin',
  'compare',
  'token-signing',
]
const data = bytesOf('what is signed')

describe('derivation', () => {
  it('gives each purpose and each secret a key of its own, always the same', async () => {
    const all = [createKeys(OLD), createKeys(NEW), createKeys(OLD)]
    const seen = await Promise.all(
      all.map(keys => Promise.all(purposes.map(async p => toBase64url((await keys.seeds(p))[0]!)))),
    )
    expect(new Set([...seen[0]!, ...seen[1]!]).size).toBe(2 * purposes.length)
    expect(seen[2]).toEqual(seen[0])
  })

  it('stays what it is: a change of it ends every link and every ingest key', async () => {
    // HKDF-SHA256 without salt, info "sightline/<purpose>/v1", computed apart with Python's hmac module.
    expect(toBase64url((await createKeys(OLD).seeds('ingest-key'))[0]!)).toBe(
      '5d4G5nBaleG2D_nYOv9HITs0q1XZ9aEfsqqs9Yutfk0',
    )
  })

  it('lists the current secret before the previous one', async () => {
    const [current] = await createKeys(NEW).seeds('token-signing')
    const [previous] = await createKeys(OLD).seeds('token-signing')
    expect(await createKeys(NEW, OLD).seeds('token-signing')).toEqual([current, previous])
  })
})

describe('MACs', () => {
  it('are made with the current secret only', async () => {
    expect(await createKeys(NEW, OLD).mac('pin', data)).toEqual(await createKeys(NEW).mac('pin', data))
  })

  it('are listed for every secret that still verifies, the current one first', async () => {
    const [now, before] = await Promise.all([NEW, OLD].map(secret => createKeys(secret).mac('pin', data)))
    expect(await createKeys(NEW, OLD).macs('pin', data)).toEqual([now, before])
    expect(await createKeys(NEW).macs('pin', data)).toEqual([now])
  })

  it('verify under the current and the previous secret, and under no other', async () => {
    const keys = createKeys(NEW, OLD)
    const [now, before, other] = await Promise.all(
      [NEW, OLD, `${NEW}!`].map(secret => createKeys(secret).mac('pin', data)),
    )
    expect(await keys.verifyMac('pin', data, now!)).toBe(true)
    expect(await keys.verifyMac('pin', data, before!)).toBe(true)
    expect(await keys.verifyMac('pin', data, other!)).toBe(false)
    expect(await createKeys(NEW).verifyMac('pin', data, before!)).toBe(false)
  })

  it('verify for their own purpose and their own data only', async () => {
    const keys = createKeys(NEW)
    const tag = await keys.mac('ingest-key', data)
    const right = await Promise.all(purposes.map(p => keys.verifyMac(p, data, tag)))
    expect(right).toEqual([true, false, false, false, false, false, false])
    expect(await keys.verifyMac('ingest-key', bytesOf('what is signeD'), tag)).toBe(false)
  })

  it.each([0, 1, 15])('are not taken on the word of %i bytes', async length => {
    const keys = createKeys(NEW)
    expect(await keys.verifyMac('pin', data, (await keys.mac('pin', data)).subarray(0, length))).toBe(false)
  })

  it('may be cut to 16 bytes, but not be longer than they are', async () => {
    const keys = createKeys(NEW)
    const tag = await keys.mac('pin', data)
    expect(await keys.verifyMac('pin', data, tag.subarray(0, 16))).toBe(true)
    expect(await keys.verifyMac('pin', data, new Uint8Array([...tag, 0]))).toBe(false)
  })
})

it.each([
  ['same', 'same', true],
  ['', '', true],
  ['same', 'Same', false],
  ['same', 'same ', false],
  ['same', '', false],
  // Two texts that look alike are two secrets.
  ['\u00e9', 'e\u0301', false],
])('the secrets %j and %j', async (a, b, same) => {
  expect(await createKeys(NEW).sameSecret(a, b)).toBe(same)
})
