/**
 * `npm run deploy`: builds the site, applies schema.sql to DATABASE_URL and deploys the Worker. Further arguments go to
 * wrangler. docs/deploy-workers.md says what has to be set before.
 */
import { spawnSync } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from './build.mjs'
import { ensureDependencies } from './setup/dependencies.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const args = process.argv.slice(2)
const url = process.env.DATABASE_URL?.trim() ?? ''

if (!/^(libsql|https?|wss?):\/\//.test(url)) {
  console.error(
    'Set DATABASE_URL (libsql://… or https://…), and DATABASE_AUTH_TOKEN if it wants one: the schema is applied there. A Worker cannot open a file.',
  )
  process.exit(2)
}
ensureDependencies(root)
await build({ only: ['site'] })
await applySchemaThere()
const { status } = spawnSync(
  process.execPath,
  [join(root, 'node_modules/wrangler/bin/wrangler.js'), 'deploy', ...args],
  {
    cwd: root,
    stdio: 'inherit',
    env: { WRANGLER_SEND_METRICS: 'false', ...process.env },
  },
)
process.exitCode = status ?? 1

async function applySchemaThere() {
  const { migrateAt } = await import('./data/schema.mjs')
  try {
    await migrateAt(process.env, root)
    console.log(`The database at ${new URL(url).host} has today's schema.`)
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/\?\S*/g, '?…') : 'unknown'
    console.error(
      `schema.sql could not be applied to ${new URL(url).host}, so nothing was deployed: ${reason}`,
    )
    process.exit(1)
  }
}
