import { loadClip } from '../media/clip.ts'
import { nalsOf } from '../media/rtp-payload.ts'
import type { ReceivedPacket } from './player.ts'
import { CLIP_DIR } from './stage.ts'

/** Which frames of the clip these pictures are, by their bytes. Throws when one is none of them. */
export function pictureOrder(pictures: readonly (readonly ReceivedPacket[])[]): number[] {
  const known = new Map(loadClip(CLIP_DIR).frames.map((frame, number) => [key(frame.nals), number]))
  return pictures.map(packets => {
    const nals: Buffer[] = []
    let unfinished: Buffer[] = []
    for (const { payload } of packets) {
      const step = nalsOf(payload, unfinished)
      nals.push(...step.nals)
      unfinished = step.unfinished
    }
    const number = known.get(key(nals))
    if (number === undefined) throw new Error('A picture that is not in the clip')
    return number
  })
}

/** The parameter sets may come in a packet of their own; the last NAL unit is the slice. */
function key(nals: readonly Buffer[]): string {
  return nals.at(-1)?.toString('base64') ?? ''
}
