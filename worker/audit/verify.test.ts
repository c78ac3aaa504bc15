import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { NOON, SECRET } from '../../test/support/app.ts'
import { addAudit, sealAudit, unguard } from '../../test/support/audit.ts'
import { type TestDatabase, testDatabase } from '../../test/support/database.ts'
import { createKeys } from '../crypto/keys.ts'
import { sql } from '../db.ts'
import { describeFinding } from './finding.ts'
import { openChain } from './reading.ts'
import { COLUMNS } from './row.ts'
import { type VerifyOptions, verifyChain } from './verify.ts'

/** What an honest audit looks like, and what is found in one that somebody worked on behind its back. */

const DAY = 86_400_000

let database: TestDatabase
beforeEach(async () => {
  database = await testDatabase()
})
afterEach(() => database.close())

const run = (text: string) => database.db.executeMultiple(text)
const add = (...at: number[]) =>
  addAudit(
    database.db,
    at.map(time => ({ at: time })),
  )

async function verify(options: Partial<VerifyOptions> = {}) {
  const verified = await verifyChain(await openChain(database.db), {
    keys: [createKeys(SECRET)],
    keepMs: 365 * DAY,
    now: NOON,
    ...options,
  })
  return { ...verified, findings: verified.findings.map(describeFinding) }
}
const findings = async (options: Partial<VerifyOptions> = {}) => (await verify(options)).findings

/** Rows 1–3, 4–6 and 7–9 sealed, 10 and 11 not yet. */
async function chain() {
  for (let i = 0; i < 3; i++) {
    await add(NOON, NOON + 1, NOON + 2)
    await sealAudit(database.db, NOON + i)
  }
  await add(NOON, NOON)
  await unguard(database.db)
}
const headOf = async (id: number) =>
  String(
    (await database.db.execute(sql('SELECT hash FROM audit_seals WHERE id = :id', { id }))).rows[0]!.hash,
  )

const everyColumn = [...COLUMNS, 'mac'].join(', ')

describe('nothing is found', () => {
  it('in an empty audit', async () => {
    expect(await verify()).toEqual({ findings: [], rows: 0, seals: 0, unsealed: 0 })
  })

  it('in rows that no minute has sealed yet', async () => {
    await add(NOON, NOON)
    expect(await verify()).toEqual({ findings: [], rows: 2, seals: 0, unsealed: 2 })
  })

  it('in a chain, whichever seal its log last told of', async () => {
    await chain()
    expect(await verify()).toEqual({ findings: [], rows: 11, seals: 3, unsealed: 2 })
    for (const id of [1, 2, 3]) expect(await findings({ head: await headOf(id) })).toEqual([])
  })

  it('after the secret was changed, once and twice, while the old ones are known', async () => {
    await add(NOON)
    await sealAudit(database.db)
    await addAudit(database.db, [{}], 'second'.repeat(8))
    await sealAudit(database.db, NOON, 'second'.repeat(8))
    await addAudit(database.db, [{}], 'third'.repeat(8))
    await sealAudit(database.db, NOON, 'third'.repeat(8))
    const keys = [createKeys('third'.repeat(8), 'second'.repeat(8)), createKeys(SECRET)]
    expect(await verify({ keys })).toEqual({ findings: [], rows: 3, seals: 3, unsealed: 0 })
    expect(await findings({ keys: keys.slice(0, 1) })).toEqual([
      describeFinding({ kind: 'seals-changed', from: 1, to: 1 }),
      describeFinding({ kind: 'rows-changed', from: 1, to: 1 }),
    ])
  })

  it('when it is read in pages, with word of how far it is', async () => {
    for (let i = 0; i < 3; i++)
      await addAudit(
        database.db,
        Array.from({ length: 4_000 }, () => ({})),
      )
    await sealAudit(database.db)
    const told: number[] = []
    expect(await verify({ progress: rows => told.push(rows) })).toEqual({
      findings: [],
      rows: 12_000,
      seals: 3,
      unsealed: 0,
    })
    expect(told).toEqual([10_000])
  })

  it('when rows and seals come while it is read', async () => {
    await chain()
    const opened = await openChain(database.db)
    await add(NOON)
    await sealAudit(database.db)
    const verified = await verifyChain(opened, { keys: [createKeys(SECRET)], keepMs: DAY, now: NOON })
    expect(verified).toEqual({ findings: [], rows: 12, seals: 3, unsealed: 3 })
  })
})

