import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { databaseUrl, localSecret } from '../data/folder.mjs'
import { launchDemoOrigin } from './demo-origin.mjs'
import { openDemoRoom } from './demo-room.mjs'
import { freePort } from './ports.mjs'
import { launchServer } from './server.mjs'

/**
 * The product with the demonstration's picture, on free ports and in a folder that goes with it: for screenshots and
 * measurements. Needs `npm run build` to have run.
 * @param {string} root the project's folder
 * @returns {Promise<{ url: string, adminToken: string, secret: string, reviewLink: string, stop: () => Promise<void> }>}
 */
export async function launchDemonstration(root) {
  const dataDir = mkdtempSync(join(tmpdir(), 'sightline-demonstration-'))
  const secret = localSecret(dataDir)
  const adminToken = randomBytes(24).toString('base64url')
  const { PATH, HOME } = process.env
  const env = {
    PATH,
    HOME,
    HOST: '127.0.0.1',
    PORT: String(await freePort('127.0.0.1')),
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl({}, dataDir),
    SIGHTLINE_SECRET: secret,
    SIGHTLINE_ADMIN_TOKEN: adminToken,
    LOG_LEVEL: 'error',
    DEMO_PORT: '0',
    DEMO_API_PORT: '0',
  }
  /** @type {{ stop: () => Promise<void> }[]} */
  const running = []
  const stop = async () => {
    for (const part of running.reverse()) await part.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  const onLine = (/** @type {string} */ line) => console.error(line)
  try {
    const serverUrl = `http://127.0.0.1:${env.PORT}`
    const origin = await launchDemoOrigin({ root, env, serverUrl, onLine })
    running.push(origin)
    const server = await launchServer({
      runtime: 'node',
      root,
      env: { ...env, ...origin.settings },
      variables: [],
      onLine,
    })
    running.push(server)
    const reviewLink = await openDemoRoom({ url: server.url, token: adminToken, origin })
    return { url: server.url, adminToken, secret, reviewLink, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
