import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '@libsql/client'
import { build } from '../../scripts/build.mjs'
import { databaseUrl } from '../../scripts/data/folder.mjs'
import { freePort } from '../../scripts/launch/ports.mjs'
import { launchServer } from '../../scripts/launch/server.mjs'
import type { Link } from '../../worker/links/schema.ts'
import type { Ingest, Room, SeatList } from '../../worker/rooms/schema.ts'
import { mintLink } from '../../worker/users/mint.ts'
import type { UserList } from '../../worker/users/schema.ts'
import { type OriginProcess, startOrigin } from './origin-process.ts'

/** The product as it is shipped, on Node, with the demonstration origin beside it. Both can be restarted. */
export interface Product {
  /** Without a trailing slash. */
  readonly url: string
  /** What the banner prints for the admin. */
  /** Passkeys want a host name. */
  readonly adminUrl: string
  users(): Promise<UserList['items']>
  /** A set-up link, or a recovery link for a user. */
  mintLink(recover?: string): Promise<string>
  readonly origin: OriginProcess
  api<T>(method: string, path: string, json?: object): Promise<T>
  room(fields: { title: string } & Record<string, unknown>): Promise<Room>
  link(room: Room, fields?: Record<string, unknown>): Promise<Link & { url: string }>
  /** The room's ingest key. */
  key(room: Room): Promise<string>
  seats(room: Room): Promise<SeatList['items']>
  /** Gives a room a lease in ms that the API would not take: nobody wants to watch a journey of minutes. */
  shortenLease(roomId: string, ms: number): Promise<void>
  /** Starts whatever was stopped and not started again. */
  ensureRunning(): Promise<void>
  startServer(): Promise<void>
  stopServer(): Promise<void>
  /** Ends it without a word to anybody, as a crash does. */
  killServer(): Promise<void>
  close(): Promise<void>
}

const root = fileURLToPath(new URL('../../', import.meta.url))
const SECRET = 'a secret of the journeys, long enough for anybody'

/** @param more settings beside the usual ones */
export async function startProduct(more: Record<string, string> = {}): Promise<Product> {
  await build({ say: () => {} })
  const dataDir = mkdtempSync(join(tmpdir(), 'sightline-journeys-'))
  const database = databaseUrl({}, dataDir)
  const adminToken = 'automation-token-of-the-journeys'
  const port = await freePort('127.0.0.1')
  const url = `http://127.0.0.1:${port}`
  const adminUrl = `http://localhost:${port}/admin`
  const origin = await startOrigin(url)
  let server: Awaited<ReturnType<typeof launchServer>> | undefined

  async function startServer(): Promise<void> {
    server ??= await launchServer({
      runtime: 'node',
      root,
      env: {
        PATH: process.env.PATH,
        HOST: '127.0.0.1',
        PORT: String(port),
        DATA_DIR: dataDir,
        DATABASE_URL: database,
        SIGHTLINE_SECRET: SECRET,
        SIGHTLINE_ADMIN_TOKEN: adminToken,
        LOG_LEVEL: 'error',
        ...origin.settings,
        ...more,
      },
      variables: [],
      onLine: line => console.error(line),
    })
  }
  async function stopServer(): Promise<void> {
    const running = server
    server = undefined
    await running?.stop()
  }
  async function killServer(): Promise<void> {
    const running = server
    server = undefined
    await running?.kill()
  }
  async function api<T>(method: string, path: string, json?: object): Promise<T> {
    const answer = await fetch(`${url}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      ...(json ? { body: JSON.stringify(json) } : {}),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${text}`)
    return (text ? JSON.parse(text) : undefined) as T
  }
  async function close(): Promise<void> {
    await stopServer()
    await origin.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }

  try {
    await startServer()
  } catch (error) {
    await close()
    throw error
  }
  return {
    url,
    adminUrl,
    users: async () => (await api<UserList>('GET', '/users')).items,
    mintLink: async recover =>
      (await mintLink(SECRET, adminUrl.replace(/\/admin$/, ''), recover, Date.now())).url,
    origin,
    api,
    room: fields => api('POST', '/rooms', fields),
    link: (room, fields = {}) => api('POST', `/rooms/${room.id}/links`, { label: 'Somebody', ...fields }),
    key: async room => (await api<Ingest>('GET', `/rooms/${room.id}/ingest`)).rtmp.key,
    seats: async room => (await api<SeatList>('GET', `/rooms/${room.id}/seats`)).items,
    async shortenLease(roomId, ms) {
      const db = createClient({ url: database })
      await db.execute('PRAGMA busy_timeout = 5000')
      await db.execute({ sql: 'UPDATE rooms SET lease_ms = ? WHERE id = ?', args: [BigInt(ms), roomId] })
      db.close()
    },
    async ensureRunning() {
      await origin.start()
      await startServer()
    },
    startServer,
    stopServer,
    killServer,
    close,
  }
}
