import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { aacFrames } from './adts.ts'
import { type AccessUnit, accessUnits, Nal, nalType, splitAnnexB } from './annex-b.ts'
import { opusPackets } from './ogg.ts'
import { payloadsOf } from './rtp-payload.ts'

/** The clip's figures; clip/README.md says where they come from. */
export const CLIP = {
  width: 1280,
  height: 720,
  fps: 25,
  frames: 200,
  keyFrameEvery: 5,
  opusPackets: 400,
  aacFrames: 375,
} as const

/** The demonstration clip, read once and cut into what each way of sending it needs. */
export interface Clip {
  readonly frames: readonly AccessUnit[]
  /** The RTP payloads of each frame. */
  readonly payloads: readonly (readonly Buffer[])[]
  readonly opus: readonly Buffer[]
  readonly aac: readonly Buffer[]
  readonly parameters: Buffer
  readonly pictureParameters: Buffer
  readonly thumbnail: Buffer
  readonly cameraThumbnail: Buffer
  /** Bytes an encoder would send in one loop: picture and AAC. */
  readonly bytes: number
}

/** Reads the clip from its folder. Throws when a file is missing or is not what the figures say. */
export function loadClip(folder: string): Clip {
  const read = (name: string) => readFileSync(join(folder, name))
  const nals = splitAnnexB(read('picture.h264'))
  const frames = accessUnits(nals)
  const parameters = nals.find(nal => nalType(nal) === Nal.parameters)
  const pictureParameters = nals.find(nal => nalType(nal) === Nal.pictureParameters)
  const opus = opusPackets(read('sound.ogg')).slice(0, CLIP.opusPackets)
  // Frame 0 is the encoder's priming; the loop is the second of the three in the file.
  const aac = aacFrames(read('sound.aac')).slice(1 + CLIP.aacFrames, 1 + 2 * CLIP.aacFrames)
  const whole =
    frames.length === CLIP.frames && opus.length === CLIP.opusPackets && aac.length === CLIP.aacFrames
  if (!whole || !parameters || !pictureParameters) {
    throw new Error(`The demonstration clip in ${folder} is incomplete: run make-clip.sh there.`)
  }
  const size = (buffers: readonly Buffer[]) => buffers.reduce((sum, buffer) => sum + buffer.length, 0)
  return {
    frames,
    payloads: frames.map(frame => payloadsOf(frame.nals)),
    opus,
    aac,
    parameters,
    pictureParameters,
    thumbnail: read('thumb.jpg'),
    cameraThumbnail: read('thumb-camera.jpg'),
    bytes: size(frames.flatMap(frame => frame.nals)) + size(aac),
  }
}
