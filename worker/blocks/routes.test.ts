import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, rows } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { makeUser } from '../../test/support/users.ts'
import type { Block, BlockList } from './schema.ts'

/** Whether the caller is blocked, the change, and its row in the audit. */
const TRIPS = 3

let app: TestApp
beforeEach(async () => {
  app = await testApp({ TRUSTED_PROXY: '10.1.0.0/16, 2001:db8:aaaa::1' })
})
afterEach(() => app.close())

const add = <T = Block>(json: object, address = '192.0.2.1', headers: Record<string, string> = {}) =>
  ask<T>(app, 'POST', '/api/blocks', { json, address, headers })
const list = async (query = '') => (await ask<BlockList>(app, 'GET', `/api/blocks${query}`)).body
const listed = async () => (await list()).items.map(item => item.block)
const lift = async (what: string) => (await ask(app, 'DELETE', `/api/blocks/${what}`)).status
const iso = (ms: number) => new Date(ms).toISOString()

describe('blocking', () => {
  test('an address is told back in its usual spelling', async () => {
    app.roundTrips()
    const { status, headers, body } = await add({
      block: ' ::ffff:198.51.100.7 ',
      reason: ' Guesses PINs ',
      until: iso(NOON + 60_000),
    })
    expect(app.roundTrips()).toBe(TRIPS)
    expect({ status, location: headers.location, cache: headers['cache-control'], body }).toEqual({
      status: 201,
      location: `/api/blocks/${body.id}`,
      cache: 'no-store',
      body: {
        id: expect.stringMatching(/^[a-z2-7]{16}$/),
        block: '198.51.100.7',
        reason: 'Guesses PINs',
        source: 'admin',
        until: iso(NOON + 60_000),
        createdBy: null,
        createdAt: iso(NOON),
      },
    })
    expect(await rows(app, 'blocks', 'low, high')).toEqual([{ low: '4c6336407', high: '4c6336407' }])
  })

  test('the same again replaces reason and end', async () => {
    await add({ block: '198.51.100.0/24', reason: 'first', until: iso(NOON + 60_000) })
    await add({ block: '198.51.100.9/24', reason: 'second' })
    expect((await list()).items).toEqual([
      expect.objectContaining({ block: '198.51.100.0/24', reason: 'second', until: null }),
    ])
  })

  test.each<[object, string, string]>([
    [{}, 'block', 'is required'],
    [{ block: 7 }, 'block', 'must be text'],
    ...[
      '',
      'example.org',
      '198.51.100',
      '198.51.100.256',
      '198.51.100.0/33',
      '198.51.100.7:80',
      '2001:db8::/129',
      '*',
    ].map((block): [object, string, string] => [
      { block },
      'block',
      'must be an address, or a block such as 192.0.2.0/24 or 2001:db8::/48',
    ]),
    ...['198.0.0.0/7', '0.0.0.0/0', '2000::/15', '::/0', '::ffff:198.0.0.0/103'].map(
      (block): [object, string, string] => [
        { block },
        'block',
        'must not be wider than /8 for IPv4 or /16 for IPv6',
      ],
    ),
    [{ block: '198.51.100.7', reason: 'x'.repeat(201) }, 'reason', 'must have at most 200 characters'],
    [{ block: '198.51.100.7', reason: 'a\u0000' }, 'reason', 'must be one line without control characters'],
    [
      { block: '198.51.100.7', until: 'tomorrow' },
      'until',
      'must be an ISO 8601 time with a zone, such as 2026-11-21T14:00:00Z',
    ],
    [{ block: '198.51.100.7', until: iso(NOON) }, 'until', 'must be in the future'],
    [{ block: '198.51.100.7', source: 'sign-in' }, 'source', 'is not known here'],
  ])('%j is refused', async (json, field, detail) => {
    expect(await add(json)).toMatchObject({
      status: 400,
      body: { code: 'invalid', errors: [{ field, detail }] },
    })
    expect(await rows(app, 'blocks')).toEqual([])
  })

  test.each(['198.0.0.0/8', '2a00::/16', '198.51.100.7/32', '2001:db8::1/128'])('%s may be', async block => {
    expect((await add({ block })).status).toBe(201)
  })
})

test('what is done is in the audit, refusals too', async () => {
  await add({ block: '198.51.100.7', reason: 'Guesses PINs' })
  await add({ block: '192.0.2.1' })
  await app.settled()
  await lift('198.51.100.7')
  expect(await rows(app, "audit WHERE action LIKE 'block.%'", 'action, outcome, target_name')).toEqual([
    { action: 'block.add', outcome: 'done', target_name: '198.51.100.7' },
    { action: 'block.add', outcome: 'refused', target_name: '192.0.2.1' },
    { action: 'block.lift', outcome: 'done', target_name: '198.51.100.7' },
  ])
})

test('who blocked is told by their id', async () => {
  const admin = await makeUser(app, 'admin')
  const { status, body } = await ask<Block>(app, 'POST', '/api/blocks', {
    token: null,
    headers: admin.headers,
    json: { block: '198.51.100.7' },
  })
  expect([status, body.createdBy]).toEqual([201, admin.id])
})

