import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { capturedWebhooks } from '../../test/support/captured.ts'
import { bytesOf } from '../crypto/encoding.ts'
import { isSignedBy } from './signature.ts'

const SECRET = '1234'

describe('what OvenMediaEngine signed', () => {
  it('has been captured 125 times', () => {
    expect(capturedWebhooks).toHaveLength(125)
  })

  it.each(capturedWebhooks)('$name', async ({ headers, body }) => {
    const signature = headers['X-OME-Signature']!
    expect(await isSignedBy(SECRET, signature, bytesOf(body))).toBe(true)
    expect(await isSignedBy('12345', signature, bytesOf(body))).toBe(false)
    expect(await isSignedBy(SECRET, signature, bytesOf(`${body} `))).toBe(false)
    expect(await isSignedBy(SECRET, signature, bytesOf(body.replace('client', 'Client')))).toBe(
      !body.includes('client'),
    )
  })
})

describe('another form', () => {
  const body = bytesOf('{"client":{}}')
  const digest = createHmac('sha1', SECRET).update(body).digest()
  const signature = digest.toString('base64url')
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const last = alphabet.indexOf(signature.at(-1)!)

  it('is what it should be without it', async () => {
    expect(await isSignedBy(SECRET, signature, body)).toBe(true)
  })

  // 20 bytes are 27 letters, the last of them with two spare bits: three texts more that a lax decoder takes.
  it.each([1, 2, 3])('with spare bits %i', async bits => {
    const changed = signature.slice(0, -1) + alphabet[last ^ bits]
    expect(Buffer.from(changed, 'base64url')).toEqual(digest)
    expect(await isSignedBy(SECRET, changed, body)).toBe(false)
  })

  it.each<[string, string | undefined]>([
    ['no header', undefined],
    ['an empty one', ''],
    ['padding', `${signature}=`],
    ['the other alphabet', digest.toString('base64').replace(/=$/, '')],
    ['the other alphabet with padding', digest.toString('base64')],
    ['hexadecimal', digest.toString('hex')],
    ['a letter less', signature.slice(0, -1)],
    ['cut to 16 bytes', digest.subarray(0, 16).toString('base64url')],
    ['a byte more', Buffer.concat([digest, Buffer.of(0)]).toString('base64url')],
    ['a space before', ` ${signature}`],
    ['a space after', `${signature} `],
    ['two of them', `${signature}, ${signature}`],
    ['a name before it', `sha1=${signature}`],
    ['in upper case', signature.toUpperCase()],
    ['HMAC-SHA256', createHmac('sha256', SECRET).update(body).digest('base64url')],
  ])('%s', async (_, header) => {
    expect(await isSignedBy(SECRET, header, body)).toBe(false)
  })

  it('of an origin without a secret is never right', async () => {
    expect(await isSignedBy('', createHmac('sha1', '').update(body).digest('base64url'), body)).toBe(false)
  })
})
