import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { type Client, createClient } from '@libsql/client'
import { databaseFile, databaseUrl, dataFolder, openDataFolder } from '../../scripts/data/folder.mjs'
import { migrate, readSchema } from '../../scripts/data/schema.mjs'
import { createApp, type SightlineApp } from '../app.ts'
import { type Config, ConfigError, isLoopback, loadConfig } from '../config.ts'
import { newId } from '../crypto/id.ts'
import type { Deps } from '../deps.ts'
import { createLog, faultOf, type Log } from '../log.ts'
import { openSite } from './site.ts'

/** The same two steps up from worker/entry/ and from dist/server/, where the bundle lies. */
const root = fileURLToPath(new URL('../../', import.meta.url))

/** How long a database elsewhere that did not answer at the start is left alone before it is asked again (ms). */
const SCHEMA_RETRY_MS = 5_000

/** How long requests and deferred work may take to end once we are asked to stop (ms). */
const STOP_DEADLINE_MS = 8_000

/** A service manager and a starter may both hand us one wish to stop; only after this long is it a second one (ms). */
const SECOND_WISH_MS = 1_000

const MINUTE_MS = 60_000

/** How often the live channels of this process are told that time passed (ms). */
const SECOND_MS = 1_000

/** Statements under way at once in a database elsewhere. */
const POOL = 50

const PRAGMAS = ['busy_timeout = 5000', 'journal_mode = WAL', 'synchronous = NORMAL', 'foreign_keys = ON']

/** Makes the app of what a runtime has; {@link createApp}, or the same with something around it. */
export type Create = (deps: Deps) => SightlineApp

/** What a server process on Node or Deno is made of. */
export interface Local {
  app: SightlineApp
  config: Config
  log: Log
}

/**
 * Opens everything a server process needs, from the environment, and starts the minute job. A wrong environment ends
 * the process with one line a problem and code 2.
 */
export async function openLocal(runtime: 'node' | 'deno', create: Create = createApp): Promise<Local> {
  const config = readConfig()
  const log = createLog(config.logLevel, line => console.log(line))
  const db = await openDatabase(config)
  await applySchema(db, config, log)
  const app = create({
    runtime,
    config,
    db,
    log,
    now: Date.now,
    fetch: (input, init) => fetch(input, init),
    localOnly: config.publicUrl === undefined && isLoopback(config.host),
    asset: openBuiltSite(log),
  })
  const minute = () => app.minute().catch(error => log.error('minute.failed', { error: faultOf(error) }))
  minute()
  setInterval(minute, MINUTE_MS)
  void app.hub.start(holderOf(config))
  setInterval(
    () => app.hub.tick().catch(error => log.error('live.failed', { error: faultOf(error) })),
    SECOND_MS,
  )
  return { app, config, log }
}

/**
 * Ends the process in good order at SIGINT or SIGTERM: pages on the live channel are told, no new requests, the running ones and what they left to do
 * finish, all within a deadline. A second signal ends it at once.
 * @param close stops listening; resolves when the running requests are answered
 */
export function stopOnSignal({ app, log }: Local, close: () => Promise<void>): void {
  let askedAt: number | undefined
  const stop = async (signal: string) => {
    if (askedAt !== undefined) {
      if (Date.now() - askedAt > SECOND_WISH_MS) process.exit(130)
      return
    }
    askedAt = Date.now()
    log.info('stopping', { signal })
    const late = setTimeout(() => {
      log.warn('stopped.late', { afterMs: STOP_DEADLINE_MS })
      process.exit(0)
    }, STOP_DEADLINE_MS)
    app.hub.stop()
    await close()
    await app.settled()
    clearTimeout(late)
    log.info('stopped')
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal))
}

/** Says where we listen in a line that is there whatever the log level: the starter waits for it. */
export function announce(port: number): void {
  console.log(JSON.stringify({ time: new Date().toISOString(), level: 'info', event: 'listening', port }))
}

/** Why the server cannot listen, in a sentence; the process ends with code 1. */
export function refuseToListen({ host, port }: Config, error: unknown): never {
  const code = (error as { code?: string }).code
  console.error(
    code === 'EADDRINUSE'
      ? `Port ${port} on ${host} is taken by another program. Stop it, or choose another port: PORT=8788.`
      : `Cannot listen on ${host} port ${port}: ${faultOf(error)}`,
  )
  process.exit(1)
}

function readConfig(): Config {
  const folder = dataFolder(process.env, root)
  try {
    return loadConfig({ ...process.env, DATABASE_URL: databaseUrl(process.env, folder) })
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    for (const problem of error.problems) console.error(problem)
    process.exit(2)
  }
}

/** One connection to an embedded file, so that its PRAGMAs hold for every statement; a pool to one elsewhere. */
async function openDatabase({ databaseUrl: url, databaseAuthToken: authToken }: Config): Promise<Client> {
  const file = databaseFile(url)
  if (file === undefined)
    return createClient({ url, concurrency: POOL, ...(authToken === undefined ? {} : { authToken }) })
  openDataFolder(dirname(file))
  // The database, its log and its index are for nobody else on this machine.
  process.umask(0o077)
  const db = createClient({ url, concurrency: 1 })
  for (const pragma of PRAGMAS) await db.execute(`PRAGMA ${pragma}`)
  return db
}

/** An embedded file must take the schema now. A database elsewhere may be away: it gets it when it is back. */
async function applySchema(db: Client, config: Config, log: Log): Promise<void> {
  try {
    await migrate(db, readSchema(root))
  } catch (error) {
    if (config.databaseUrl.startsWith('file:')) throw error
    log.error('schema.not-applied', { error: faultOf(error), retryInMs: SCHEMA_RETRY_MS })
    setTimeout(() => void applySchema(db, config, log), SCHEMA_RETRY_MS)
  }
}

/**
 * What this process is called among those that might carry the live channel. Where it listens nobody else can: one that
 * comes after it under the same name has its place. Without a fixed port it is one of a kind.
 */
const holderOf = ({ host, port }: Config): string => (port === 0 ? newId() : `${hostname()} ${host} ${port}`)

function openBuiltSite(log: Log): Deps['asset'] {
  try {
    return openSite(join(root, 'dist/site'))
  } catch (error) {
    log.error('site.missing', { error: faultOf(error), hint: 'run: npm run build' })
    return async () => undefined
  }
}
