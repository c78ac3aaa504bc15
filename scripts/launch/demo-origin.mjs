import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startChild } from './children.mjs'
import { portNear } from './ports.mjs'
import { StartError } from './start-error.mjs'

/** Where OvenMediaEngine would listen; any other port will do when these are taken. */
const MEDIA_PORT = 3333
const API_PORT = 8081

const START_DEADLINE_MS = 20_000

/**
 * The demonstration origin, running.
 * @typedef {object} DemoOrigin
 * @property {string} apiUrl
 * @property {string} apiToken
 * @property {Record<string, string>} settings what the server must be told to use it
 * @property {Promise<number>} exited
 * @property {() => Promise<void>} stop
 */

/**
 * Whether the demonstration origin may run: no other is configured, and only this machine can reach us.
 * @param {NodeJS.ProcessEnv} env
 * @param {(host: string) => boolean} isLoopback
 */
export function wantsDemoOrigin(env, isLoopback) {
  const set = (/** @type {string} */ name) => env[name]?.trim() || undefined
  if (set('OME_API_URL') || set('OME_WEBHOOK_SECRET') || set('DEMO_ORIGIN') === 'false') return false
  if (!isLoopback(set('HOST') ?? '127.0.0.1')) return false
  const publicUrl = set('PUBLIC_URL')
  return publicUrl === undefined || (URL.canParse(publicUrl) && isLoopback(new URL(publicUrl).hostname))
}

/**
 * Starts the demonstration origin as a process of its own, with fresh secrets.
 * @param {object} options
 * @param {string} options.root
 * @param {NodeJS.ProcessEnv} options.env HOST, and DEMO_PORT or DEMO_API_PORT if given ports are wanted
 * @param {string} options.serverUrl where it asks for admission
 * @param {(line: string) => void} options.onLine
 * @returns {Promise<DemoOrigin>}
 * @throws {StartError}
 */
export async function launchDemoOrigin({ root, env, serverUrl, onLine }) {
  const host = env.HOST?.trim() || '127.0.0.1'
  const [apiToken, webhookSecret] = [freshSecret(), freshSecret()]
  /** @type {string[]} */
  const said = []
  let ready = false
  /** @type {(ports: { media: number, api: number }) => void} */
  let heard = () => {}
  const listening = new Promise(resolve => {
    heard = resolve
  })
  const child = startChild(process.execPath, [join(root, 'dist/demo/origin.js')], {
    cwd: root,
    env: {
      ...env,
      DEMO_HOST: host,
      DEMO_CLIP_DIR: join(root, 'origin/demo/clip'),
      DEMO_PORT: env.DEMO_PORT || String(await portNear(host, MEDIA_PORT)),
      DEMO_API_PORT: env.DEMO_API_PORT || String(await portNear(host, API_PORT)),
      CONTROL_URL: `${serverUrl}/v1/admission`,
      ALERT_URL: `${serverUrl}/v1/alerts`,
      WEBHOOK_SECRET: webhookSecret,
      API_TOKEN: apiToken,
    },
    onLine: line => {
      const ports = portsIn(line)
      if (ports) {
        ready = true
        heard(ports)
      } else if (ready) onLine(line)
      else said.push(line)
    },
  })
  const failed = (/** @type {string} */ why) => Promise.reject(new StartError([why, ...said], 1))
  try {
    const { media, api } = await Promise.race([
      listening,
      child.exited.then(() => failed('The demonstration origin could not start.')),
      wait(START_DEADLINE_MS, undefined, { ref: false }).then(() =>
        failed('The demonstration origin did not start in time.'),
      ),
    ])
    const name = host.includes(':') ? `[${host}]` : host
    const apiUrl = `http://${name}:${api}`
    return {
      apiUrl,
      apiToken,
      settings: {
        DEMO_ORIGIN: 'true',
        OME_API_URL: apiUrl,
        OME_API_TOKEN: apiToken,
        OME_WEBHOOK_SECRET: webhookSecret,
        OME_PUBLIC_URL: `ws://${name}:${media}`,
      },
      exited: child.exited,
      stop: () => child.stop(),
    }
  } catch (error) {
    await child.stop()
    throw error
  }
}

const freshSecret = () => randomBytes(24).toString('base64url')

/** @param {string} line */
function portsIn(line) {
  if (!line.startsWith('{')) return undefined
  try {
    const { event, media, api } = JSON.parse(line)
    return event === 'listening' ? { media: Number(media), api: Number(api) } : undefined
  } catch {
    return undefined
  }
}