const changed = 'is not as it was written: changed, or put there by somebody else.'
const notSealed = (seal: number) =>
  `The rows under seal ${seal} are not those that were sealed: exchanged, put in or renumbered.`
const badSeal = (seals: string) =>
  `Seal ${seals} is not as it was made, or does not follow the seal before it.`

describe('found is', () => {
  beforeEach(chain)

  it.each<[string, string, string[]]>([
    ['a changed row', "UPDATE audit SET actor_name = 'Somebody' WHERE id = 5", [`Row 5 ${changed}`]],
    [
      'a changed row that is not sealed',
      "UPDATE audit SET outcome = 'refused' WHERE id = 11",
      [`Row 11 ${changed}`],
    ],
    [
      'several',
      'UPDATE audit SET at = at + 1 WHERE id BETWEEN 3 AND 5',
      [describeFinding({ kind: 'rows-changed', from: 3, to: 5 })],
    ],
    ['a deleted row', 'DELETE FROM audit WHERE id = 5', ['Row 5 is missing.']],
    ['a deleted first row', 'DELETE FROM audit WHERE id = 1', ['Row 1 is missing.']],
    ['the last row of a seal, deleted', 'DELETE FROM audit WHERE id = 6', ['Row 6 is missing.']],
    ['a deleted row that is not sealed', 'DELETE FROM audit WHERE id = 10', ['Row 10 is missing.']],
    ['the last row, deleted', 'DELETE FROM audit WHERE id = 11', ['Row 11 is missing.']],
    ['a deleted run over two seals', 'DELETE FROM audit WHERE id BETWEEN 2 AND 7', ['Rows 2–7 are missing.']],
    ['the rows of a seal, deleted', 'DELETE FROM audit WHERE id BETWEEN 4 AND 6', ['Rows 4–6 are missing.']],
    [
      'the oldest rows, deleted before their time',
      'DELETE FROM audit WHERE id <= 6',
      ['Rows 1–6 were deleted before their time.'],
    ],
    [
      'all rows, deleted',
      'DELETE FROM audit',
      ['Rows 10–11 are missing.', 'Rows 1–9 were deleted before their time.'],
    ],
    ['all rows and seals, deleted', 'DELETE FROM audit; DELETE FROM audit_seals', ['Rows 1–11 are missing.']],
    [
      'a row that was written by somebody else',
      `INSERT INTO audit (${everyColumn}) SELECT 'x', ${everyColumn.replace('ref, ', '')} FROM audit WHERE id = 11`,
      [`Row 12 ${changed}`],
    ],
    [
      'a forged row in the place of a deleted one',
      `DELETE FROM audit WHERE id = 5; INSERT INTO audit (id, ${everyColumn})
         SELECT 5, 'x', ${everyColumn.replace('ref, ', '')} FROM audit WHERE id = 4`,
      [`Row 5 ${changed}`],
    ],
    [
      'a genuine row in the place of a deleted one',
      `DROP INDEX audit_by_ref; DELETE FROM audit WHERE id = 5;
       INSERT INTO audit (id, ${everyColumn}) SELECT 5, ${everyColumn} FROM audit WHERE id = 11`,
      [notSealed(2), 'Row 11 is a copy of another row.'],
    ],
    [
      'a genuine row, put in again at the end',
      `DROP INDEX audit_by_ref; INSERT INTO audit (${everyColumn}) SELECT ${everyColumn} FROM audit WHERE id = 1`,
      ['Row 12 is a copy of another row.'],
    ],
    [
      'two rows that changed places',
      'UPDATE audit SET id = -1 WHERE id = 4; UPDATE audit SET id = 4 WHERE id = 5; UPDATE audit SET id = 5 WHERE id = -1',
      [notSealed(2)],
    ],
    ['a row with another number', 'UPDATE audit SET id = 20 WHERE id = 11', ['Rows 11–19 are missing.']],
    [
      'a row with no number of ours',
      'UPDATE audit SET id = -5 WHERE id = 11',
      ['Row 11 is missing.', 'There are 1 rows or seals with ids that none is given.'],
    ],
    ['a changed seal', 'UPDATE audit_seals SET newest_at = newest_at + 1 WHERE id = 2', [badSeal('2')]],
    [
      'a seal with the hash of another',
      `UPDATE audit_seals SET hash = (SELECT hash FROM audit_seals WHERE id = 1) WHERE id = 2`,
      [describeFinding({ kind: 'seals-changed', from: 2, to: 3 })],
    ],
    ['a seal that is missing', 'DELETE FROM audit_seals WHERE id = 2', ['Seal 2 is missing.']],
    ['the first seals, missing', 'DELETE FROM audit_seals WHERE id <= 2', ['Seals 1–2 are missing.']],
    [
      'the first rows and their seals, missing',
      'DELETE FROM audit WHERE id <= 3; DELETE FROM audit_seals WHERE id = 1',
      ['Seal 1 is missing.', 'Rows 1–3 are missing.'],
    ],
    ['a seal no row is under', `UPDATE audit_seals SET id = 9 WHERE id = 3`, ['Seals 3–8 are missing.']],
    [
      'a seal with no number of ours',
      'UPDATE audit_seals SET id = 0 WHERE id = 3',
      ['There are 1 rows or seals with ids that none is given.'],
    ],
  ])('%s', async (_, tampering, expected) => {
    await run(tampering)
    expect(await findings()).toEqual(expected)
  })

  it('an end that was cut off, when somebody kept the hash of its last seal', async () => {
    const head = await headOf(3)
    await run(`DELETE FROM audit WHERE id > 6; DELETE FROM audit_seals WHERE id = 3;
      UPDATE sqlite_sequence SET seq = 6 WHERE name = 'audit'`)
    expect(await findings()).toEqual([])
    expect(await findings({ head })).toEqual([
      'No seal has the hash that was asked for: the end of the audit was cut off, or it is another audit.',
    ])
  })

  it('a chain that somebody without the secret sealed again', async () => {
    await run('DELETE FROM audit WHERE id = 5; DELETE FROM audit_seals WHERE id >= 2')
    await sealAudit(database.db, NOON, 'guessed'.repeat(8))
    expect(await findings()).toEqual([badSeal('2'), 'Row 5 is missing.'])
  })

  it('a chain under the seal of the right secret from which a row was taken first', async () => {
    await run('DELETE FROM audit WHERE id = 10')
    await sealAudit(database.db)
    expect(await findings()).toEqual(['Row 10 is missing.'])
  })

  it('a fork: another end under the right secret, put in the place of the one that the log told of', async () => {
    const head = await headOf(3)
    await run('DELETE FROM audit_seals WHERE id = 3')
    await sealAudit(database.db, NOON + 99)
    expect([await findings(), (await findings({ head })).length]).toEqual([[], 1])
  })
})

