import type { HealthNumbers } from '../../../worker/live/messages/health.ts'

/** Before anything is measured. */
export const nothing: HealthNumbers = {
  way: null,
  codec: null,
  decoder: null,
  hardware: null,
  width: null,
  height: null,
  shown: null,
  colour: null,
  fps: null,
  receivedFps: null,
  sourceFps: null,
  bitrate: null,
  loss: null,
  roundTripMs: null,
  bufferMs: null,
  decodeMs: null,
  freezes: null,
  dropped: null,
  decoded: null,
  delay: null,
  gamut: null,
  range: null,
  depth: null,
  scale: null,
}
