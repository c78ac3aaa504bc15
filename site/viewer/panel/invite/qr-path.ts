import { encode } from 'uqr'

/** Modules that stay light around a QR code, as its standard wants. */
const QUIET = 4

/** A QR code as the path of an SVG: dark modules as runs along each line, in a square of `size` units. */
export function qrPath(text: string): { path: string; size: number } {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET })
  const path = data
    .flatMap((line, y) =>
      line.map((dark, x) => {
        if (!dark || line[x - 1]) return ''
        const end = line.indexOf(false, x)
        return `M${x} ${y}h${(end < 0 ? size : end) - x}v1H${x}z`
      }),
    )
    .join('')
  return { path, size }
}
