import { box, fullBox, u32, u64 } from './mp4-box.ts'

/** One picture or one packet of sound. */
export interface Sample {
  readonly data: Buffer
  /** In ticks of the track's timescale. */
  readonly duration: number
  readonly key: boolean
}

/** Sample flags (ISO 14496-12, 8.8.3.1): depends on nothing; depends on others and is no sync sample. */
const SYNC = 0x02000000
const NOT_SYNC = 0x01010000

/** A movie fragment of samples that follow each other, the first at `start` ticks. */
export function fragment(sequence: number, start: number, samples: readonly Sample[]): Buffer {
  const mfhd = fullBox('mfhd', 0, 0, u32(sequence))
  const tfhd = fullBox('tfhd', 0, 0x020000, u32(1))
  const tfdt = fullBox('tfdt', 1, 0, u64(BigInt(start)))
  const rows = samples.flatMap(sample => [sample.duration, sample.data.length, sample.key ? SYNC : NOT_SYNC])
  // Flags: data offset, and for each sample duration, size and flags.
  const trun = (offset: number) => fullBox('trun', 0, 0x000701, u32(samples.length, offset, ...rows))
  const moof = (offset: number) => box('moof', mfhd, box('traf', tfhd, tfdt, trun(offset)))
  return Buffer.concat([moof(moof(0).length + 8), box('mdat', ...samples.map(sample => sample.data))])
}

/** NAL units as an MP4 sample holds them: each after its length. */
export function lengthPrefixed(nals: readonly Buffer[]): Buffer {
  return Buffer.concat(nals.flatMap(nal => [u32(nal.length), nal]))
}
