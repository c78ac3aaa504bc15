import { type EmittedCall, signedPost } from '../admission/signed-post.ts'
import type { LiveStream } from '../streams/live-stream.ts'
import { describeInput } from './describe.ts'

/** The alert codes of OME and the sentences that come with them. Figures are those of the captures' rules. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  OK: 'The current status is good',
  INGRESS_BITRATE_LOW:
    "The ingress stream's current bitrate (76265 bps) is lower than the configured bitrate (200000 bps)",
  INGRESS_BITRATE_HIGH:
    "The ingress stream's current bitrate (21000000 bps) is higher than the configured bitrate (20000000 bps)",
  INGRESS_FRAMERATE_LOW:
    "The ingress stream's current framerate (14.54 fps) is lower than the configured framerate (15.00 fps)",
  INGRESS_FRAMERATE_HIGH:
    "The ingress stream's current framerate (61.00 fps) is higher than the configured framerate (60.00 fps)",
  INGRESS_WIDTH_SMALL: "The ingress stream's current width (320) is smaller than the configured width (640)",
  INGRESS_WIDTH_LARGE: "The ingress stream's current width (4096) is larger than the configured width (3840)",
  INGRESS_HEIGHT_SMALL:
    "The ingress stream's current height (180) is smaller than the configured height (360)",
  INGRESS_HEIGHT_LARGE:
    "The ingress stream's current height (2304) is larger than the configured height (2160)",
  INGRESS_SAMPLERATE_LOW:
    "The ingress stream's current samplerate (22050) is lower than the configured samplerate (44100)",
  INGRESS_SAMPLERATE_HIGH:
    "The ingress stream's current samplerate (96000) is higher than the configured samplerate (48000)",
  INGRESS_LONG_KEY_FRAME_INTERVAL: 'The ingress stream has a too long keyframe interval',
  INGRESS_HAS_BFRAME: 'There are B-Frames in the ingress stream',
}

/** Whether OME has an alert of this name. */
export function isAlertCode(code: string): boolean {
  return Object.hasOwn(DESCRIPTIONS, code)
}

/** An alert about a stream, as OME writes it. */
export function alertBody(
  stream: LiveStream,
  of: { vhost: string; app: string; codes: readonly string[] },
): string {
  const { createdTime, ...input } = describeInput(stream)
  return JSON.stringify({
    messages: of.codes.map(code => ({ code, description: DESCRIPTIONS[code] ?? code })),
    sourceInfo: { createdTime, name: stream.name, ...input },
    sourceUri: `#${of.vhost}#${of.app}/${stream.name}`,
    type: 'INGRESS',
  })
}

/** Sends an alert, signed; what is answered is of no interest to OME. */
export async function sendAlert(call: {
  url: string
  secret: string
  timeoutMs: number
  body: string
  log: (emitted: EmittedCall) => void
}): Promise<void> {
  await signedPost(call)
}
