import { type Matrix, type Range, toRgb } from './matrix.ts'
import type { Picture } from './picture.ts'

/** What a decoder gave: one buffer, and where in it each plane lies. */
export interface Planes {
  /** px of the visible part. */
  width: number
  height: number
  format: PlaneFormat
  colorSpace: VideoColorSpaceInit
  bytes: Uint8Array
  layout: readonly { offset: number; stride: number }[]
}

/** Formats that are read as they are: 4:2:0, of 8 bits or of 10 in two bytes each. */
export type PlaneFormat = 'I420' | 'I420P10' | 'NV12'

export const isPlaneFormat = (format: string | null): format is PlaneFormat =>
  format === 'I420' || format === 'I420P10' || format === 'NV12'

/** H.273's names for what luma was made with; what is not said is BT.709, as a browser takes it. */
const matrixOf = ({ matrix }: VideoColorSpaceInit): Matrix => {
  if (matrix === 'smpte170m' || matrix === 'bt470bg') return '601'
  return (matrix as string) === 'bt2020-ncl' ? '2020' : '709'
}

/** Reads the planes with the frame's own matrix and range, averaging before converting. */
export function pictureOfPlanes({ width, height, format, colorSpace, bytes, layout }: Planes): Picture {
  const [matrix, range]: [Matrix, Range] = [matrixOf(colorSpace), colorSpace.fullRange ? 'full' : 'limited']
  const wide = format === 'I420P10'
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const meanOf = (
    plane: number,
    apart: number,
    skip: number,
    x0: number,
    y0: number,
    x1: number,
    y1: number,
  ) => {
    const { offset, stride } = layout[plane]!
    let sum = 0
    for (let y = y0; y < y1; y += 1)
      for (let x = x0; x < x1; x += 1) {
        const at = offset + y * stride + (x * apart + skip) * (wide ? 2 : 1)
        // Ten bits as a fraction of eight.
        sum += wide ? view.getUint16(at, true) / 4 : bytes[at]!
      }
    return sum / ((x1 - x0) * (y1 - y0))
  }
  return {
    width,
    height,
    source: 'planes',
    colorSpace,
    format,
    rgbAt(x, y, across, down) {
      const chroma = [x >> 1, y >> 1, ((x + across - 1) >> 1) + 1, ((y + down - 1) >> 1) + 1] as const
      const both = format === 'NV12'
      const yuv = [
        meanOf(0, 1, 0, x, y, x + across, y + down),
        both ? meanOf(1, 2, 0, ...chroma) : meanOf(1, 1, 0, ...chroma),
        both ? meanOf(1, 2, 1, ...chroma) : meanOf(2, 1, 0, ...chroma),
      ] as const
      return toRgb(yuv, matrix, range)
    },
  }
}
