import type { HealthReport } from '../../../worker/live/messages/health.ts'

export type Level = HealthReport['level']
export type Side = HealthReport['side']
export type Cause = HealthReport['cause']

/** How the picture arrives, and if it is not well: whose fault it is, and what. */
export interface Verdict {
  level: Level
  side: Side
  cause: Cause
  /** What goes with the cause: per cent, ms, frames a second. */
  value: number | null
}

/** What is known at one moment. */
export interface Scene {
  /** Nobody looks at the page: browsers then present nothing. */
  hidden: boolean
  picture: 'none' | 'moving' | 'held'
  /** The room has an encoder. */
  publishing: boolean
  /** The line to the room is up. */
  connected: boolean
  way: 'udp' | 'tcp' | 'relay' | 'llhls' | null
  /** Frames a second: on screen, arrived, made by the source; null = not known. */
  fps: number | null
  receivedFps: number | null
  sourceFps: number | null
  loss: number | null
  bufferMs: number | null
  decodeMs: number | null
  roundTripMs: number | null
  /** Times that the picture stood still of late. */
  freezes: number
  /** The other side of the session still answers. */
  alive: boolean | null
}

const none = (level: Level): Verdict => ({ level, side: 'unknown', cause: 'none', value: null })
export const GOOD = none('good')
export const UNKNOWN = none('unknown')

/** From where on something is fair, and poor. Loss in parts of one, the rest in ms. */
const LIMITS = {
  loss: [0.005, 0.02],
  roundTrip: [300, 800],
  buffer: [200, 500],
} as const
/** So few frames a second are none. */
const NOTHING = 0.5
/** Parts of the frames that must be there. */
const SOURCE = [0.9, 0.6] as const
const PRESENTED = [0.9, 0.7] as const
/** Parts of a frame's time that decoding it may take. */
const DECODING = [0.8, 1] as const

/** What one moment is, by itself. Nothing here waits; {@link settle} does. */
export function judge(scene: Scene): Verdict {
  if (scene.hidden) return UNKNOWN
  if (scene.picture === 'none') return UNKNOWN
  if (scene.picture === 'held') return held(scene)
  const found = [loss, source, stutter, roundTrip, buffer, decoding, dropping, way, server].flatMap(
    look => look(scene) ?? [],
  )
  return found.find(({ level }) => level === 'poor') ?? found[0] ?? GOOD
}

/** These are of a picture that stands still. */
export const isHeld = ({ cause }: Verdict): boolean =>
  cause === 'stopped' || cause === 'frozen' || cause === 'lost'

/** A picture that stands still: nothing comes from the encoder, or nothing comes here. */
function held({ publishing, connected, alive }: Scene): Verdict {
  const poor = (side: Side, cause: Cause): Verdict => ({ level: 'poor', side, cause, value: null })
  if (connected && !publishing) return poor('encoder', 'stopped')
  if (alive) return poor('encoder', 'frozen')
  return poor('network', 'lost')
}

type Look = (scene: Scene) => Verdict | null

const above = (
  amount: number | null,
  [fair, poor]: readonly [number, number],
  side: Side,
  cause: Cause,
  value: number | null = amount,
): Verdict | null =>
  amount === null || amount < fair ? null : { level: amount >= poor ? 'poor' : 'fair', side, cause, value }

const below = (
  part: number | null,
  [fair, poor]: readonly [number, number],
  side: Side,
  cause: Cause,
  value: number | null,
): Verdict | null =>
  part === null || part >= fair ? null : { level: part < poor ? 'poor' : 'fair', side, cause, value }

const part = (some: number | null, all: number | null) => (some === null || !all ? null : some / all)
const tenth = (value: number) => Math.round(value * 10) / 10

const loss: Look = scene =>
  above(scene.loss, LIMITS.loss, 'network', 'loss', scene.loss === null ? null : tenth(scene.loss * 100))
/** Fewer frames come than the source says it makes. Over TCP they may be queueing on the way; over UDP they would be lost. */
const source: Look = ({ receivedFps, sourceFps, way, loss: lost }) => {
  if (way === 'llhls' || receivedFps === null || (lost ?? 0) >= LIMITS.loss[0]) return null
  // Nothing at all is about to be a held picture, which knows better whose fault it is.
  if (receivedFps < NOTHING) return null
  const [side, cause] =
    way === 'tcp' ? (['network', 'jitter'] as const) : (['encoder', 'source-rate'] as const)
  return below(part(receivedFps, sourceFps), SOURCE, side, cause, tenth(receivedFps))
}
const stutter: Look = ({ freezes }) =>
  freezes > 0 ? { level: freezes > 2 ? 'poor' : 'fair', side: 'network', cause: 'jitter', value: null } : null
const roundTrip: Look = scene => above(scene.roundTripMs, LIMITS.roundTrip, 'network', 'round-trip')
const buffer: Look = ({ bufferMs, way }) =>
  way === 'llhls' ? null : above(bufferMs, LIMITS.buffer, 'network', 'jitter')
const decoding: Look = ({ decodeMs, sourceFps }) =>
  decodeMs === null || sourceFps === null
    ? null
    : above(decodeMs / (1000 / sourceFps), DECODING, 'device', 'decoding', tenth(decodeMs))
const dropping: Look = ({ fps, receivedFps }) =>
  fps === null ? null : below(part(fps, receivedFps), PRESENTED, 'device', 'dropping', tenth(fps))
const way: Look = scene =>
  scene.way === 'llhls' ? { level: 'fair', side: 'network', cause: 'slow-way', value: null } : null
const server: Look = ({ connected }) =>
  connected ? null : { level: 'fair', side: 'origin', cause: 'server', value: null }
