import type { Point } from '../../../worker/live/messages/drawing-fields.ts'

/**
 * Between the window and the picture. The window's coordinates are CSS pixels, as pointer events have them; the picture's
 * are 0 to 1 of its content, whatever bars are around it, however large it is shown and wherever it is scrolled to.
 */

export interface Box {
  left: number
  top: number
  width: number
  height: number
}

export interface Size {
  width: number
  height: number
}

export interface Place {
  x: number
  y: number
}

/** Where the content lies in its box: whole, in the middle, in its own shape. Null: there is nothing to see. */
export function contentBox({ left, top, width, height }: Box, content: Size): Box | null {
  if (!(width > 0 && height > 0 && content.width > 0 && content.height > 0)) return null
  const scale = Math.min(width / content.width, height / content.height)
  const shown = { width: content.width * scale, height: content.height * scale }
  return { left: left + (width - shown.width) / 2, top: top + (height - shown.height) / 2, ...shown }
}

/** The point of the picture at a place of the window; null where the picture is not. */
export function onPicture(place: Place, box: Box, content: Size): Point | null {
  const shown = contentBox(box, content)
  if (!shown) return null
  const x = (place.x - shown.left) / shown.width
  const y = (place.y - shown.top) / shown.height
  return x >= 0 && x <= 1 && y >= 0 && y <= 1 ? [rounded(x), rounded(y)] : null
}

/** The same, and at its edge where the place is beside it: for a hand that leaves the picture in mid-stroke. */
export function nearestOnPicture({ x, y }: Place, box: Box, content: Size): Point | null {
  const shown = contentBox(box, content)
  if (!shown) return null
  const { left, top, width, height } = shown
  return [rounded(within((x - left) / width)), rounded(within((y - top) / height))]
}

/** The place of the window at a point of the picture. */
export function placeOf([x, y]: Point, box: Box, content: Size): Place | null {
  const shown = contentBox(box, content)
  return shown && { x: shown.left + x * shown.width, y: shown.top + y * shown.height }
}

const within = (part: number) => Math.min(1, Math.max(0, part))

/** As messages carry it: to a ten-thousandth. */
const rounded = (part: number) => Math.round(part * 10_000) / 10_000
