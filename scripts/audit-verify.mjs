/**
 * `npm run audit:verify [-- --head HASH] [--secrets FILE]`: checks that no row of the audit was changed, taken out or
 * put in. --head is the hash of the last `audit.sealed` line of a log that is kept elsewhere: then a cut-off end shows
 * too. --secrets is a file with secrets from before SIGHTLINE_SECRET_PREVIOUS, one a line. Ends with 0 when all is well,
 * 1 with a line for each finding, 2 when it cannot look.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { createClient } from '@libsql/client'
import { build } from './build.mjs'
import { databaseFile, databaseUrl, dataFolder, storedSecret } from './data/folder.mjs'
import { ensureDependencies } from './setup/dependencies.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const USAGE = 'npm run audit:verify -- [--head HASH] [--secrets FILE]'

/** Lines that are shown; with a wrong secret every row is a finding. */
const MAX_LINES = 1_000

const env = process.env
const folder = dataFolder(env, root)
const url = databaseUrl(env, folder)
const { head, secrets: file } = read()
const secret = env.SIGHTLINE_SECRET?.trim() || storedSecret(folder)
if (!secret)
  leave(
    'SIGHTLINE_SECRET is not set, and the data folder has none. Run this with the secret of the deployment.',
  )
const secrets = [secret, env.SIGHTLINE_SECRET_PREVIOUS?.trim() ?? '', ...older(file)].filter(Boolean)
const path = databaseFile(url)
if (path !== undefined && !existsSync(path)) leave(`There is no database at ${path}. Check DATA_DIR.`)

// In the image there are no sources and no tools to build them with; the bundle is there.
if (existsSync(join(root, 'worker'))) {
  ensureDependencies(root)
  await build({ only: ['server'], say: line => console.error(line) })
}
/** @param {string} name */
const built = name => import(pathToFileURL(join(root, 'dist/server', name)).href)
const [{ checkAudit }, { loadConfig }] = await Promise.all([built('audit.js'), built('config.js')])

const authToken = env.DATABASE_AUTH_TOKEN?.trim()
try {
  const { auditKeepDays } = loadConfig({ ...env, SIGHTLINE_SECRET: secret, DATABASE_URL: url })
  const db = createClient({ url, concurrency: 1, ...(authToken ? { authToken } : {}) })
  const { findings, summary } = await checkAudit(db, {
    secrets,
    keepDays: auditKeepDays,
    now: Date.now(),
    head,
    progress: (/** @type {number} */ rows) => console.error(`${rows} rows read …`),
  })
  db.close()
  for (const finding of findings.slice(0, MAX_LINES)) console.log(finding)
  if (findings.length > MAX_LINES) console.log(`… and ${findings.length - MAX_LINES} findings more.`)
  if (findings.length) {
    console.error(
      `${summary} Something is wrong with the audit. Was SIGHTLINE_SECRET changed? See --secrets.`,
    )
    process.exitCode = 1
  } else console.log(`The audit is whole: ${summary}`)
} catch (error) {
  const { problems, name, message } = /** @type {Error & { problems?: string[] }} */ (error)
  leave(problems ? problems.join('\n') : `The audit cannot be read: ${name}: ${message}`)
}

/** The arguments, or the end with a line that says what is wrong. */
function read() {
  try {
    return parseArgs({ options: { head: { type: 'string' }, secrets: { type: 'string' } } }).values
  } catch (error) {
    return leave(`${error instanceof Error ? error.message : error}\n${USAGE}`)
  }
}

/**
 * The lines of a file.
 * @param {string | undefined} name
 */
function older(name) {
  if (name === undefined) return []
  try {
    return readFileSync(name, 'utf8')
      .split('\n')
      .map(line => line.trim())
  } catch {
    return leave(`${name} cannot be read.`)
  }
}

/**
 * @param {string} message
 * @returns {never}
 */
function leave(message) {
  console.error(message)
  process.exit(2)
}
