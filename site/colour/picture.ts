import type { Rgb } from './delta-e.ts'

/** One decoded picture, however it was had: all that measuring needs of it. */
export interface Picture {
  /** px, as decoded. */
  width: number
  height: number
  /** `planes`: luma and chroma as the decoder gave them. `canvas`: drawn by the browser, with its own conversion. */
  source: 'planes' | 'canvas'
  /** What the browser says of the planes' colours; null where it says nothing. */
  colorSpace: VideoColorSpaceInit | null
  /** Of the planes (`I420`, `NV12`, …), or `RGBA` of a canvas. */
  format: string
  /**
   * The mean colour of a rectangle of whole pixels inside the picture, as code values of full-range RGB. Planes are averaged
   * before they are converted, so that rounding does not add up.
   */
  rgbAt(x: number, y: number, width: number, height: number): Rgb
}

/** Why there is no picture to measure. */
export type PictureFault =
  /** The video comes from elsewhere, and may not be read. */
  | 'cross-origin'
  /** Nothing of it is there to be shown yet. */
  | 'not-playing'
  /** It has no width or height. */
  | 'no-size'
  /** The browser gave neither planes nor pixels. */
  | 'unreadable'