describe('pruned rows', () => {
  it('are missed only while they should be there', async () => {
    await chain()
    await run('DELETE FROM audit WHERE id <= 3')
    const newest = NOON + 2
    expect(await findings({ now: newest + 365 * DAY })).toEqual(['Rows 1–3 were deleted before their time.'])
    expect(await findings({ now: newest + 365 * DAY + 1 })).toEqual([])
  })

  it('are missed when they were not the oldest', async () => {
    await chain()
    await run('DELETE FROM audit WHERE id BETWEEN 4 AND 6')
    expect(await findings({ now: NOON + 4_000 * DAY })).toEqual(['Rows 4–6 are missing.'])
  })

  it('are missed when a seal’s time was changed so that they seem old', async () => {
    await chain()
    await run('DELETE FROM audit WHERE id <= 3; UPDATE audit_seals SET newest_at = 0 WHERE id = 1')
    expect(await findings()).toEqual([badSeal('1')])
  })

  it('are not missed when an entry of ours tells of it, although rows are to be kept longer now', async () => {
    await chain()
    await run('DELETE FROM audit WHERE id <= 6')
    const told = (to: number) => ({
      action: 'audit.prune' as const,
      actor: { kind: 'sightline' as const, id: null, name: 'Sightline' },
      params: { to },
    })
    await addAudit(database.db, [told(3)])
    expect(await findings()).toEqual(['Rows 4–6 were deleted before their time.'])
    await addAudit(database.db, [told(6)], 'guessed'.repeat(8))
    expect(await findings()).toEqual([`Row 13 ${changed}`, 'Rows 4–6 were deleted before their time.'])
    await addAudit(database.db, [told(6)])
    expect(await findings()).toEqual([`Row 13 ${changed}`])
  })
})