describe('by a slip', () => {
  const own = (address: string) =>
    `This covers your own address, ${address}: you could not call again to lift it.`
  const machine = (what: string) => `This covers ${what}, the server's own machine.`
  const proxy = (what: string) =>
    `This covers ${what}, a proxy that this server trusts, and with it everybody who comes through it.`

  test.each<[block: string, from: string, forwarded: string | undefined, detail: string]>([
    ['192.0.2.1', '192.0.2.1', undefined, own('192.0.2.1')],
    ['192.0.2.0/24', '192.0.2.1', undefined, own('192.0.2.1')],
    ['192.0.2.1', '::ffff:192.0.2.1', undefined, own('192.0.2.1')],
    ['2001:db8:1::/48', '2001:db8:1:2::3', undefined, own('2001:db8:1:2::3')],
    ['192.0.2.0/24', '10.1.2.3', '192.0.2.1', own('192.0.2.1')],
    ['127.0.0.1', '192.0.2.1', undefined, machine('127.0.0.0/8')],
    ['127.0.0.0/8', '192.0.2.1', undefined, machine('127.0.0.0/8')],
    ['::1', '192.0.2.1', undefined, machine('::1')],
    ['::/64', '192.0.2.1', undefined, machine('::1')],
    ['10.1.2.3', '192.0.2.1', undefined, proxy('10.1.0.0/16')],
    ['10.0.0.0/8', '192.0.2.1', undefined, proxy('10.1.0.0/16')],
    ['2001:db8:aaaa::/64', '192.0.2.1', undefined, proxy('2001:db8:aaaa::1')],
  ])('%s from %s (for %s) is refused', async (block, from, forwarded, detail) => {
    const headers: Record<string, string> = forwarded ? { 'x-forwarded-for': forwarded } : {}
    expect(await add({ block }, from, headers)).toMatchObject({
      status: 409,
      body: { code: 'blocks_yourself', detail },
    })
    expect(await rows(app, 'blocks')).toEqual([])
  })

  test.each<[block: string, from: string, forwarded: string | undefined]>([
    ['192.0.2.2', '192.0.2.1', undefined],
    ['192.0.2.2/31', '192.0.2.1', undefined],
    ['2001:db8:1:3::/64', '2001:db8:1:2::3', undefined],
    ['10.2.0.0/16', '192.0.2.1', undefined],
    // What a stranger claims to come from is not believed, so it is not spared.
    ['198.51.100.7', '192.0.2.1', '198.51.100.7'],
    ['198.51.100.7', 'a-socket', undefined],
  ])('is not %s from %s (for %s)', async (block, from, forwarded) => {
    const headers: Record<string, string> = forwarded ? { 'x-forwarded-for': forwarded } : {}
    expect((await add({ block }, from, headers)).status).toBe(201)
  })
})

describe('the list', () => {
  test('has the newest first, in pages, without those that have ended', async () => {
    for (let n = 1; n <= 4; n++) {
      app.clock.now += 1_000
      await add({ block: `198.51.100.${n}`, ...(n === 2 && { until: iso(NOON + 60_000) }) })
    }
    const first = await list('?limit=2')
    const second = await list(`?limit=2&cursor=${first.next}`)
    expect([first, second].map(({ items }) => items.map(item => item.block))).toEqual([
      ['198.51.100.4', '198.51.100.3'],
      ['198.51.100.2', '198.51.100.1'],
    ])
    expect(second.next).toBeNull()
    app.clock.now = NOON + 60_000
    expect(await listed()).toEqual(['198.51.100.4', '198.51.100.3', '198.51.100.1'])
  })
})

describe('lifting', () => {
  test('takes away one block, once', async () => {
    const { body } = await add({ block: '198.51.100.7' })
    await add({ block: '198.51.100.0/24' })
    app.roundTrips()
    expect(await lift(body.id)).toBe(204)
    expect(app.roundTrips()).toBe(TRIPS)
    expect(await listed()).toEqual(['198.51.100.0/24'])
    expect(await lift(body.id)).toBe(404)
  })

  test.each(['198.51.100.7', '::ffff:198.51.100.7', '::FFFF:c633:6407'])(
    'for an address, %s, takes away all blocks that cover it and no other',
    async address => {
      for (const block of ['198.51.100.7', '198.51.100.0/24', '198.0.0.0/8', '198.51.100.8', '2a00:db8::/32'])
        await add({ block })
      app.roundTrips()
      expect(await lift(address)).toBe(204)
      expect(app.roundTrips()).toBe(TRIPS)
      expect((await listed()).toSorted()).toEqual(['198.51.100.8', '2a00:db8::/32'])
      expect(await lift(address)).toBe(404)
    },
  )

  test.each(['aaaaaaaaaaaaaaaa', '192.0.2.9', '2001:db8::9', 'x', '198.51.100.0%2F24'])(
    '%s is nothing',
    async what => {
      await add({ block: '198.51.100.0/24' })
      expect(await lift(what)).toBe(404)
      expect(await listed()).toEqual(['198.51.100.0/24'])
    },
  )

  test('does not find a block that has ended', async () => {
    const { body } = await add({ block: '198.51.100.7', until: iso(NOON + 1) })
    app.clock.now = NOON + 1
    expect(await lift(body.id)).toBe(404)
    expect(await lift('198.51.100.7')).toBe(404)
  })
})

test('the minute job sweeps blocks that have ended, and counters past their window, and nothing else', async () => {
  await add({ block: '198.51.100.1', until: iso(NOON + 60_000) })
  await add({ block: '198.51.100.2', until: iso(NOON + 60_001) })
  await add({ block: '198.51.100.3' })
  await app.db.execute(
    `INSERT INTO limits (key, count, window_ends) VALUES ('a', 5, ${NOON + 60_000}), ('b', 5, ${NOON + 60_001})`,
  )
  app.clock.now = NOON + 60_000
  await app.minute()
  expect(await rows(app, 'blocks', 'block')).toEqual([{ block: '198.51.100.2' }, { block: '198.51.100.3' }])
  expect(await rows(app, 'limits', 'key')).toEqual([{ key: 'b' }])
})
