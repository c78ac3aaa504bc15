import type { Point } from '../../../worker/live/messages/drawing-fields.ts'

/** Distances are parts of the picture's width. `shape` is its height by its width. */

/** Points closer than this to the one before say nothing. */
const CLOSE = 1 / 2000
/** A finished stroke lies no farther than this from where the hand went… */
const TOLERANCE = 1 / 2500
/** …and no two of its points lie farther apart, because curves are drawn between them. */
const APART = 0.03
/** A finished stroke has no more points than this: a person has 2,000 in all. */
const ENOUGH = 600

/** The points that say something after `last`. */
export function thinned(last: Point, points: readonly Point[], shape: number): Point[] {
  const kept: Point[] = []
  let before = last
  for (const point of points) {
    if (distance(before, point, shape) < CLOSE) continue
    kept.push(point)
    before = point
  }
  return kept
}

/** A pen's stroke with as few points as show the same (Ramer, Douglas and Peucker's way). */
export function simplified(points: readonly Point[], shape: number): Point[] {
  for (let coarse = 1; ; coarse *= 2) {
    const kept = filled(points, significant(points, shape, TOLERANCE * coarse), shape, APART * coarse)
    if (kept.length <= ENOUGH) return kept
  }
}

/** Which points matter, by their place; the first and the last always do. */
function significant(points: readonly Point[], shape: number, tolerance: number): number[] {
  const keep = new Set([0, points.length - 1])
  const spans: [number, number][] = [[0, points.length - 1]]
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span
    let farthest = -1
    let most = tolerance
    for (let i = from + 1; i < to; i++) {
      const off = offLine(points[i]!, points[from]!, points[to]!, shape)
      if (off > most) {
        most = off
        farthest = i
      }
    }
    if (farthest < 0) continue
    keep.add(farthest)
    spans.push([from, farthest], [farthest, to])
  }
  return [...keep].sort((a, b) => a - b)
}

/** With points of the hand's own put back where two that matter are far apart. */
function filled(points: readonly Point[], keep: readonly number[], shape: number, apart: number): Point[] {
  const wanted = new Set(keep)
  const kept: Point[] = []
  for (const [i, point] of points.entries()) {
    const next = points[i + 1]
    const before = kept.at(-1)
    if (wanted.has(i) || (before && next && distance(before, next, shape) > apart)) kept.push(point)
  }
  return kept
}

const distance = (a: Point, b: Point, shape: number): number => Math.hypot(b[0] - a[0], (b[1] - a[1]) * shape)

/** How far a point lies from the line between two others, or from the nearer of them. */
function offLine(point: Point, a: Point, b: Point, shape: number): number {
  const [dx, dy] = [b[0] - a[0], (b[1] - a[1]) * shape]
  const [px, py] = [point[0] - a[0], (point[1] - a[1]) * shape]
  const length = dx * dx + dy * dy
  const along = length ? Math.min(1, Math.max(0, (px * dx + py * dy) / length)) : 0
  return Math.hypot(px - along * dx, py - along * dy)
}
