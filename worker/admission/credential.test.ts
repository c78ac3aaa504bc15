import { beforeAll, describe, expect, it } from 'vitest'
import { newHiddenName, newId } from '../crypto/id.ts'
import { createKeys } from '../crypto/keys.ts'
import { makeRowKey } from '../crypto/row-key.ts'
import { signToken } from '../crypto/token.ts'
import type { PlaybackClaims } from '../playback/token.ts'
import { ingestCredential, playbackCredential } from './credential.ts'
import { parseMediaUrl } from './media-url.ts'

const keys = createKeys('a secret of the tests, long enough for anybody')
const NOW = Date.UTC(2026, 10, 21, 12)
const read = (text: string) => {
  const url = parseMediaUrl(text)
  if (!url) throw new Error(`not a media URL: ${text}`)
  return url
}

describe('a playback token', () => {
  const claims: PlaybackClaims = {
    o: 'default',
    r: newId(),
    s: newId(),
    p: newId(),
    l: newId(),
    g: NOW,
    d: 'play',
  }
  let token: string
  beforeAll(async () => {
    token = await signToken(keys, 'playback-token', claims, NOW + 90_000)
  })
  const credential = (query: string, now = NOW, grace = 0) =>
    playbackCredential(keys, read(`ws://ome.example:3333/app/grade?${query}`), now, grace)

  it.each([
    ['alone', (t: string) => `stream_token=${t}`],
    ['after other parameters', (t: string) => `transport=tcp&stream_token=${t}`],
    ['after an empty parameter', (t: string) => `&stream_token=${t}`],
  ])('%s is taken', async (_, query) => {
    expect(await credential(query(token))).toEqual({ ...claims, exp: NOW / 1000 + 90 })
  })

  it.each<[string, (t: string) => string]>([
    ['missing', () => ''],
    ['missing among others', () => 'transport=tcp'],
    ['not last', t => `stream_token=${t}&transport=tcp`],
    ['followed by an empty parameter', t => `stream_token=${t}&`],
    ['twice', t => `stream_token=${t}&stream_token=${t}`],
    ['a second one before', t => `stream_token=x&stream_token=${t}`],
    ['a second one after', t => `stream_token=${t}&stream_token=x`],
    ['under another name', t => `token=${t}`],
    ['under its name in upper case', t => `STREAM_TOKEN=${t}`],
    ['under its name escaped', t => `stream%5Ftoken=${t}`],
  ])('%s is none', async (_, query) => {
    expect(await credential(query(token))).toBe('no token')
  })

  it.each<[string, string, (t: string) => string]>([
    ['empty', 'token malformed', () => ''],
    ['padded', 'token malformed', t => `${t}=`],
    ['escaped', 'token malformed', t => t.replaceAll('.', '%2E')],
    ['with something after it', 'token malformed', t => `${t},transport=tcp`],
    ['with a wrong signature', 'token forged', t => t.replace(/.{43}$/, 'A'.repeat(43))],
  ])('%s is %s', async (_, fault, change) => {
    expect(await credential(`stream_token=${change(token)}`)).toBe(fault)
  })

  it('ends with its expiry, and for closings with a grace', async () => {
    expect(await credential(`stream_token=${token}`, NOW + 90_000)).toBe('token expired')
    expect(await credential(`stream_token=${token}`, NOW + 90_000, 1)).toEqual({
      ...claims,
      exp: NOW / 1000 + 90,
    })
  })

  it.each<[string, Partial<Record<keyof PlaybackClaims, unknown>>]>([
    ['another direction', { d: 'publish' }],
    ['no direction', { d: undefined }],
    ['a room that is no id', { r: 'grade' }],
    ['no person', { p: undefined }],
    ['no origin', { o: undefined }],
    ['a generation that is no number', { g: '1' }],
    ['a broken generation', { g: 1.5 }],
  ])('with %s is not ours, though we signed it', async (_, change) => {
    const odd = await signToken(keys, 'playback-token', { ...claims, ...change }, NOW + 90_000)
    expect(await credential(`stream_token=${odd}`)).toBe('token malformed')
  })

  it("is not a person's bearer", async () => {
    const bearer = await signToken(keys, 'person-token', claims, NOW + 90_000)
    expect(await credential(`stream_token=${bearer}`)).toBe('token malformed')
  })
})

describe('an ingest key', () => {
  const row = { id: newId(), version: 2 }
  let key: string
  let streamKey: string
  let link: string
  beforeAll(async () => {
    key = await makeRowKey(keys, 'ingest-key', row)
    streamKey = await makeRowKey(keys, 'stream-key', row)
    link = await makeRowKey(keys, 'link-secret', row)
  })
  const credential = (rest: string) => ingestCredential(keys, read(`rtmp://ome.example:1935/app/${rest}`))
  const hidden = newHiddenName()

  it.each<[string, (k: string) => string]>([
    ['in the path', k => k],
    ['in the path, with other parameters', k => `${k}?direction=whip&x=1`],
    ['as key', k => `obs?key=${k}`],
    ['as access_key', k => `obs?a=1&access_key=${k}&b=2`],
    ['as key, whatever the path says', k => `${hidden}?key=${k}`],
  ])('%s is taken', async (_, rest) => {
    expect(await credential(rest(key))).toEqual({ of: 'room', ...row })
    expect(await credential(rest(streamKey))).toEqual({ of: 'stream', ...row })
  })

  it.each<[string, (k: string) => string]>([
    ['missing', () => 'obs'],
    ['missing, with the hidden name', () => hidden],
    ['missing, with the slug', () => 'grade'],
    ['empty', () => 'obs?key='],
    ['in the path and as key', k => `${k}?key=${k}`],
    ['in the path and as access_key', k => `${k}?access_key=${k}`],
    ['in the path beside an empty key', k => `${k}?key=`],
    ['as key and as access_key', k => `obs?key=${k}&access_key=${k}`],
    ['as key twice', k => `obs?key=${k}&key=${k}`],
    ['as key beside an empty one', k => `obs?key=${k}&key=`],
    ['in the path, where its like is as key', k => `${k}?key=${'a'.repeat(48)}`],
    ['as key, where its like is in the path', k => `${'a'.repeat(48)}?key=${k}`],
    ['under another name', k => `obs?stream_key=${k}`],
    ['under its name in upper case', k => `obs?KEY=${k}`],
    ['as a stream_token', k => `obs?stream_token=${k}`],
    ['in upper case', k => k.toUpperCase().replace(/^\d+/, 'A')],
    ['with a letter more', k => `${k}a`],
    ['with a letter less', k => k.slice(0, -1)],
    ['as a file', k => `obs/${k}`],
    ['with a hyphen', k => `obs?key=${k.slice(0, 24)}-${k.slice(24)}`],
    ['escaped', k => `obs?key=%${k.charCodeAt(0).toString(16)}${k.slice(1)}`],
  ])('%s is none', async (_, rest) => {
    for (const one of [key, streamKey]) expect(await credential(rest(one))).toBe('key not genuine')
  })

  it('of a room and of its stream, both in one URL, are none', async () => {
    for (const rest of [
      `${key}?key=${streamKey}`,
      `${streamKey}?key=${key}`,
      `obs?key=${key}&access_key=${streamKey}`,
    ])
      expect(await credential(rest)).toBe('key not genuine')
  })

  it("is not a link's secret, of the same row and version", async () => {
    expect(await credential(link)).toBe('key not genuine')
    expect(await credential(`obs?key=${link}`)).toBe('key not genuine')
  })
})