describe('any change of any value', () => {
  const columns = {
    audit: ['id', ...COLUMNS, 'mac'],
    audit_seals: ['id', 'from_id', 'to_id', 'rows', 'oldest_at', 'newest_at', 'sealed_at', 'hash'],
  }
  // SQL literals: what a driver would refuse to bind can be written all the same.
  const value = fc.oneof(
    fc.integer().map(String),
    fc.constantFrom('NULL', '0', '9223372036854775807', '-9223372036854775808', '1.5', "''", "'{}'", "' '"),
    fc
      .string({ unit: 'binary', maxLength: 8 })
      .map(text => `'${text.replaceAll("'", "''").replaceAll('\0', '')}'`),
    fc.uint8Array({ minLength: 1, maxLength: 4 }).map(bytes => `X'${Buffer.from(bytes).toString('hex')}'`),
    fc
      .uint8Array({ minLength: 1, maxLength: 4 })
      .map(bytes => `CAST(X'${Buffer.from(bytes).toString('hex')}' AS TEXT)`),
  )
  // Small changes of what is there, among them some that a careless reader would not see.
  const change = (column: string) =>
    fc.oneof(
      value,
      fc.constantFrom(
        `${column} || char(0)`,
        `${column} || char(0) || 'x'`,
        `${column} || ' '`,
        `CAST(${column} AS BLOB)`,
        `upper(${column})`,
        `substr(${column}, 2)`,
        `${column} + 1`,
        `CAST(CAST(${column} AS BLOB) || X'FF' AS TEXT)`,
      ),
    )
  const tampering = fc
    .constantFrom(
      ...Object.entries(columns).flatMap(([table, names]) => names.map(column => ({ table, column }))),
    )
    .chain(({ table, column }) =>
      fc.record({
        table: fc.constant(table),
        column: fc.constant(column),
        to: change(column),
        row: fc.nat(),
      }),
    )

  it('is found', async () => {
    await chain()
    // Nothing stands in the way of who owns the file: not the constraints either.
    await run(
      'PRAGMA ignore_check_constraints = ON; DROP INDEX audit_by_ref; DROP INDEX audit_seals_by_start',
    )
    await run('CREATE TABLE a AS SELECT * FROM audit; CREATE TABLE s AS SELECT * FROM audit_seals')
    let changes = 0
    await fc.assert(
      fc.asyncProperty(tampering, async ({ table, column, to, row }) => {
        const count = table === 'audit' ? 11 : 3
        try {
          await run(`UPDATE ${table} SET ${column} = ${to} WHERE id = ${1 + (row % count)}`)
        } catch {
          return // NOT NULL, or an id that is taken: nothing was changed.
        }
        const isSame = await database.db.execute(
          `SELECT NOT EXISTS (SELECT * FROM a EXCEPT SELECT * FROM audit) AND NOT EXISTS (SELECT * FROM s EXCEPT SELECT * FROM audit_seals) AS same`,
        )
        const found = await findings()
        await run(
          'DELETE FROM audit; DELETE FROM audit_seals; INSERT INTO audit SELECT * FROM a; INSERT INTO audit_seals SELECT * FROM s',
        )
        if (isSame.rows[0]!.same) return
        changes++
        expect(found).not.toEqual([])
      }),
      { numRuns: 400 },
    )
    expect(changes).toBeGreaterThan(200)
    expect(await findings()).toEqual([])
  })
})
