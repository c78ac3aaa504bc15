import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ingestKey, join, makeLink, makeRoom, playback, publish, rows } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { webhook } from '../../test/support/ome.ts'
import { readBounds } from '../blocks/bounds.ts'
import { newId } from '../crypto/id.ts'
import { sql } from '../db.ts'

/** Blocked addresses, as the origin reports them: they neither play nor publish. */

let app: TestApp
let bearer: string
let key: string
beforeEach(() => start())
afterEach(() => app.close())

async function start(env: Record<string, string> = {}) {
  app = await testApp(env)
  const room = await makeRoom(app, { slug: 'grade' })
  bearer = (await join(app, await makeLink(app, room.id))).token
  key = await ingestKey(app, room.id)
}
const block = (text: string, until: number | null = null) =>
  app.db.execute(
    sql(
      `INSERT INTO blocks (id, low, high, block, source, until, created_at)
       VALUES (:id, :low, :high, :block, 'admin', :until, 0)`,
      { id: newId(), ...readBounds(text)!, until },
    ),
  )
const play = async (address: string, more: object = {}) =>
  webhook(app, { url: (await playback(app, bearer)).webrtc.url, address, ...more })
const refused = { allowed: false, reason: 'blocked' }

describe.each<[string, string, string[], string[]]>([
  [
    'an address',
    '192.0.2.7',
    ['192.0.2.7', '::ffff:192.0.2.7', '::ffff:c000:207'],
    ['192.0.2.6', '192.0.2.8'],
  ],
  ['a network', '192.0.2.64/26', ['192.0.2.64', '192.0.2.127'], ['192.0.2.63', '192.0.2.128']],
  ['a mapped network', '::ffff:192.0.2.64/122', ['192.0.2.64', '192.0.2.127'], ['192.0.2.63', '192.0.2.128']],
  ['the widest network', '10.0.0.0/8', ['10.0.0.0', '10.255.255.255'], ['9.255.255.255', '11.0.0.0']],
  ['an IPv6 address', '2001:db8::7', ['2001:DB8:0:0::7'], ['2001:db8::6', '2001:db8::8']],
  [
    'an IPv6 network',
    '2001:db8:1:2::/64',
    ['2001:db8:1:2::', '2001:db8:1:2:ffff:ffff:ffff:ffff'],
    ['2001:db8:1:3::', '2001:db8:1:1:ffff:ffff:ffff:ffff'],
  ],
])('%s is blocked: %s', (_, text, within, without) => {
  beforeEach(() => block(text))

  it('who is within does not play, and takes no seat', async () => {
    for (const address of within)
      expect({ address, ...(await play(address)) }).toEqual({ address, ...refused })
    expect(await rows(app, 'leases')).toEqual([])
  })

  it('who is within does not publish, and nothing is written down', async () => {
    for (const address of within)
      expect({ address, ...(await publish(app, key, { address })) }).toEqual({ address, ...refused })
    expect(await rows(app, 'publications')).toEqual([])
  })

  it('who is not within plays and publishes', async () => {
    for (const address of without) {
      expect(await play(address)).toMatchObject({ allowed: true })
      await app.db.execute('DELETE FROM leases')
      expect(await publish(app, key, { address })).toMatchObject({ allowed: true })
    }
  })
})

it('an address that cannot be read is not blocked, whatever is', async () => {
  for (const text of ['0.0.0.0/8', '10.0.0.0/8', '::/16']) await block(text)
  expect(await play('unix')).toMatchObject({ allowed: true })
  expect(await publish(app, key, { address: 'unix' })).toMatchObject({ allowed: true })
})

it('a thumbnail is refused too', async () => {
  await block('192.0.2.7')
  const { llhls } = await playback(app, bearer)
  const url = llhls.url.replace('llhls.m3u8', 'thumb.jpg')
  expect(await webhook(app, { protocol: 'Thumbnail', url, address: '192.0.2.7' })).toEqual(refused)
})

it('a block holds until its end, and not a millisecond longer', async () => {
  await block('192.0.2.7', NOON + 60_000)
  app.clock.now = NOON + 59_999
  expect([await play('192.0.2.7'), await publish(app, key, { address: '192.0.2.7' })]).toEqual([
    refused,
    refused,
  ])
  app.clock.now = NOON + 60_000
  expect(await play('192.0.2.7')).toMatchObject({ allowed: true })
  expect(await publish(app, key, { address: '192.0.2.7' })).toMatchObject({ allowed: true })
})

it('who plays already ends with the lease: it is not renewed', async () => {
  expect(await play('192.0.2.7')).toMatchObject({ allowed: true, lifetime: 300_000 })
  await block('192.0.2.0/24')
  expect(await play('192.0.2.7')).toEqual(refused)
})

it('a closing from a blocked address still ends its session', async () => {
  const { webrtc } = await playback(app, bearer)
  const session = { url: webrtc.url, address: '192.0.2.7', port: 40_000 }
  await webhook(app, session)
  await block('192.0.2.7')
  expect(await webhook(app, { ...session, status: 'closing' })).toEqual({ allowed: true })
  expect(await rows(app, 'leases')).toEqual([])
})

it('costs no further round trip', async () => {
  const { webrtc } = await playback(app, bearer)
  await block('192.0.2.7')
  app.roundTrips()
  await webhook(app, { url: webrtc.url, address: '192.0.2.7' })
  expect(app.roundTrips()).toBe(1)
})

describe('behind a proxy of the origin', () => {
  const real = { address: '10.0.0.1', realIp: '192.0.2.7' }

  it('the address that it tells is believed if the deployment says so', async () => {
    app.close()
    await start({ OME_TRUST_REAL_IP: 'true' })
    await block('192.0.2.7')
    expect(await play('10.0.0.1', real)).toEqual(refused)
    await app.db.execute('DELETE FROM blocks')
    await block('10.0.0.1')
    expect(await play('10.0.0.1', real)).toMatchObject({ allowed: true })
  })

  it('and is nothing otherwise', async () => {
    await block('192.0.2.7')
    expect(await play('10.0.0.1', real)).toMatchObject({ allowed: true })
    await block('10.0.0.1')
    expect(await play('10.0.0.1', real)).toEqual(refused)
  })
})
