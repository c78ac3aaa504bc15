import { encode } from 'uqr'
import { expect, test } from 'vitest'
import { qrPath } from './qr-path.ts'

/** The squares that a path of rectangles, one unit high, covers. */
function drawn(path: string, size: number): boolean[][] {
  const dark = Array.from({ length: size }, () => Array.from({ length: size }, () => false))
  for (const [, x, y, width, back] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H(\d+)z/g)) {
    expect(back).toBe(x)
    for (let i = 0; i < Number(width); i++) {
      expect(dark[Number(y)]![Number(x) + i]).toBe(false)
      dark[Number(y)]![Number(x) + i] = true
    }
  }
  return dark
}

test.each(['https://sightline.example/r/reel#abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnop', 'a'])(
  'the path of %s covers each dark module once, and leaves its margin',
  text => {
    const { path, size } = qrPath(text)
    const squares = drawn(path, size)
    expect(squares).toEqual(encode(text, { ecc: 'M', border: 4 }).data)
    const margin = squares.filter((line, y) =>
      line.some((dark, x) => dark && Math.min(x, y, size - 1 - x, size - 1 - y) < 4),
    )
    expect(margin).toEqual([])
  },
)
