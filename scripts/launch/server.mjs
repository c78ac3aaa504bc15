import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { databaseFile, openDataFolder } from '../data/folder.mjs'
import { startChild } from './children.mjs'
import { StartError } from './start-error.mjs'

/** A runtime that has not answered after this long will not (ms). workerd needs 3 s on an idle machine. */
const START_DEADLINE_MS = 60_000

/** The Worker's cron trigger does not fire by itself on this machine. */
const MINUTE_MS = 60_000

/**
 * @typedef {'node' | 'deno' | 'workerd'} Runtime
 * @typedef {object} Server
 * @property {string} url where this machine reaches it, without a trailing slash
 * @property {Promise<number>} exited its exit code once it has ended
 * @property {() => Promise<void>} stop ends it in good order, within a deadline
 * @property {() => Promise<void>} kill ends it at once, as a crash does
 */

/**
 * Starts Sightline's server on a runtime and waits until it answers.
 * @param {object} options
 * @param {Runtime} options.runtime
 * @param {string} options.root the project's folder
 * @param {NodeJS.ProcessEnv} options.env complete, with SIGHTLINE_SECRET and DATABASE_URL. PORT may be 0
 * @param {string[]} options.variables the names a Worker gets as bindings
 * @param {(line: string) => void} options.onLine what the server says
 * @param {string} [options.entry] another entry than the product's, for measuring
 * @returns {Promise<Server>}
 * @throws {StartError}
 */
export async function launchServer({ runtime, root, env, variables, onLine, entry }) {
  /** @type {string[]} */
  const said = []
  let ready = false
  /** @type {(port: number) => void} */
  let heard = () => {}
  const listening = new Promise(resolve => {
    heard = resolve
  })
  /** @param {string} line */
  const listen = line => {
    if (ready) return onLine(line)
    const port = portIn(line)
    if (port === undefined) said.push(line)
    else heard(port)
  }
  const started = await start[runtime]({ root, env, variables, onLine: listen, entry })
  try {
    const port = await Promise.race([
      listening,
      started.child.exited.then(code => Promise.reject(new StartError(said, code))),
      wait(START_DEADLINE_MS, undefined, { ref: false }).then(() =>
        Promise.reject(new StartError([...said, 'The server did not start in time.'], 1)),
      ),
    ])
    const url = `http://${reachable(env.HOST)}:${port}`
    await healthy(url, started.child.exited, said)
    ready = true
    for (const line of said) onLine(line)
    const stopMinutes = runtime === 'workerd' ? callEachMinute(`${url}/cdn-cgi/handler/scheduled`) : () => {}
    return {
      url,
      exited: started.child.exited,
      async stop() {
        stopMinutes()
        await started.child.stop()
        await started.close()
      },
      async kill() {
        stopMinutes()
        started.child.kill()
        await started.child.exited
        await started.close()
      },
    }
  } catch (error) {
    await started.child.stop()
    await started.close()
    throw error
  }
}

/**
 * @typedef {{ root: string, env: NodeJS.ProcessEnv, variables: string[], onLine: (line: string) => void, entry: string | undefined }} Start
 * @typedef {{ child: import('./children.mjs').Child, close: () => Promise<void> }} Started
 * @type {Record<Runtime, (how: Start) => Promise<Started>>}
 */
