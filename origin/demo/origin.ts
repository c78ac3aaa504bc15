import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Admission } from './admission/admission.ts'
import type { EmittedCall } from './admission/signed-post.ts'
import { createMediaServer } from './http/media-server.ts'
import { isLoopback, urlHost } from './loopback.ts'
import { loadClip } from './media/clip.ts'
import { HlsSessions } from './playback/hls-sessions.ts'
import { Loops } from './publishing/loops.ts'
import { Whip } from './publishing/whip.ts'
import { alertBody, sendAlert } from './rest/alerts.ts'
import { createApiServer } from './rest/api-server.ts'
import type { LiveStream } from './streams/live-stream.ts'
import { Registry } from './streams/registry.ts'

export interface DemoOriginOptions {
  /** Where both ports listen. Only loopback is accepted. Default 127.0.0.1. */
  readonly host?: string
  /** Signalling, WHIP, LL-HLS, thumbnails. 0 takes any free port; default 3333. */
  readonly mediaPort?: number
  /** REST. 0 takes any free port; default 8081. */
  readonly apiPort?: number
  /** AdmissionWebhooks, `http://…/v1/admission`. */
  readonly controlUrl: string
  /** Where alerts go; without it none can be sent. */
  readonly alertUrl?: string
  readonly webhookSecret: string
  readonly apiToken: string
  readonly vhost?: string
  readonly app?: string
  /** How long the control plane has for an answer, in ms. Default 3000. */
  readonly timeoutMs?: number
  /** The folder of the clip, when it is not beside this file. */
  readonly clipDir?: string
  readonly timings?: Partial<DemoOriginTimings>
  /** The frame of the clip every loop begins with: a multiple of 40. Tests begin near the seam. Default 0. */
  readonly firstFrame?: number
}

/** How long things take, in ms. The defaults are what was measured on OME; tests have less patience. */
export interface DemoOriginTimings {
  /** From the first media to `outputs` and WebRTC offers. */
  readonly playableMs: number
  /** From then to the first LL-HLS playlist. */
  readonly hlsMs: number
  /** Until a refused or dropped encoder tries again. */
  readonly retryMs: number
  /** Until a WHIP publisher that sends nothing counts as gone. */
  readonly whipSilentMs: number
}

const TIMINGS: DemoOriginTimings = { playableMs: 1000, hlsMs: 1500, retryMs: 3000, whipSilentMs: 30_000 }
/** How many calls to the control plane are kept for looking at. */
const CALLS_KEPT = 1000

export interface DemoOrigin {
  readonly mediaPort: number
  readonly apiPort: number
  readonly apiUrl: string
  /** Where players connect, `ws://…`. */
  readonly publicUrl: string
  /** The latest calls to the control plane, webhooks and alerts, oldest first. */
  readonly calls: readonly EmittedCall[]
  /** Ends everything as OME does on SIGTERM: players and encoders get their closings. */
  close(): Promise<void>
}

/** Starts a demonstration origin. Throws a sentence when it must not run where it is asked to. */
export async function startDemoOrigin(options: DemoOriginOptions): Promise<DemoOrigin> {
  const { host = '127.0.0.1', vhost = 'default', app = 'app', timeoutMs = 3000, firstFrame = 0 } = options
  const { alertUrl, webhookSecret: secret, controlUrl } = options
  refuseStart(host, [controlUrl, ...(alertUrl === undefined ? [] : [alertUrl])])
  const timings = { ...TIMINGS, ...options.timings }
  const clip = loadClip(options.clipDir ?? join(fileURLToPath(new URL('.', import.meta.url)), 'clip'))
  const calls: EmittedCall[] = []
  const log = (call: EmittedCall) => {
    calls.push(call)
    if (calls.length > CALLS_KEPT) calls.shift()
  }
  const admission = new Admission({ controlUrl, secret, timeoutMs, app, log })
  const registry = new Registry(timings)
  const loops = new Loops({ app, clip, firstFrame, retryMs: timings.retryMs, admission, registry })
  const sessions = new HlsSessions(admission)
  const thumbnail = clip.cameraThumbnail
  const whip = new Whip({ app, admission, registry, silentMs: timings.whipSilentMs, thumbnail })
  const media = createMediaServer({ app, admission, registry, sessions, whip })
  const sendTo = (url: string) => (stream: LiveStream, codes: readonly string[]) =>
    sendAlert({ url, secret, timeoutMs, log, body: alertBody(stream, { vhost, app, codes }) })
  const api = createApiServer({
    token: options.apiToken,
    ome: { vhost, app, registry, startedAt: Date.now(), controlUrl, timeoutMs },
    demo: { registry, loops, alert: alertUrl === undefined ? undefined : sendTo(alertUrl) },
  })
  const mediaPort = await listen(media.server, options.mediaPort ?? 3333, host)
  const apiPort = await listen(api, options.apiPort ?? 8081, host).catch(error => {
    media.server.close()
    throw error
  })
  return {
    mediaPort,
    apiPort,
    apiUrl: `http://${urlHost(host)}:${apiPort}`,
    publicUrl: `ws://${urlHost(host)}:${mediaPort}`,
    calls,
    async close() {
      loops.stopAll()
      media.close()
      whip.close()
      sessions.endAll()
      await Promise.all([media.server, api].map(stop))
      await admission.settled()
    },
  }
}

function refuseStart(host: string, urls: readonly string[]): void {
  if (!isLoopback(host)) {
    throw new Error(
      `The demonstration origin listens on this machine only, not on ${host}. For others to watch, use a real OvenMediaEngine and set OME_API_URL.`,
    )
  }
  const wrong = urls.find(url => !URL.canParse(url) || new URL(url).protocol !== 'http:')
  if (wrong !== undefined) {
    throw new Error(
      `The demonstration origin calls the control plane over plain http on this machine, not at ${wrong}.`,
    )
  }
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function stop(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
