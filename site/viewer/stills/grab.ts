import type { Watermark } from '../../../worker/watermark/watermark.ts'
import { burnMark } from '../watermark/burn.ts'

/** Why there is no still: nothing is shown yet, or the browser does not give out the pixels. */
export type GrabFault = 'no_picture' | 'unreadable'

/** A frame as a PNG, in its own pixels. */
export interface Pixels {
  file: Blob
  width: number
  height: number
}

/**
 * The frame that a video shows now; its size on the screen does not matter. Never throws.
 * @param mark who watches: written into it as it lies over the picture
 */
export async function grabFrame(
  video: HTMLVideoElement | null,
  mark: Watermark,
): Promise<Pixels | GrabFault> {
  if (!video?.videoWidth || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return 'no_picture'
  const { videoWidth: width, videoHeight: height } = video
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  try {
    // Null when the browser has lost what it draws with.
    const context = canvas.getContext('2d', { alpha: false, colorSpace: 'srgb' })
    if (!context) return 'unreadable'
    context.drawImage(video, 0, 0, width, height)
    if (mark) burnMark(context, mark, { width, height })
    // Throws for a video of another origin that does not allow it.
    const file = await new Promise<Blob | null>(done => canvas.toBlob(done, 'image/png'))
    return file ? { file, width, height } : 'unreadable'
  } catch {
    return 'unreadable'
  }
}
