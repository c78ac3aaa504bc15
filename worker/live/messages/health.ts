import * as v from 'valibot'
import { line, whole } from '../../http/fields.ts'
import { named } from './fields.ts'

/** The live channel's messages about how well pictures arrive, and on what display. Part of `protocol.ts`. */

export const levels = ['good', 'fair', 'poor', 'unknown'] as const
/** Where the fault lies, if there is one. */
export const sides = ['encoder', 'origin', 'network', 'device', 'unknown'] as const
/** What it is; `none` with a good picture and with one that nobody can judge. */
export const causes = [
  'none',
  'stopped',
  'frozen',
  'source-rate',
  'server',
  'lost',
  'loss',
  'jitter',
  'round-trip',
  'slow-way',
  'decoding',
  'dropping',
] as const

/** The longest name of a codec, a decoder or a colour space, in characters. */
const MAX_WORD = 60

/** Null = the browser does not say. */
const amount = (max: number) =>
  v.nullable(
    v.pipe(
      v.number('must be a number'),
      v.minValue(0, 'must be at least 0'),
      v.maxValue(max, 'is too large'),
    ),
  )
const count = (max: number) => v.nullable(whole(0, max))
const word = v.nullable(line(MAX_WORD))

/** The longest time that means anything here, in ms: a minute. */
const MINUTE = 60_000

/** What a page measured over the last second, as far as its browser says. */
export const HealthNumbers = v.strictObject({
  way: v.nullable(v.picklist(['udp', 'tcp', 'relay', 'llhls'], 'must be a way')),
  codec: word,
  decoder: word,
  hardware: v.nullable(v.boolean('must be true or false')),
  /** Of the stream, in its pixels. */
  width: count(16_384),
  height: count(16_384),
  /** Its size on the display's pixels against its own, in per cent. */
  shown: amount(10_000),
  colour: word,
  /** Frames a second: presented, arrived, and what the source makes. */
  fps: amount(1_000),
  receivedFps: amount(1_000),
  sourceFps: amount(1_000),
  /** Bits a second. */
  bitrate: amount(1e10),
  /** Of the packets, 0 to 1. */
  loss: amount(1),
  roundTripMs: amount(MINUTE),
  /** How long a frame waits in the jitter buffer, and takes to decode. */
  bufferMs: amount(MINUTE),
  decodeMs: amount(MINUTE),
  /** Since this page's picture began. */
  freezes: count(1e9),
  dropped: count(1e9),
  decoded: count(1e9),
  /** From the camera to the eye: measured from a chart, or estimated from the above. */
  delay: v.nullable(
    v.strictObject({
      ms: v.pipe(v.number('must be a number'), v.minValue(0), v.maxValue(10 * MINUTE)),
      uncertaintyMs: amount(MINUTE),
      how: v.picklist(['chart', 'estimate']),
    }),
  ),
  /** As the browser reports them. `depth` in bits a channel, `scale` in display pixels for one of the page. */
  gamut: v.nullable(v.picklist(['srgb', 'p3', 'rec2020'], 'must be a gamut')),
  range: v.nullable(v.picklist(['standard', 'high'], 'must be a range')),
  depth: count(64),
  scale: amount(64),
})
export type HealthNumbers = v.InferOutput<typeof HealthNumbers>

const report = {
  level: v.picklist(levels, 'must be a level'),
  side: v.picklist(sides, 'must be a side'),
  cause: v.picklist(causes, 'must be a cause'),
  numbers: HealthNumbers,
}
/** How well somebody's picture arrives, as their page judges it. */
export const HealthReport = v.strictObject(report)
export type HealthReport = v.InferOutput<typeof HealthReport>

/** Everybody who is in says these of themselves. */
export const healthToServer = [
  /** Answered by nobody. When it changes, and each 5 s while a host is there or it is not well. */
  v.strictObject({ type: v.literal('health'), ...report, ...named }),
  /** They have looked at the test picture on their display, or take it back. Answered by `done`. */
  v.strictObject({ type: v.literal('display'), checked: v.boolean('must be true or false'), ...named }),
] as const

export const healthToClient = [
  /** To operators alone, and not kept for who comes back: `of` is the person. */
  v.strictObject({ type: v.literal('health'), of: v.string(), ...report }),
] as const
