import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launchServer } from '../scripts/launch/server.mjs'

/** The server under measurement, and how to ask it something. */
export type RuntimeName = 'node' | 'deno' | 'workerd'

export const WEBHOOK_SECRET = randomBytes(16).toString('hex')
export const ADMIN_TOKEN = randomBytes(24).toString('base64url')

const settings = {
  SIGHTLINE_SECRET: randomBytes(36).toString('base64url'),
  SIGHTLINE_ADMIN_TOKEN: ADMIN_TOKEN,
  OME_WEBHOOK_SECRET: WEBHOOK_SECRET,
  TRUSTED_PROXY: '127.0.0.1,::1',
  LOG_LEVEL: 'info',
}

// Bundled into dist/bench/, two folders below the repository.
export const root = new URL('../..', import.meta.url)

const entries: Record<RuntimeName, string> = {
  node: 'dist/bench/node.js',
  deno: 'bench/entry/deno.ts',
  workerd: 'bench/entry/cloudflare.ts',
}

/** The real entries, as `npm start` runs them, with the floors beside the app. */
export function startServer(runtime: RuntimeName, folder: string) {
  const own = { ...settings, DATA_DIR: folder, DATABASE_URL: `file:${join(folder, 'sightline.db')}` }
  return launchServer({
    runtime,
    root: fileURLToPath(root),
    env: { ...process.env, ...own, HOST: '127.0.0.1', PORT: '0' },
    variables: Object.keys(own),
    // A production server writes a line for each request; here they are read and thrown away.
    onLine: () => {},
    entry: entries[runtime],
  })
}

/** @param headers beside the type of the body and the token */
export async function api<T>(
  url: string,
  path: string,
  json: object,
  token?: string,
  headers: Record<string, string> = {},
): Promise<T> {
  const answer = await fetch(url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify(json),
  })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
  return (answer.status === 204 ? undefined : await answer.json()) as T
}
