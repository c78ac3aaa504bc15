import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { NOON, SECRET } from '../../test/support/app.ts'
import { type TestDatabase, testDatabase } from '../../test/support/database.ts'
import { fromBase64url } from '../crypto/encoding.ts'
import { createKeys } from '../crypto/keys.ts'
import { all, type InStatement, write } from '../db.ts'
import { type AuditEntry, auditRow } from './record.ts'
import { type AuditContents, rowBytes } from './row.ts'

const keys = createKeys(SECRET)
let database: TestDatabase
beforeEach(async () => {
  database = await testDatabase()
})
afterEach(() => database.close())

const least: AuditEntry = {
  at: NOON,
  action: 'room.create',
  outcome: 'done',
  actor: { kind: 'user', id: 'u'.repeat(16), name: 'Vera Lind' },
}

type Row = AuditContents & { id: number; mac: string }
const stored = async (): Promise<Row[]> => all(await database.db.execute('SELECT * FROM audit ORDER BY id'))
async function record(entry: AuditEntry): Promise<Row> {
  await write(database.db, [await auditRow(keys, entry)])
  return (await stored()).at(-1)!
}

describe('an entry', () => {
  it('becomes a row with all that it tells', async () => {
    expect(
      await record({
        ...least,
        target: { kind: 'room', id: 'r1', name: 'Nordlicht' },
        room: 'r1',
        params: { title: 'Nordlicht', seats: 4, open: true, end: null, roles: ['a', 'b'] },
        address: '192.0.2.1',
        userAgent: 'Mozilla/5.0',
      }),
    ).toEqual({
      id: 1,
      ref: expect.stringMatching(/^[a-z2-7]{16}$/),
      at: NOON,
      action: 'room.create',
      outcome: 'done',
      actor_kind: 'user',
      actor_id: 'u'.repeat(16),
      actor_name: 'Vera Lind',
      target_kind: 'room',
      target_id: 'r1',
      target_name: 'Nordlicht',
      room_id: 'r1',
      params: '{"title":"Nordlicht","seats":4,"open":true,"end":null,"roles":["a","b"]}',
      address: '192.0.2.1',
      user_agent: 'Mozilla/5.0',
      mac: expect.stringMatching(/^[\w-]{43}$/),
    })
  })

  it('may leave out everything but who did what', async () => {
    expect(await record(least)).toMatchObject({
      target_kind: null,
      target_id: null,
      target_name: null,
      room_id: null,
      params: '{}',
      address: null,
      user_agent: null,
    })
  })

  it('has a MAC that the deployment’s secret makes, and no other', async () => {
    const row = await record(least)
    const mac = fromBase64url(row.mac)!
    expect(await keys.verifyMac('audit', rowBytes(row), mac)).toBe(true)
    expect(await createKeys(`${SECRET}x`).verifyMac('audit', rowBytes(row), mac)).toBe(false)
  })

  it('is another row each time, but one statement adds one row, and leaves no gap in the ids', async () => {
    const statement = await auditRow(keys, least)
    const twice: InStatement[] = [statement, statement, await auditRow(keys, least)]
    await write(database.db, twice)
    await write(database.db, twice)
    await record(least)
    const rows = await stored()
    expect(rows.map(row => row.id)).toEqual([1, 2, 3])
    expect(new Set(rows.map(row => row.ref)).size).toBe(3)
  })
})

describe('odd texts', () => {
  it.each<[string, string, string]>([
    ['control characters', 'a\u0000b\r\nc\u009bd', 'a b c d'],
    ['other line ends and overrides of direction', 'a\u2028b\u202ec', 'a b c'],
    ['half a character', 'a\ud800b', 'ab'],
    ['a character cut in half at the end', `${'x'.repeat(253)}😀`, 'x'.repeat(253)],
    ['spaces around', '  a ', 'a'],
    ['markup', '<b>"\'', '<b>"\''],
  ])('%s', async (_, name, kept) => {
    const row = await record({
      ...least,
      actor: { ...least.actor, name },
      target: { kind: 'user', id: name, name },
      params: { [name]: name, list: [name] },
    })
    expect(row).toMatchObject({ actor_name: kept, target_name: kept })
    expect(await keys.verifyMac('audit', rowBytes(row), fromBase64url(row.mac)!)).toBe(true)
  })

  it('are cut to a length that fits', async () => {
    const long = 'x'.repeat(10_000)
    const row = await record({
      ...least,
      actor: { kind: 'key', id: long, name: long },
      target: { kind: long, id: long, name: long },
      room: long,
      params: Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`${i}`, long])),
      address: long,
      userAgent: long,
    })
    const lengths = Object.fromEntries(
      Object.entries(row).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value.length]] : [],
      ),
    )
    expect(lengths).toEqual({
      ref: 16,
      action: 11,
      outcome: 4,
      actor_kind: 3,
      actor_id: 255,
      actor_name: 254,
      target_kind: 254,
      target_id: 255,
      target_name: 254,
      room_id: 255,
      params: expect.any(Number),
      address: 64,
      user_agent: 300,
      mac: 43,
    })
    expect(lengths.params).toBeLessThan(4_100)
    expect(JSON.parse(row.params)).toMatchObject({ 0: 'x'.repeat(300), 'left out': 28 })
  })
})

describe('what the MAC is over', () => {
  const row: AuditContents = {
    ref: 'a',
    at: 1,
    action: 'b',
    outcome: 'c',
    actor_kind: 'd',
    actor_id: null,
    actor_name: '',
    target_kind: 'e","f',
    target_id: null,
    target_name: null,
    room_id: null,
    params: '{}',
    address: null,
    user_agent: null,
  }

  it('tells apart what only looks alike', () => {
    const rows: AuditContents[] = [
      row,
      { ...row, actor_id: '' },
      { ...row, actor_id: 'null' },
      { ...row, actor_name: 'null' },
      { ...row, target_kind: 'e', target_id: 'f' },
      { ...row, action: 'c', outcome: 'b' },
    ]
    const texts = rows.map(one => new TextDecoder().decode(rowBytes(one)))
    expect(new Set(texts).size).toBe(rows.length)
  })

  it('does not depend on the order in which a row was read', () => {
    const reversed = Object.fromEntries(Object.entries(row).reverse()) as unknown as AuditContents
    expect(rowBytes(reversed)).toEqual(rowBytes(row))
  })
})
