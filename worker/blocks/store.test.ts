import type { Client } from '@libsql/client'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { memoryDatabase } from '../../test/support/database.ts'
import { sql } from '../db.ts'
import { bitsOf } from '../net/address.ts'
import { blockKey, readBounds } from './bounds.ts'
import { BLOCKED } from './store.ts'

const NOW = 1_000_000

let db: Client
beforeAll(async () => {
  db = await memoryDatabase()
})
afterAll(() => db.close())
beforeEach(() => db.execute('DELETE FROM blocks'))

const block = (id: string, text: string, until: number | null) =>
  db.execute(
    sql(
      `INSERT INTO blocks (id, low, high, block, source, until, created_at)
       VALUES (:id, :low, :high, :block, 'admin', :until, 0)`,
      { id, ...readBounds(text)!, until },
    ),
  )
const isBlocked = async (address: string) => {
  const { rows } = await db.execute(
    sql(`SELECT ${BLOCKED} AS blocked`, { blockKey: blockKey(address), now: NOW }),
  )
  return Boolean(rows[0]!.blocked)
}

/** The same, bit by bit, and without the database. */
function covers(text: string, address: string): boolean {
  const [base, length] = text.split('/') as [string, string]
  const [a, b] = [bitsOf(address), bitsOf(base)]
  if (a === undefined || b === undefined || a.length !== b.length) return false
  for (let i = 0; i < Number(length); i++) if (a[i] !== b[i]) return false
  return true
}

/** Addresses near each other, so that blocks often cover them; families mixed. */
const v4 = fc
  .tuple(
    fc.constantFrom(192, 193),
    fc.constantFrom(0, 128),
    fc.constantFrom(2, 3),
    fc.integer({ min: 0, max: 255 }),
  )
  .map(parts => parts.join('.'))
const v6 = fc
  .tuple(
    fc.constantFrom('2001', '2002', '4c00'),
    fc.constantFrom('db8', '8db8'),
    fc.constantFrom('0', '1', 'ffff'),
    fc.nat(3),
  )
  .map(([a, b, c, d]) => `${a}:${b}:${c}::${d}`)
const address = fc.oneof(
  v4,
  v6,
  v4.map(text => `::ffff:${text}`),
  fc.constant('unix'),
)
const blocks = fc.array(
  fc.record({
    text: fc.oneof(
      fc.tuple(v4, fc.integer({ min: 8, max: 32 })).map(([base, length]) => `${base}/${length}`),
      fc.tuple(v6, fc.integer({ min: 16, max: 128 })).map(([base, length]) => `${base}/${length}`),
    ),
    until: fc.constantFrom(null, null, NOW - 1, NOW, NOW + 1),
  }),
  { maxLength: 4 },
)

test('the database blocks just what a look at every bit does', async () => {
  const seen = { blocked: 0, free: 0 }
  await fc.assert(
    fc.asyncProperty(blocks, fc.array(address, { minLength: 1, maxLength: 6 }), async (all, addresses) => {
      await db.execute('DELETE FROM blocks')
      for (const [n, { text, until }] of all.entries()) await block(String(n), text, until)
      for (const one of addresses) {
        const expected = all.some(({ text, until }) => (until === null || until > NOW) && covers(text, one))
        expect({ one, blocked: await isBlocked(one) }).toEqual({ one, blocked: expected })
        seen[expected ? 'blocked' : 'free']++
      }
    }),
    { numRuns: 300 },
  )
  expect(Math.min(seen.blocked, seen.free)).toBeGreaterThan(10)
})

test.each([
  ['192.0.2.7/32', '192.0.2.7', true],
  ['192.0.2.7/32', '192.0.2.6', false],
  ['192.0.2.7/32', '192.0.2.8', false],
  ['192.0.0.0/8', '192.255.255.255', true],
  ['192.0.0.0/8', '193.0.0.0', false],
  ['255.255.255.255/32', '255.255.255.255', true],
  ['2001:db8::1/128', '2001:db8::1', true],
  ['2001:db8::1/128', '2001:db8::', false],
  ['2001:db8::1/128', '2001:db8::2', false],
  ['2001::/16', '2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff', true],
  ['2001::/16', '2002::', false],
  ['::ffff:192.0.2.0/120', '192.0.2.7', true],
])('with %s blocked, %s is: %s', async (text, one, expected) => {
  await block('one', text, null)
  expect(await isBlocked(one)).toBe(expected)
})

test('only blocks that begin as the address does are looked at', async () => {
  const { rows } = await db.execute(
    sql(`EXPLAIN QUERY PLAN SELECT ${BLOCKED}`, { blockKey: blockKey('192.0.2.7'), now: NOW }),
  )
  expect(rows.map(row => row.detail)).toContainEqual(
    expect.stringContaining('INDEX blocks_by_bounds (low>? AND low<?)'),
  )
})
