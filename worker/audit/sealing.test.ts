import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rows } from '../../test/support/api.ts'
import { NOON, SECRET, type TestApp, testApp } from '../../test/support/app.ts'
import { addAudit, sealAudit } from '../../test/support/audit.ts'
import { originWith } from '../../test/support/origin.ts'
import { createKeys } from '../crypto/keys.ts'
import { first } from '../db.ts'
import { openChain } from './reading.ts'
import { verifyChain } from './verify.ts'

/** Sealing and pruning as the minute job does them, over the whole app. */

const DAY = 86_400_000
const MINUTE = 60_000

let app: TestApp
beforeEach(() => start())
afterEach(() => app.close())

async function start(env: Record<string, string> = {}) {
  app = await testApp(env)
  app.origin.answer = originWith({})
}
const seals = () => rows(app, 'audit_seals', 'id, from_id, to_id, rows, oldest_at, newest_at, sealed_at')
const ids = async () => (await rows(app, 'audit ORDER BY id', 'id')).map(row => Number(row.id))
const add = (...at: number[]) =>
  addAudit(
    app.db,
    at.map(time => ({ at: time })),
  )
const found = async () =>
  (
    await verifyChain(await openChain(app.db), {
      keys: [createKeys(SECRET)],
      keepMs: app.config.auditKeepDays * DAY,
      now: app.clock.now,
    })
  ).findings
async function minute() {
  app.clock.now += MINUTE
  await app.minute()
}

describe('the minute job', () => {
  it('seals what came since the last seal, and tells the log', async () => {
    await add(NOON, NOON - 5, NOON + 3)
    await minute()
    await add(NOON + MINUTE)
    await minute()
    expect(await seals()).toEqual([
      {
        id: 1,
        from_id: 1,
        to_id: 3,
        rows: 3,
        oldest_at: NOON - 5,
        newest_at: NOON + 3,
        sealed_at: NOON + MINUTE,
      },
      {
        id: 2,
        from_id: 4,
        to_id: 4,
        rows: 1,
        oldest_at: NOON + MINUTE,
        newest_at: NOON + MINUTE,
        sealed_at: NOON + 2 * MINUTE,
      },
    ])
    const hashes = (await rows(app, 'audit_seals', 'hash')).map(row => row.hash)
    expect(hashes).toEqual([expect.stringMatching(/^[\w-]{43}\.[\w-]{43}$/), expect.any(String)])
    expect(app.log.map(line => JSON.parse(line)).filter(line => line.event === 'audit.sealed')).toEqual([
      { time: expect.any(String), level: 'info', event: 'audit.sealed', seal: 1, rows: 3, hash: hashes[0] },
      { time: expect.any(String), level: 'info', event: 'audit.sealed', seal: 2, rows: 1, hash: hashes[1] },
    ])
    expect(await found()).toEqual([])
  })

  it('seals nothing when nothing came', async () => {
    await add(NOON)
    await minute()
    await minute()
    expect(await seals()).toHaveLength(1)
  })

  it('first writes what the instance has still to record', async () => {
    app.database.state('down')
    await app.request('POST', '/v1/admission', { body: '{}', token: null })
    app.clock.now += MINUTE
    app.database.state('up')
    await app.minute()
    expect(await rows(app, 'audit', 'action')).toEqual([{ action: 'strangers.failed' }])
    expect(await seals()).toEqual([expect.objectContaining({ from_id: 1, to_id: 1, rows: 1 })])
  })
})

it('at once, several runners make one chain', async () => {
  await add(NOON, NOON)
  await Promise.all(Array.from({ length: 8 }, (_, i) => sealAudit(app.db, NOON + i)))
  expect(await seals()).toEqual([expect.objectContaining({ id: 1, from_id: 1, to_id: 2 })])
  expect(await found()).toEqual([])
})

it('a seal that was made while another one was added is not added', async () => {
  await add(NOON)
  const { db } = app
  const late = {
    ...db,
    // Between reading and adding, another runner seals.
    batch: (async (statements, mode) => {
      const read = await db.batch(statements, mode)
      await add(NOON)
      await sealAudit(db)
      return read
    }) as typeof db.batch,
  }
  expect(await sealAudit(late)).toEqual([])
  expect(await seals()).toEqual([expect.objectContaining({ id: 1, from_id: 1, to_id: 2 })])
})

