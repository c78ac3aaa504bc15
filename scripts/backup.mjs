/** `npm run backup -- FILE`: copies the embedded database into a file, also while the server runs. */
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { backUp, CopyError } from './data/copies.mjs'
import { databaseFile, databaseUrl, dataFolder } from './data/folder.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
process.umask(0o077)

try {
  const [name, ...more] = process.argv.slice(2)
  if (!name || more.length)
    throw new CopyError('Say where the copy goes: npm run backup -- sightline-backup.db')
  const target = resolve(name)
  const database = databaseFile(databaseUrl(process.env, dataFolder(process.env, root)))
  if (!database)
    throw new CopyError('The database is not a file here (DATABASE_URL). Back it up where it lives.')
  await backUp(database, target)
  console.log(`Copied ${database} to ${target}.`)
  console.log(
    'Keep SIGHTLINE_SECRET (or the file "secret" in DATA_DIR) with it: links and keys are made of it.',
  )
} catch (error) {
  console.error(error instanceof CopyError ? error.message : error)
  process.exitCode = 1
}
