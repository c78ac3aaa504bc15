/**
 * `npm start`, `npm run start:deno`, `npm run dev`: everything from a fresh clone to a running server, in one command.
 * Needs nothing but Node and npm until the packages are there, hence the imports further down.
 */
import { readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from './build.mjs'
import { databaseUrl, dataFolder, localSecret, openDataFolder } from './data/folder.mjs'
import { banner } from './launch/banner.mjs'
import { releaseGuard } from './launch/children.mjs'
import { launchDemoOrigin, wantsDemoOrigin } from './launch/demo-origin.mjs'
import { openDemoRoom } from './launch/demo-room.mjs'
import { freePort, probePort } from './launch/ports.mjs'
import { launchServer } from './launch/server.mjs'
import { askSetupLink } from './launch/setup-link.mjs'
import { StartError } from './launch/start-error.mjs'
import { variablesOf } from './launch/variables.mjs'
import { ensureDependencies } from './setup/dependencies.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const runtime = /** @type {import('./launch/server.mjs').Runtime} */ (process.argv[2] ?? 'node')

/** How often we look whether the npm that runs us is still there (ms). */
const PARENT_CHECK_MS = 250

/** What is running, newest last: stopped in the reverse order. */
/** @type {{ stop: () => Promise<void> }[]} */
const running = []
let stopping = false
let askedAt = 0

/** npm and service managers hand one wish to stop to us more than once; only after this long is it a second one (ms). */
const SECOND_WISH_MS = 1_000

/** A reason to stop that is for people to read, with the exit code it deserves. */
class Refusal extends Error {
  /**
   * @param {string} message
   * @param {number} [code]
   */
  constructor(message, code = 1) {
    super(message)
    this.code = code
  }
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, askedToStop)
endWithNpm()

try {
  if (!['node', 'deno', 'workerd'].includes(runtime))
    throw new Refusal('Say which runtime: node, deno or workerd.', 2)
  if (Number.parseInt(process.versions.node, 10) < 20)
    throw new Refusal(`Sightline needs Node 20 or newer; this is ${process.version}. See nodejs.org.`)
  await main()
} catch (error) {
  if (!stopping) {
    const known = error instanceof Refusal || error instanceof StartError
    console.error(known ? error.message : error)
    await stop(known ? error.code : 1)
  }
}

async function main() {
  ensureDependencies(root)
  await build({ only: ['site', 'server'] })
  const { loadConfig, isLoopback } = await import(pathToFileURL(join(root, 'dist/server/config.js')).href)
  const given = process.env
  const demo = wantsDemoOrigin(given, isLoopback)
  if (demo) await build({ only: ['demo'] })

  // From here on everything that is written is for this user alone.
  process.umask(0o077)
  const folder = dataFolder(given, root)
  openDataFolder(folder)
  const env = withDefaults(given, folder)
  const config = checked(() => loadConfig(env))

  await refuseTakenPort(config.host, config.port)
  env.PORT = String(config.port || (await freePort(config.host)))

  const onLine = (/** @type {string} */ line) => console.log(line)
  const origin = demo ? await startDemoOrigin(env, onLine) : undefined
  if (stopping) return
  Object.assign(env, origin?.settings)
  const server = await launchServer({ runtime, root, env, variables: variablesOf(loadConfig, env), onLine })
  running.push(server)
  endWith('server', server.exited)
  if (stopping) return stop(0)

  const { mintStartToken } = await import(pathToFileURL(join(root, 'dist/server/mint.js')).href)
  const token = await mintStartToken(/** @type {string} */ (env.SIGHTLINE_SECRET), Date.now())
  const people = config.publicUrl === undefined ? forPeople : (/** @type {string} */ address) => address
  const reviewLink = origin && people(await openDemoRoom({ url: server.url, token, origin }))
  const url = config.publicUrl ?? people(server.url)
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  console.log(
    banner({
      version,
      runtime,
      url,
      setupLink: await askSetupLink({ url: server.url, token, people: url }),
      reviewLink,
      originConfigured: config.origin !== undefined,
      dataFolder: folder.startsWith(root) ? relative(root, folder) : folder,
    }),
  )
}

/**
 * This machine's server by its name: passkeys and Secure cookies over plain http are for localhost, not for addresses.
 * @param {string} url
 */
function forPeople(url) {
  return url.replace(/\/\/(127\.0\.0\.1|\[::1\])(?=:|$)/, '//localhost')
}

/**
 * The environment with what a local start adds. On a terminal the log is quiet, so that the banner stays in sight.
 * @param {NodeJS.ProcessEnv} given
 * @param {string} folder
 * @returns {NodeJS.ProcessEnv}
 */
function withDefaults(given, folder) {
  const secret = given.SIGHTLINE_SECRET?.trim() || localSecret(folder)
  return {
    ...given,
    HOST: given.HOST?.trim() || '127.0.0.1',
    DATA_DIR: folder,
    DATABASE_URL: databaseUrl(given, folder),
    SIGHTLINE_SECRET: secret,
    LOG_LEVEL: given.LOG_LEVEL?.trim() || (process.stdout.isTTY ? 'warn' : 'info'),
  }
}

/**
 * @template T
 * @param {() => T} load
 */
function checked(load) {
  try {
    return load()
  } catch (error) {
    const { problems } = /** @type {{ problems?: string[] }} */ (error)
    if (problems) throw new Refusal(problems.join('\n'), 2)
    throw error
  }
}

/**
 * @param {string} host
 * @param {number} port
 */
async function refuseTakenPort(host, port) {
  const state = await probePort(host, port)
  if (state === 'taken')
    throw new Refusal(
      `Port ${port} is taken by another program. Stop it, or choose another: PORT=${port + 1} npm start`,
    )
  if (state === 'forbidden')
    throw new Refusal(`This user may not listen on port ${port}. Choose another: PORT=8787`)
  if (state === 'no-such-host')
    throw new Refusal(`This machine has no address ${host} to listen on. Check HOST.`)
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {(line: string) => void} onLine
 */
async function startDemoOrigin(env, onLine) {
  const host = env.HOST?.includes(':') ? `[${env.HOST}]` : env.HOST
  const origin = await launchDemoOrigin({ root, env, serverUrl: `http://${host}:${env.PORT}`, onLine })
  running.push(origin)
  endWith('demonstration origin', origin.exited)
  return origin
}

/**
 * One part alone is of no use: when one ends by itself, so does the whole.
 * @param {string} name
 * @param {Promise<number>} exited
 */
function endWith(name, exited) {
  exited.then(code => {
    if (stopping) return
    console.error(`The ${name} has ended unexpectedly (code ${code}).`)
    stop(1)
  })
}

/** npm hands SIGTERM to the shell between us, which dies of it without a word to us: then our parent is another. */
function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && stop(0), PARENT_CHECK_MS).unref()
}

function askedToStop() {
  if (!stopping) {
    askedAt = Date.now()
    stop(0)
  } else if (Date.now() - askedAt > SECOND_WISH_MS) process.exit(130)
}

/**
 * Ends everything in good order, once. Whatever way this process ends, nothing stays behind.
 * @param {number} code
 */
async function stop(code) {
  if (stopping) return
  stopping = true
  for (const part of running.reverse()) await part.stop()
  await releaseGuard()
  process.exit(code)
}
