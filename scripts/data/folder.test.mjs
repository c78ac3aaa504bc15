import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  databaseFile,
  databaseUrl,
  dataFolder,
  localSecret,
  openDataFolder,
  storedSecret,
} from './folder.mjs'

let place
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'sightline-data-'))
})
afterEach(() => rmSync(place, { recursive: true, force: true }))

describe('the data folder', () => {
  test('is .data beside the project unless DATA_DIR says otherwise', () => {
    expect([
      dataFolder({}, '/project'),
      dataFolder({ DATA_DIR: ' ' }, '/project'),
      dataFolder({ DATA_DIR: 'elsewhere' }, '/project'),
      dataFolder({ DATA_DIR: '/srv/sightline' }, '/project'),
    ]).toEqual(['/project/.data', '/project/.data', '/project/elsewhere', '/srv/sightline'])
  })
  test('is closed to other users', () => {
    const folder = join(place, 'a', 'b')
    openDataFolder(folder)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })
  test('holds the database unless DATABASE_URL names another', () => {
    expect([
      databaseUrl({}, '/data'),
      databaseUrl({ DATABASE_URL: '' }, '/data'),
      databaseUrl({ DATABASE_URL: 'libsql://db.example' }, '/data'),
    ]).toEqual(['file:/data/sightline.db', 'file:/data/sightline.db', 'libsql://db.example'])
  })
  test('knows the file of a file: address only', () => {
    expect([
      databaseFile('file:/data/a%20b.db'),
      databaseFile('file:///data/x.db'),
      databaseFile(databaseUrl({}, '/odd #1? 100% folder')),
      databaseFile('https://db.example'),
    ]).toEqual(['/data/a b.db', '/data/x.db', '/odd #1? 100% folder/sightline.db', undefined])
  })
})

describe('the generated secret', () => {
  test('is long, kept, readable by its owner only, and leaves no draft behind', () => {
    expect(storedSecret(place)).toBeUndefined()
    const secret = localSecret(place)
    expect(secret).toMatch(/^[\w-]{64}$/)
    expect(localSecret(place)).toBe(secret)
    expect(storedSecret(place)).toBe(secret)
    expect(statSync(join(place, 'secret')).mode & 0o777).toBe(0o600)
    expect(readdirSync(place)).toEqual(['secret'])
  })
  test('is the same for many first starts at once', async () => {
    const module = new URL('folder.mjs', import.meta.url).href
    const program = `import(${JSON.stringify(module)}).then(m => console.log(m.localSecret(process.argv[1])))`
    const secrets = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const child = spawn(process.execPath, ['-e', program, place])
        let out = ''
        child.stdout.on('data', chunk => {
          out += chunk
        })
        await once(child, 'close')
        return out.trim()
      }),
    )
    expect(new Set(secrets)).toEqual(new Set([storedSecret(place)]))
  })
  test('is refused when its file is empty, never replaced in silence', () => {
    writeFileSync(join(place, 'secret'), '\n')
    expect(() => localSecret(place)).toThrow(/is empty/)
  })
})
