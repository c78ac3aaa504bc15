import type { Picture, PictureFault } from './picture.ts'
import { pictureOfPixels } from './pixels.ts'
import { isPlaneFormat, pictureOfPlanes } from './planes.ts'

/** One picture of a video, read in both ways; null for a way that this browser does not have. */
export interface Pictures {
  planes: Picture | null
  canvas: Picture | null
}

/**
 * The picture that a video shows now, in the best way there is: the decoder's planes, else a canvas. Nothing is thrown:
 * what cannot be had is a fault with a name. Call it in a frame callback, where the picture and its time belong together.
 */
export async function pictureOf(video: HTMLVideoElement): Promise<Picture | { fault: PictureFault }> {
  const fault = notReady(video)
  if (fault) return { fault }
  // Taken before anything is waited for: later it may be another one.
  const frame = frameOf(video)
  const planes = frame && (await planesOf(frame))
  return planes ?? canvasOf(video)
}

/** The same picture in both ways, for comparing them. */
export async function picturesOf(video: HTMLVideoElement): Promise<Pictures | { fault: PictureFault }> {
  const fault = notReady(video)
  if (fault) return { fault }
  const frame = frameOf(video)
  const canvas = canvasOf(video)
  const planes = frame && (await planesOf(frame))
  if (!planes && 'fault' in canvas) return canvas
  return { planes, canvas: 'fault' in canvas ? null : canvas }
}

function notReady(video: HTMLVideoElement): PictureFault | null {
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return 'not-playing'
  return video.videoWidth > 0 && video.videoHeight > 0 ? null : 'no-size'
}

/** The frame on screen; null where the browser has no such thing, or does not give it. */
function frameOf(video: HTMLVideoElement): VideoFrame | null {
  try {
    return new VideoFrame(video)
  } catch {
    return null
  }
}

/** Copies the planes out, and gives the frame back at once: a decoder has few of them. */
async function planesOf(frame: VideoFrame): Promise<Picture | null> {
  try {
    const { format, visibleRect } = frame
    if (!isPlaneFormat(format) || !visibleRect) return null
    const bytes = new Uint8Array(frame.allocationSize())
    const layout = await frame.copyTo(bytes)
    const { width, height } = visibleRect
    return pictureOfPlanes({ width, height, format, colorSpace: frame.colorSpace.toJSON(), bytes, layout })
  } catch {
    return null
  } finally {
    frame.close()
  }
}

/** One canvas for all readings: a new one for each would leave the memory to the collector. */
let kept: CanvasRenderingContext2D | null | undefined

function canvasOf(video: HTMLVideoElement): Picture | { fault: PictureFault } {
  try {
    kept ??= document
      .createElement('canvas')
      .getContext('2d', { alpha: false, colorSpace: 'srgb', willReadFrequently: true })
    if (!kept) return { fault: 'unreadable' }
    const { videoWidth: width, videoHeight: height } = video
    // A canvas that held what may not be read may not be read for ever: a new size makes a new one of it.
    Object.assign(kept.canvas, { width, height })
    kept.drawImage(video, 0, 0, width, height)
    return pictureOfPixels(kept.getImageData(0, 0, width, height))
  } catch (error) {
    return { fault: (error as Error).name === 'SecurityError' ? 'cross-origin' : 'unreadable' }
  }
}
