import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type DemoOrigin, type DemoOriginOptions, startDemoOrigin } from '../origin.ts'
import { CAPTURED_SECRET } from './captures.ts'
import { ControlPlane } from './control-plane.ts'
import { HttpClient } from './http-client.ts'

export const CLIP_DIR = join(fileURLToPath(new URL('..', import.meta.url)), 'clip')
export const API_TOKEN = 'ome-access-token'

export type StageOptions = Partial<DemoOriginOptions> & { alerts?: boolean }

/** A demonstration origin and the control plane it asks, on free ports, in no hurry and with no delays. */
export class Stage {
  readonly origin: DemoOrigin
  readonly plane: ControlPlane
  readonly media: HttpClient
  readonly api: HttpClient
  #closed: Promise<void> | undefined

  private constructor(origin: DemoOrigin, plane: ControlPlane) {
    this.origin = origin
    this.plane = plane
    this.media = new HttpClient(`http://127.0.0.1:${origin.mediaPort}`)
    this.api = new HttpClient(origin.apiUrl)
  }

  /** `alerts: false` leaves out where alerts would go. */
  static async open({ alerts = true, ...options }: StageOptions = {}): Promise<Stage> {
    const plane = await ControlPlane.start()
    const origin = await startDemoOrigin({
      mediaPort: 0,
      apiPort: 0,
      controlUrl: `${plane.url}/admission`,
      ...(alerts ? { alertUrl: `${plane.url}/alert` } : {}),
      webhookSecret: CAPTURED_SECRET,
      apiToken: API_TOKEN,
      clipDir: CLIP_DIR,
      ...options,
      timings: { playableMs: 0, hlsMs: 0, retryMs: 60_000, ...options.timings },
    })
    return new Stage(origin, plane)
  }

  /** A call to the API port with the access token. */
  async call(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    const answer = await this.api.send(method, path, {
      headers: { Authorization: `Basic ${Buffer.from(API_TOKEN).toString('base64')}` },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return { status: answer.status, body: JSON.parse(answer.body) as Record<string, unknown> }
  }

  async streams(): Promise<unknown> {
    return (await this.call('GET', '/v1/vhosts/default/apps/app/streams')).body.response
  }

  /** Resolves when a stream has outputs. */
  async playable(name: string): Promise<void> {
    const outputs = async () => {
      const { body } = await this.call('GET', `/v1/vhosts/default/apps/app/streams/${name}`)
      return (body.response as { outputs?: unknown } | undefined)?.outputs
    }
    while ((await outputs()) === undefined) await nextTurn()
  }

  /** Starts the built-in encoder; resolves when its opening has been answered. */
  async loop(key: string): Promise<void> {
    const before = this.plane.events().length
    await this.call('PUT', `/demo/loops/${key}`)
    await this.plane.count(before + 1)
    await this.settle()
  }

  /** Stops the built-in encoder; resolves when its closing has been answered. */
  async stopLoop(key: string): Promise<void> {
    await this.call('DELETE', `/demo/loops/${key}`)
    await this.settle()
  }

  /** Closes the origin only, to see what it says on its way out. */
  closeOrigin(): Promise<void> {
    this.#closed ??= this.origin.close()
    return this.#closed
  }

  async close(): Promise<void> {
    this.media.close()
    this.api.close()
    await this.closeOrigin()
    await this.plane.close()
  }

  /** Until every call the origin has made is over: then whatever follows from the answers has happened too. */
  async settle(): Promise<void> {
    while (this.origin.calls.some(call => !call.over)) await nextTurn()
    await nextTurn()
  }

  /** Until the origin has made so many calls, whether anybody answered or not. */
  async called(times: number): Promise<void> {
    while (this.origin.calls.length < times) await nextTurn()
  }
}

function nextTurn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}
