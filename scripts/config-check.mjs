/**
 * `npm run config:check`: reads the environment as a start would and prints one line a problem, or what it comes to.
 * Starts and writes nothing else; shows no secret.
 */
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from './build.mjs'
import { databaseUrl, dataFolder, storedSecret } from './data/folder.mjs'
import { wantsDemoOrigin } from './launch/demo-origin.mjs'
import { describeConfig } from './launch/describe-config.mjs'
import { ensureDependencies } from './setup/dependencies.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

// In the image there are no sources and no tools to build them with; the bundle is there.
if (existsSync(join(root, 'worker'))) {
  ensureDependencies(root)
  await build({ only: ['server'] })
}
const { loadConfig, isLoopback } = await import(pathToFileURL(join(root, 'dist/server/config.js')).href)

const env = process.env
const folder = dataFolder(env, root)
const given = env.SIGHTLINE_SECRET?.trim()
const stored = given ? undefined : storedSecret(folder)
/** Stands for the secret that a local start would make; it goes nowhere. */
const placeholder = 'x'.repeat(64)

try {
  const config = loadConfig({
    ...env,
    SIGHTLINE_SECRET: given || stored || placeholder,
    DATABASE_URL: databaseUrl(env, folder),
  })
  console.log('The configuration is valid.')
  const facts = describeConfig(config, {
    secretFrom: given
      ? 'SIGHTLINE_SECRET'
      : stored
        ? join(folder, 'secret')
        : 'a local start makes one; any other needs SIGHTLINE_SECRET',
    adminTokenFrom: config.adminToken ? 'SIGHTLINE_ADMIN_TOKEN' : 'none; people sign in with passkeys',
    wantsDemo: wantsDemoOrigin(env, isLoopback),
  })
  for (const fact of facts) console.log(`  ${fact}`)
} catch (error) {
  const { problems } = /** @type {{ problems?: string[] }} */ (error)
  if (!problems) throw error
  for (const problem of problems) console.error(problem)
  process.exitCode = 2
}
