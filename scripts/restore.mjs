/** `npm run restore -- FILE`: puts a copy in the place of the embedded database. The server must not run. */
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CopyError, restore } from './data/copies.mjs'
import { databaseFile, databaseUrl, dataFolder } from './data/folder.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
process.umask(0o077)

try {
  const [name, ...more] = process.argv.slice(2)
  if (!name || more.length) throw new CopyError('Say which copy: npm run restore -- sightline-backup.db')
  const database = databaseFile(databaseUrl(process.env, dataFolder(process.env, root)))
  if (!database)
    throw new CopyError('The database is not a file here (DATABASE_URL). Restore it where it lives.')
  const kept = await restore(resolve(name), database, new Date())
  console.log(`Restored ${database} from ${resolve(name)}.`)
  if (kept) console.log(`What was there before is kept: ${kept}`)
} catch (error) {
  console.error(error instanceof CopyError ? error.message : error)
  process.exitCode = 1
}
