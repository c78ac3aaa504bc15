import { measure } from '../../site/colour/measure.ts'
import { pictureOf, picturesOf } from '../../site/colour/read-picture.ts'

/** What a page of a test can do with a video; bundled and put into the page, where only plain values come back from. */
const inPage = {
  /** The chart in the picture on screen, as read from the planes and from a canvas. */
  async measureBoth(video: HTMLVideoElement) {
    const pictures = await picturesOf(video)
    if ('fault' in pictures) return pictures
    const { planes, canvas } = pictures
    return {
      planes: planes && measure(planes),
      canvas: canvas && measure(canvas),
      colorSpace: planes?.colorSpace ?? null,
    }
  },
  /** The same as a page asks for it: one picture, or why there is none. */
  async measureBest(video: HTMLVideoElement) {
    const picture = await pictureOf(video)
    return 'fault' in picture ? picture : measure(picture)
  },
}
export type InPage = typeof inPage

Object.assign(globalThis, { inPage })