const start = {
  async node({ root, env, onLine, entry = 'dist/server/node.js' }) {
    return {
      child: startChild(process.execPath, [join(root, entry)], { cwd: root, env, onLine }),
      close: async () => {},
    }
  },

  async deno({ root, env, onLine, entry = 'worker/entry/deno.ts' }) {
    const allowed = ['net', 'read', 'write', 'env', 'sys', 'ffi'].map(what => `--allow-${what}`)
    const args = [
      'run',
      '--quiet',
      '--no-prompt',
      '--no-lock',
      '--node-modules-dir=manual',
      ...allowed,
      join(root, entry),
    ]
    const program = join(root, 'node_modules/deno', process.platform === 'win32' ? 'deno.exe' : 'deno')
    const denoEnv = { ...env, DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' }
    return { child: startChild(program, args, { cwd: root, env: denoEnv, onLine }), close: async () => {} }
  },

  async workerd({ root, env, variables, onLine, entry }) {
    const database = await databaseForWorker(root, env)
    // Unset ones are handed over as empty, which is the same: else those of [vars], meant for production, would count.
    const bindings = Object.fromEntries(variables.map(name => [name, env[name] ?? '']))
    const config = join(root, 'wrangler.toml')
    const args = ['dev', ...(entry ? [join(root, entry)] : [])]
    // An empty file instead of .dev.vars or .env: what counts is the environment, as everywhere.
    args.push('--config', config, '--env-file', '/dev/null', '--local', '--ip', env.HOST ?? '127.0.0.1')
    args.push('--port', env.PORT ?? '8787', '--inspector-port', '0', '--show-interactive-dev-session=false')
    // With a route wrangler would let the Worker see its host name instead of the address in use.
    if (/^\s*routes?\s*=/m.test(readFileSync(config, 'utf8')))
      args.push('--local-upstream', `${reachable(env.HOST)}:${env.PORT}`, '--upstream-protocol', 'http')
    if (env.DATA_DIR) args.push('--persist-to', join(env.DATA_DIR, 'workerd'))
    const child = startChild(
      process.execPath,
      [join(root, 'node_modules/wrangler/bin/wrangler.js'), ...args],
      {
        cwd: root,
        env: { ...bindings, ...database.env, ...wranglerEnv(env) },
        onLine: quietly(onLine),
      },
    )
    return { child, close: database.close }
  },
}

/**
 * A database that a Worker can reach: the one over HTTP that was named, or an endpoint in this process for the file.
 * The schema is applied to either.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 */
async function databaseForWorker(root, env) {
  const file = databaseFile(env.DATABASE_URL ?? '')
  if (file !== undefined) openDataFolder(dirname(file))
  const { migrateAt } = await import('../data/schema.mjs')
  await migrateAt(env, root).catch(error => {
    throw new StartError([`The database at DATABASE_URL does not take the schema: ${error.message}`], 1)
  })
  if (file === undefined) return { env: {}, close: async () => {} }
  const { serveHrana } = await import('../hrana/server.mjs')
  const token = randomBytes(24).toString('base64url')
  const { url, close } = await serveHrana({ file, token })
  return { env: { DATABASE_URL: url, DATABASE_AUTH_TOKEN: token }, close }
}

/**
 * What wrangler needs to run, and to run quietly and without asking anything of the network. Everything in its
 * environment becomes a binding, hence so little.
 * @param {NodeJS.ProcessEnv} env
 */
function wranglerEnv(env) {
  const own = ['PATH', 'HOME', 'USERPROFILE', 'APPDATA', 'TMPDIR', 'TEMP', 'SystemRoot', 'XDG_CONFIG_HOME']
  return {
    ...Object.fromEntries(own.filter(name => env[name]).map(name => [name, env[name]])),
    CI: '1',
    NO_COLOR: '1',
    FORCE_COLOR: '0',
    CLOUDFLARE_INCLUDE_PROCESS_ENV: 'true',
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    WRANGLER_SEND_METRICS: 'false',
    WRANGLER_SEND_ERROR_REPORTS: 'false',
    WRANGLER_HIDE_BANNER: 'true',
  }
}

/**
 * Lets through the Worker's own lines and wrangler's errors; not its chatter, and not the list of bindings.
 * @param {(line: string) => void} onLine
 */
function quietly(onLine) {
  let complaining = false
  return (/** @type {string} */ line) => {
    if (portIn(line) !== undefined || line.startsWith('{')) return onLine(line)
    if (/\[ERROR\]|\[wrangler:error\]/.test(line)) complaining = true
    else if (/^(\S*\[wrangler:|\W*\[?WARNING|⎔|env\.|Using |Your Worker|Binding )/.test(line))
      complaining = false
    if (complaining && line.trim()) onLine(line)
  }
}

/**
 * The port in a line that says where a server listens: ours on Node and Deno, wrangler's.
 * @param {string} line
 */
function portIn(line) {
  const port = /"event":"listening","port":(\d+)/.exec(line) ?? /Ready on https?:\/\/\S+:(\d+)/.exec(line)
  return port ? Number(port[1]) : undefined
}

/**
 * Where this machine reaches a server that listens on a host.
 * @param {string} [host]
 */
function reachable(host = '127.0.0.1') {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
}

/**
 * Waits until the server says that it is well.
 * @param {string} url
 * @param {Promise<number>} exited
 * @param {string[]} said
 */
async function healthy(url, exited, said) {
  let ended = -1
  exited.then(code => {
    ended = code
  })
  const deadline = Date.now() + START_DEADLINE_MS
  while (Date.now() < deadline) {
    const answer = await fetch(`${url}/healthz`, { redirect: 'manual' }).catch(() => undefined)
    await answer?.body?.cancel()
    if (answer?.ok) return
    if (ended !== -1) throw new StartError(said, ended)
    await wait(50)
  }
  throw new StartError([...said, `${url}/healthz does not answer.`], 1)
}

/** @param {string} url */
function callEachMinute(url) {
  const timer = setInterval(() => {
    fetch(url).then(
      answer => answer.body?.cancel(),
      () => {},
    )
  }, MINUTE_MS)
  return () => clearInterval(timer)
}
