import { crc16 } from './crc16.ts'

/** What the strip of a chart says. */
export interface Strip {
  /** `clock`: `time` is of the instant it was drawn. `still`: a picture that does not change; `time` is when it was made. */
  kind: 'clock' | 'still'
  /** Which room's chart it is, 0–65535; 0 = of no room. */
  chartId: number
  /** Server time in ms since 1970, whole; 0 for a still without a clock. */
  time: number
}

/** Version of the layout, in three bits. All zeros and all ones stay free: they are what a covered strip looks like. */
const VERSION = 1
/** Bits: version 3, kind 1, chart id 16, time 44 (until the year 2527), CRC 16. */
export const STRIP_BITS = 80
const TIME_BITS = 44
const DATA_BYTES = 8

/** The greatest time a strip can say. */
export const MAX_TIME = 2 ** TIME_BITS - 1

/**
 * The cells of a strip, first to last; 1 is white.
 * @throws {RangeError} for an id or a time that does not fit
 */
export function encodeStrip({ kind, chartId, time }: Strip): number[] {
  if (!fits(chartId, 0xffff) || !fits(time, MAX_TIME)) throw new RangeError('This does not fit into a strip.')
  const data = new Uint8Array(DATA_BYTES)
  const view = new DataView(data.buffer)
  const head = (VERSION << 1) | (kind === 'still' ? 1 : 0)
  const high = Math.floor(time / 2 ** 32)
  view.setUint32(0, head * 2 ** 28 + chartId * 2 ** 12 + high)
  view.setUint32(4, time % 2 ** 32)
  const crc = crc16(data)
  return [...data, crc >> 8, crc & 0xff].flatMap(bitsOf)
}

/**
 * What cells say; null for cells that are no strip, whatever is wrong with them. The CRC tells any three wrong cells, and
 * any run of up to 16, from right ones.
 */
export function decodeStrip(cells: readonly number[]): Strip | null {
  if (cells.length !== STRIP_BITS) return null
  const bytes = Uint8Array.from({ length: STRIP_BITS / 8 }, (_, i) =>
    cells.slice(i * 8, i * 8 + 8).reduce((byte, cell) => byte * 2 + cell, 0),
  )
  const view = new DataView(bytes.buffer)
  if (crc16(bytes.subarray(0, DATA_BYTES)) !== view.getUint16(DATA_BYTES)) return null
  const first = view.getUint32(0)
  const head = first >>> 28
  if (head >> 1 !== VERSION) return null
  return {
    kind: head & 1 ? 'still' : 'clock',
    chartId: (first >>> 12) & 0xffff,
    time: (first & 0xfff) * 2 ** 32 + view.getUint32(4),
  }
}

/**
 * One reading of the two copies. Two that differ are a picture torn between two instants, and say nothing; one that cannot
 * be read lies under something, and the other counts.
 */
export function agree(top: Strip | null, bottom: Strip | null): Strip | null {
  if (!top || !bottom) return top ?? bottom
  const same = top.kind === bottom.kind && top.chartId === bottom.chartId && top.time === bottom.time
  return same ? top : null
}

const fits = (value: number, max: number): boolean => Number.isInteger(value) && value >= 0 && value <= max

const bitsOf = (byte: number): number[] => [7, 6, 5, 4, 3, 2, 1, 0].map(bit => (byte >> bit) & 1)
