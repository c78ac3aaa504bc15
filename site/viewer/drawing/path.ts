import type { Mark, Point } from '../../../worker/live/messages/drawing-fields.ts'
import type { Size } from './on-picture.ts'

/** The width of every drawing, in the units of its paths and weights; its height follows from the picture's shape. */
export const UNITS = 1000

/** Two lines that meet at more than this (rad) are a corner, which is not rounded. */
const CORNER = Math.PI / 4

/** How large a drawing is over a picture of this size, in its units. */
export const paper = ({ width, height }: Size): Size => ({ width: UNITS, height: (UNITS * height) / width })

/** A mark as the `d` of an SVG path, on paper of this size. */
export function pathOf({ tool, weight, points }: Mark, { width, height }: Size): string {
  const on = points.map(([x, y]): Point => [x * width, y * height])
  const first = on[0]!
  const last = on.at(-1)!
  switch (tool) {
    case 'pen':
      return pen(on)
    case 'arrow':
      return arrow(first, last, weight)
    case 'rectangle':
      return `M${at(first)}H${n(last[0])}V${n(last[1])}H${n(first[0])}Z`
    case 'ellipse':
      return ellipse(first, last)
  }
}

/** Through the middles between points, with the points to steer by; straight into corners. One point is a dot. */
function pen(points: readonly Point[]): string {
  const first = points[0]!
  const last = points.at(-1)!
  let path = `M${at(first)}`
  for (let i = 1; i < points.length - 1; i++) {
    const here = points[i]!
    const middle = half(here, points[i + 1]!)
    path += isCorner(points[i - 1]!, here, points[i + 1]!)
      ? `L${at(here)}L${at(middle)}`
      : `Q${at(here)} ${at(middle)}`
  }
  return `${path}L${at(last)}`
}

function isCorner(before: Point, here: Point, after: Point): boolean {
  const turn = Math.abs(angle(here, after) - angle(before, here))
  return Math.min(turn, 2 * Math.PI - turn) > CORNER
}

/** Its head is as large as its weight asks for, and no longer than the arrow. */
function arrow(tail: Point, tip: Point, weight: number): string {
  const length = Math.hypot(tip[0] - tail[0], tip[1] - tail[1])
  const head = Math.min(10 + 5 * weight, length)
  const back = angle(tip, tail)
  const wing = (turn: number): Point => [
    tip[0] + head * Math.cos(back + turn),
    tip[1] + head * Math.sin(back + turn),
  ]
  return `M${at(tail)}L${at(tip)}M${at(wing(0.45))}L${at(tip)}L${at(wing(-0.45))}`
}

function ellipse(a: Point, b: Point): string {
  const [rx, ry] = [Math.abs(b[0] - a[0]) / 2, Math.abs(b[1] - a[1]) / 2]
  const [x, y] = half(a, b)
  const arc = (toX: number) => `A${n(rx)} ${n(ry)} 0 0 1 ${n(toX)} ${n(y)}`
  return `M${n(x - rx)} ${n(y)}${arc(x + rx)}${arc(x - rx)}Z`
}

const angle = (from: Point, to: Point): number => Math.atan2(to[1] - from[1], to[0] - from[0])
const half = (a: Point, b: Point): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
const at = ([x, y]: Point): string => `${n(x)} ${n(y)}`
const n = (value: number): string => String(Math.round(value * 100) / 100)
