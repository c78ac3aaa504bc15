/** A picture as scopes read it: RGBA, 8 bits each, rows from the top; an `ImageData` is one. */
export interface Frame {
  width: number
  height: number
  data: Uint8ClampedArray
}

/** Code values that there are: 0 is black and 255 white, because a browser decodes to full range. */
export const LEVELS = 256
