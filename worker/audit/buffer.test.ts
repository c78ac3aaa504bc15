import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { NOON, SECRET } from '../../test/support/app.ts'
import { type TestDatabase, testDatabase } from '../../test/support/database.ts'
import { createTime, type TestTime } from '../../test/support/time.ts'
import { createKeys } from '../crypto/keys.ts'
import { all, type Db, type InStatement } from '../db.ts'
import { createLog } from '../log.ts'
import { createMetrics } from '../metrics/metrics.ts'
import { type AuditBuffer, createAuditBuffer } from './buffer.ts'
import type { AuditEntry } from './record.ts'

let database: TestDatabase
let time: TestTime
let log: string[]
let audit: AuditBuffer
let promised: string[]
beforeEach(async () => {
  database = await testDatabase()
  time = createTime(NOON)
  log = []
  promised = []
  audit = createAuditBuffer({
    db: database.db,
    keys: createKeys(SECRET),
    log: createLog('debug', line => log.push(line)),
    metrics: createMetrics(),
    now: () => time.clock.now,
    wait: time.wait,
  })
})
afterEach(() => database.close())

/** A request whose deferred work goes on, and one whose runtime forgets it. */
const after = (what: string, work: () => Promise<unknown>) => {
  promised.push(what)
  time.defer(work())
}
const forgotten = (what: string) => {
  promised.push(what)
}

const entry = (name: string): AuditEntry => ({
  at: NOON,
  action: 'play.opening',
  outcome: 'done',
  actor: { kind: 'person', id: null, name },
})
const names = async () =>
  all<{ actor_name: string }>(await database.db.execute('SELECT actor_name FROM audit ORDER BY id')).map(
    row => row.actor_name,
  )
const entries = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => audit.add(entry(`${from + i}`), after))

describe('entries', () => {
  it('are written half a second after the first, all in one round trip', async () => {
    audit.add(entry('a'), after)
    await time.pass(400)
    audit.add(entry('b'), after)
    await time.pass(99)
    expect([promised, database.roundTrips()]).toEqual([['audit'], 0])
    await time.pass(1)
    expect([promised, database.roundTrips(), await names()]).toEqual([['audit'], 1, ['a', 'b']])
  })

  it('that come later are promised anew', async () => {
    audit.add(entry('a'), after)
    await time.pass(500)
    audit.add(entry('b'), after)
    await time.pass(500)
    expect([promised, await names()]).toEqual([
      ['audit', 'audit'],
      ['a', 'b'],
    ])
  })

  it('whose request died are written by a later one', async () => {
    audit.add(entry('a'), forgotten)
    await time.pass(9_999)
    audit.add(entry('b'), after)
    expect(promised).toEqual(['audit'])
    await time.pass(1)
    audit.add(entry('c'), after)
    await time.pass(500)
    expect([promised, await names()]).toEqual([
      ['audit', 'audit'],
      ['a', 'b', 'c'],
    ])
  })

  it('are written 500 at a time', async () => {
    entries(0, 1_001)
    await time.pass(500)
    expect(database.roundTrips()).toBe(3)
    expect(await names()).toEqual(Array.from({ length: 1_001 }, (_, i) => `${i}`))
  })

  it('are nothing to write when there are none', async () => {
    await audit.flush()
    expect(database.roundTrips()).toBe(0)
  })
})

describe('without a database', () => {
  it('entries wait for the next flush, in their order', async () => {
    database.state('down')
    entries(0, 3)
    await time.pass(500)
    database.state('up')
    expect(await names()).toEqual([])
    entries(3, 5)
    await time.pass(500)
    expect(await names()).toEqual(['0', '1', '2', '3', '4'])
    expect(log.map(line => JSON.parse(line))).toEqual([
      { time: expect.any(String), level: 'error', event: 'audit.waits', rows: 3, error: 'LibsqlError' },
    ])
  })

  it('an entry whose writing was done but not confirmed is not written twice', async () => {
    const { db } = database
    const deaf = createAuditBuffer({
      db: {
        ...db,
        execute: (async (statement: InStatement) => {
          await db.execute(statement)
          throw new Error('connection reset')
        }) as unknown as Db['execute'],
      },
      keys: createKeys(SECRET),
      log: createLog('error', line => log.push(line)),
      metrics: createMetrics(),
      now: () => time.clock.now,
      wait: time.wait,
    })
    deaf.add(entry('a'), forgotten)
    await deaf.flush()
    await deaf.flush()
    expect(await names()).toEqual(['a'])
    expect(log).toHaveLength(2)
  })

  it('5,000 are held, more are counted, and the count is recorded last, once', async () => {
    database.state('down')
    entries(0, 5_007)
    for (let i = 0; i < 3; i++) await audit.flush()
    database.state('up')
    await audit.flush()
    const kept = await names()
    expect([kept.length, kept[4_999], kept[5_000]]).toEqual([5_001, '4999', 'Sightline'])
    expect(
      all(
        await database.db.execute(
          "SELECT outcome, actor_kind, params FROM audit WHERE action = 'audit.dropped'",
        ),
      ),
    ).toEqual([{ outcome: 'done', actor_kind: 'sightline', params: '{"count":7}' }])
    await audit.flush()
    expect(await names()).toHaveLength(5_001)
  })

  it('what comes while others are being written is kept too', async () => {
    database.state('silent')
    entries(0, 2)
    time.clock.now += 500
    const flushing = audit.flush()
    await new Promise(setImmediate)
    entries(2, 3)
    database.state('down')
    await flushing
    database.state('up')
    await audit.flush()
    expect(await names()).toEqual(['0', '1', '2'])
  })
})