it('many rows get several seals, of 5,000 rows at most, in bounded runs', async () => {
  // Sealing looks at ids, times and MACs only.
  await app.db.execute(
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 21000)
     INSERT INTO audit (ref, at, action, outcome, actor_kind, actor_name, mac)
     SELECT i, ${NOON}, 'room.change', 'done', 'user', 'x', 'x' FROM n`,
  )
  await sealAudit(app.db)
  expect((await seals()).map(seal => [seal.from_id, seal.to_id])).toEqual([
    [1, 5_000],
    [5_001, 10_000],
    [10_001, 15_000],
    [15_001, 20_000],
  ])
  await sealAudit(app.db)
  expect((await seals()).at(-1)).toMatchObject({ id: 5, from_id: 20_001, to_id: 21_000 })
})

describe('rows and seals', () => {
  beforeEach(async () => {
    await add(NOON, NOON)
    await sealAudit(app.db)
  })

  it.each([
    "UPDATE audit SET actor_name = 'x'",
    'DELETE FROM audit WHERE id = 1',
    'UPDATE audit_seals SET rows = 1',
    'DELETE FROM audit_seals',
  ])('refuse %s', async statement => {
    await expect(app.db.execute(statement)).rejects.toThrow(/audit (rows|seals) are (kept|not changed)/)
  })

  it('are never forked: a second seal over the same rows is refused', async () => {
    await expect(
      app.db.execute(
        "INSERT INTO audit_seals SELECT 2, from_id, to_id, rows, oldest_at, newest_at, sealed_at, 'x' FROM audit_seals",
      ),
    ).rejects.toThrow(/UNIQUE/)
  })
})

describe('rows that have been kept long enough', () => {
  /** Rows 1–2 of noon, 3 of a day and an hour later, 4 of two days later, each group under its seal. */
  async function old(env: Record<string, string> = {}) {
    app.close()
    await start(env)
    for (const times of [[NOON, NOON - 7], [NOON + DAY + 60 * MINUTE], [NOON + 2 * DAY]]) {
      await add(...times)
      await sealAudit(app.db)
    }
  }

  it('go after a year and a day, whole seals of them, and that is recorded', async () => {
    await old()
    app.clock.now = NOON + 366 * DAY
    await app.minute()
    expect(await ids()).toEqual([1, 2, 3, 4])
    await minute()
    expect(await ids()).toEqual([3, 4, 5])
    expect(await rows(app, 'audit', 'action, outcome, actor_kind, params')).toContainEqual({
      action: 'audit.prune',
      outcome: 'done',
      actor_kind: 'sightline',
      params: '{"to":2,"rows":2,"before":"2026-11-22T12:01:00.000Z"}',
    })
    expect(await found()).toEqual([])
    await minute()
    expect(await ids()).toEqual([3, 4, 5])
    expect(await seals()).toHaveLength(4)
    expect(first(await app.db.execute('SELECT before FROM audit_horizon'))).toEqual({ before: 0 })
  })

  it('go after as many days as the deployment says', async () => {
    await old({ AUDIT_KEEP_DAYS: '1' })
    app.clock.now = NOON + 2 * DAY + 61 * MINUTE
    await app.minute()
    expect(await ids()).toEqual([4, 5])
    expect(await found()).toEqual([])
  })

  it('are not missed when rows are to be kept longer from then on', async () => {
    await old({ AUDIT_KEEP_DAYS: '1' })
    app.clock.now = NOON + 2 * DAY + 61 * MINUTE
    await app.minute()
    const verified = await verifyChain(await openChain(app.db), {
      keys: [createKeys(SECRET)],
      keepMs: 365 * DAY,
      now: app.clock.now,
    })
    expect(verified.findings).toEqual([])
  })

  it('stay while they are not sealed, however old', async () => {
    await add(NOON)
    app.clock.now = NOON + 400 * DAY
    await app.minute()
    expect(await ids()).toEqual([1])
    await minute()
    expect(await ids()).toEqual([2])
  })

  it('stay when one row of their seal is younger than the seal says: the trigger refuses', async () => {
    await add(NOON)
    await sealAudit(app.db)
    await app.db.executeMultiple(
      `DROP TRIGGER audit_seals_are_not_changed; UPDATE audit_seals SET newest_at = ${NOON - 900 * DAY}`,
    )
    app.clock.now = NOON + DAY
    await expect(app.minute()).rejects.toThrow('audit rows are kept')
    expect(await ids()).toEqual([1])
    expect(first(await app.db.execute('SELECT before FROM audit_horizon'))).toEqual({ before: 0 })
  })
})
