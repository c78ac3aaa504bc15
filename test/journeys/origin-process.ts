import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { startChild } from '../../scripts/launch/children.mjs'

/** The demonstration origin as a process that can be ended and come back under the same addresses. */
export interface OriginProcess {
  readonly apiUrl: string
  readonly publicUrl: string
  /** The variables by which a server uses it. */
  readonly settings: Record<string, string>
  /** Does nothing while it runs. */
  start(): Promise<void>
  /** Ends it as OME ends on SIGTERM; its ports stay its own. */
  stop(): Promise<void>
  /** Starts the built-in encoder with an ingest key. */
  encode(key: string): Promise<void>
  stopEncoding(key: string): Promise<void>
  /** The hidden names of what is live. */
  streams(): Promise<string[]>
  /** Whether a stream has outputs, as OME tells that it can be played. */
  playable(name: string): Promise<boolean>
  /** The encoder of a stream sends no more, notices, and tries again beside its dead connection. */
  freeze(name: string, reconnect?: boolean): Promise<void>
}

const root = fileURLToPath(new URL('../../', import.meta.url))
const STREAMS = '/v1/vhosts/default/apps/app/streams'

/** Starts it for a control plane that need not be there yet, on ports that the system chooses. */
export async function startOrigin(controlUrl: string): Promise<OriginProcess> {
  const [webhookSecret, apiToken] = [secret(), secret()]
  let ports = { media: 0, api: 0 }
  let child: ReturnType<typeof startChild> | undefined

  async function start(): Promise<void> {
    if (child) return
    const said: string[] = []
    let heard = (_: typeof ports) => {}
    const listening = new Promise<typeof ports>(resolve => {
      heard = resolve
    })
    child = startChild(process.execPath, ['dist/demo/origin.js'], {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        DEMO_PORT: String(ports.media),
        DEMO_API_PORT: String(ports.api),
        DEMO_CLIP_DIR: 'origin/demo/clip',
        CONTROL_URL: `${controlUrl}/v1/admission`,
        ALERT_URL: `${controlUrl}/v1/alerts`,
        WEBHOOK_SECRET: webhookSecret,
        API_TOKEN: apiToken,
      },
      onLine: line => {
        said.push(line)
        if (line.includes('"event":"listening"')) heard(JSON.parse(line) as typeof ports)
      },
    })
    ports = await Promise.race([
      listening,
      child.exited.then(() => Promise.reject(new Error(`The origin did not start: ${said.join('\n')}`))),
    ])
  }

  async function stop(): Promise<void> {
    const running = child
    child = undefined
    await running?.stop()
  }

  const api = async (method: string, path: string, json?: object) => {
    const answer = await fetch(`http://127.0.0.1:${ports.api}${path}`, {
      method,
      headers: { authorization: `Basic ${Buffer.from(apiToken).toString('base64')}` },
      ...(json ? { body: JSON.stringify(json) } : {}),
    })
    const body = (await answer.json()) as { response?: unknown }
    if (answer.status >= 500) throw new Error(`${method} ${path.split('/')[1]}… answered ${answer.status}`)
    return { status: answer.status, response: body.response }
  }
  const done = async (method: string, path: string, json?: object) => {
    const { status } = await api(method, path, json)
    if (status >= 300) throw new Error(`${method} ${path.split('/', 3).join('/')}/… answered ${status}`)
  }

  await start()
  const apiUrl = `http://127.0.0.1:${ports.api}`
  const publicUrl = `ws://127.0.0.1:${ports.media}`
  return {
    apiUrl,
    publicUrl,
    settings: {
      DEMO_ORIGIN: 'true',
      OME_API_URL: apiUrl,
      OME_API_TOKEN: apiToken,
      OME_WEBHOOK_SECRET: webhookSecret,
      OME_PUBLIC_URL: publicUrl,
    },
    start,
    stop,
    encode: key => done('PUT', `/demo/loops/${key}`),
    stopEncoding: key => done('DELETE', `/demo/loops/${key}`),
    streams: async () => (await api('GET', STREAMS)).response as string[],
    async playable(name) {
      const { status, response } = await api('GET', `${STREAMS}/${name}`)
      return status === 200 && (response as { outputs?: unknown[] }).outputs !== undefined
    },
    freeze: (name, reconnect = true) => done('POST', `/demo/streams/${name}/freeze`, { reconnect }),
  }
}

const secret = () => randomBytes(24).toString('base64url')
