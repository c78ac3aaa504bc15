import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SECRET } from '../../test/support/app.ts'
import { addAudit, sealAudit, unguard } from '../../test/support/audit.ts'
import { type TestDatabase, testDatabase } from '../../test/support/database.ts'

/** `npm run audit:verify`, run as people run it. */

const script = fileURLToPath(new URL('../../scripts/audit-verify.mjs', import.meta.url))

let place: string
let url: string
let database: TestDatabase
let heads: string[]
beforeEach(async () => {
  place = mkdtempSync(join(tmpdir(), 'sightline-audit-'))
  database = await testDatabase()
  heads = []
  for (let i = 0; i < 2; i++) {
    await addAudit(database.db, [{ at: Date.now() }, { at: Date.now() }])
    const [line] = await sealAudit(database.db, Date.now())
    heads.push(JSON.parse(line!).hash)
  }
  await addAudit(database.db, [{ at: Date.now() }])
  await unguard(database.db)
  url = `file:${join(place, 'sightline.db')}`
})
afterEach(() => {
  database.close()
  rmSync(place, { recursive: true, force: true })
})

interface Ended {
  code: number
  out: string[]
  err: string[]
}

/** Runs the script over a copy of the database. */
async function verify(args: string[] = [], env: Record<string, string> = {}): Promise<Ended> {
  rmSync(join(place, 'sightline.db'), { force: true })
  await database.db.execute({ sql: 'VACUUM INTO :to', args: { to: join(place, 'sightline.db') } })
  return run(args, env)
}

const run = (args: string[], env: Record<string, string>): Promise<Ended> =>
  new Promise(done => {
    const all = {
      PATH: process.env.PATH,
      DATA_DIR: place,
      SIGHTLINE_SECRET: SECRET,
      DATABASE_URL: url,
      ...env,
    }
    const lines = (text: string) => text.split('\n').filter(line => line && !line.startsWith('Building'))
    execFile(process.execPath, [script, ...args], { env: all }, (error, out, err) =>
      done({
        code: typeof error?.code === 'number' ? error.code : error ? -1 : 0,
        out: lines(out),
        err: lines(err),
      }),
    )
  })

const whole = {
  code: 0,
  out: ['The audit is whole: 5 rows under 2 seals; 1 of them not sealed yet.'],
  err: [],
}

describe('a whole audit', () => {
  it('is one line', async () => {
    expect(await verify()).toEqual(whole)
    expect(await verify(['--head', heads[0]!])).toEqual(whole)
  })

  it('is whole under an older secret too, when that is named', async () => {
    const env = { SIGHTLINE_SECRET: 'another'.repeat(8) }
    writeFileSync(join(place, 'older'), `${'unused'.repeat(8)}\n${SECRET}\n`)
    expect(await verify(['--secrets', join(place, 'older')], env)).toEqual(whole)
    expect(await verify([], { ...env, SIGHTLINE_SECRET_PREVIOUS: SECRET })).toEqual(whole)
    expect((await verify([], env)).code).toBe(1)
  })
})

describe('an audit that somebody worked on', () => {
  it.each<[string, string, string]>([
    [
      'altered',
      "UPDATE audit SET actor_name = 'Somebody' WHERE id = 2",
      'Row 2 is not as it was written: changed, or put there by somebody else.',
    ],
    ['deleted', 'DELETE FROM audit WHERE id = 2', 'Row 2 is missing.'],
    [
      'altered so that drivers stumble',
      "UPDATE audit SET actor_name = CAST(X'61FF' AS TEXT) WHERE id = 2",
      'Row 2 is not as it was written: changed, or put there by somebody else.',
    ],
    [
      'sealed otherwise',
      "UPDATE audit_seals SET hash = 'x' WHERE id = 2",
      'Seal 2 is not as it was made, or does not follow the seal before it.',
    ],
  ])('%s', async (_, tampering, finding) => {
    await database.db.executeMultiple(tampering)
    expect(await verify()).toEqual({ code: 1, out: [finding], err: [expect.stringContaining('wrong')] })
  })

  it('cut off at its end', async () => {
    await database.db.executeMultiple(
      "DELETE FROM audit WHERE id > 2; DELETE FROM audit_seals WHERE id = 2; UPDATE sqlite_sequence SET seq = 2 WHERE name = 'audit'",
    )
    expect((await verify()).code).toBe(0)
    expect(await verify(['--head', heads[1]!])).toMatchObject({
      code: 1,
      out: [expect.stringContaining('the end of the audit was cut off')],
    })
  })
})

describe('what cannot be looked at', () => {
  it.each<[string, string[], Record<string, string>, RegExp]>([
    ['without a secret', [], { SIGHTLINE_SECRET: '' }, /SIGHTLINE_SECRET is not set/],
    ['with a file of secrets that is not there', ['--secrets', '/nothing/here'], {}, /cannot be read/],
    ['with an option that nobody knows', ['--fix'], {}, /--fix/],
    ['with a wrong environment', [], { AUDIT_KEEP_DAYS: '0' }, /AUDIT_KEEP_DAYS must be/],
    ['without a database', [], { DATABASE_URL: 'file:/nothing/here.db' }, /There is no database/],
    ['with a database that does not answer', [], { DATABASE_URL: 'http://127.0.0.1:9' }, /cannot be read/],
  ])('%s', async (_, args, env, message) => {
    const { code, out, err } = await verify(args, env)
    expect({ code, out, said: err.some(line => message.test(line)) }).toEqual({
      code: 2,
      out: [],
      said: true,
    })
    expect(err.join('\n')).not.toContain(SECRET)
  })

  it('with a database that is none', async () => {
    writeFileSync(join(place, 'sightline.db'), 'not a database at all, but long enough to be looked at')
    expect(await run([], {})).toMatchObject({ code: 2, out: [] })
  })
})