describe('strangers', () => {
  const tried: AuditEntry = {
    at: NOON,
    action: 'session.sign-in',
    outcome: 'refused',
    actor: { kind: 'stranger', id: null, name: 'Stranger' },
    address: '192.0.2.9',
  }
  const told = async () =>
    all<{ at: number; params: string; address: string | null }>(
      await database.db.execute(
        "SELECT at, params, address FROM audit WHERE action = 'strangers.failed' ORDER BY id",
      ),
    ).map(row => ({ ...row, params: JSON.parse(row.params) }))

  it('are counted, and told once a minute in one row', async () => {
    for (let i = 0; i < 100; i++) audit.strangers('unsigned', i % 3 ? '192.0.2.1' : '192.0.2.2')
    audit.strangers('link', '192.0.2.3')
    audit.strangers('link', undefined)
    await audit.flush()
    await time.pass(59_999)
    await audit.flush()
    expect(await told()).toEqual([])
    await time.pass(1)
    await audit.flush()
    await audit.flush()
    expect(await told()).toEqual([
      {
        at: NOON + 60_000,
        address: null,
        params: {
          unsigned: 100,
          link: 2,
          since: '2026-11-21T12:00:00.000Z',
          addresses: 3,
          from: ['192.0.2.1 (66)', '192.0.2.2 (34)', '192.0.2.3 (1)'],
        },
      },
    ])
  })

  it('go with the next entry when their minute is over; then counting begins anew', async () => {
    audit.strangers('unsigned', '192.0.2.1')
    await time.pass(60_000)
    audit.add(entry('a'), after)
    await time.pass(500)
    audit.strangers('link', '192.0.2.9')
    await time.pass(60_000)
    await audit.flush()
    expect(await told()).toEqual([
      expect.objectContaining({ address: '192.0.2.1', params: expect.objectContaining({ unsigned: 1 }) }),
      {
        at: NOON + 120_500,
        address: '192.0.2.9',
        params: { link: 1, since: '2026-11-21T12:01:00.500Z', addresses: 1, from: ['192.0.2.9 (1)'] },
      },
    ])
  })

  it('are told one by one up to a thousand a minute, and counted beyond', async () => {
    const tries = (count: number) => {
      for (let i = 0; i < count; i++) audit.add(tried, after)
    }
    tries(1_200)
    await time.pass(59_999)
    tries(1)
    await audit.flush()
    expect(await names()).toEqual(Array(1_000).fill('Stranger'))
    await time.pass(1)
    tries(1)
    await audit.flush()
    expect(await names()).toEqual([...Array(1_001).fill('Stranger'), 'Strangers'])
    expect(await told()).toEqual([
      {
        at: NOON + 60_000,
        address: '192.0.2.9',
        params: {
          'session.sign-in refused': 201,
          since: '2026-11-21T12:00:00.000Z',
          addresses: 1,
          from: ['192.0.2.9 (201)'],
        },
      },
    ])
  })

  it('push out nobody known while there is no database, for however long', async () => {
    database.state('down')
    for (let minute = 0; minute < 6; minute++) {
      for (let i = 0; i < 1_500; i++) audit.add(tried, after)
      await time.pass(60_000)
    }
    entries(0, 3)
    database.state('up')
    await audit.flush()
    expect((await names()).filter(name => name !== 'Strangers')).toEqual([
      ...Array(1_000).fill('Stranger'),
      '0',
      '1',
      '2',
    ])
  })

  it('from many addresses need no more room than from a thousand', async () => {
    for (let i = 0; i < 1_500; i++) audit.strangers('unsigned', `2001:db8::${i.toString(16)}`)
    await time.pass(60_000)
    await audit.flush()
    expect((await told())[0]!.params).toMatchObject({ unsigned: 1_500, addresses: 1_000 })
  })

  it('are kept while there is no database', async () => {
    audit.strangers('unsigned', '192.0.2.1')
    await time.pass(60_000)
    database.state('down')
    await audit.flush()
    database.state('up')
    await audit.flush()
    expect(await told()).toHaveLength(1)
  })
})
