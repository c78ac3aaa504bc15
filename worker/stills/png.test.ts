import { describe, expect, it, test } from 'vitest'
import { PNG, png } from '../../test/support/png.ts'
import { readPng } from './png.ts'

/** The header's fields begin here: width, height, depth, colour, compression, filter, interlace. */
const WIDTH = 16

const changed = (at: number, ...values: number[]) => {
  const bytes = PNG.slice()
  bytes.set(values, at)
  return bytes
}

describe('a still', () => {
  it('has the size that its header says', () => {
    expect(readPng(PNG)).toEqual({ width: 2, height: 1 })
    expect(readPng(png(1920, 1080))).toEqual({ width: 1920, height: 1080 })
    expect(readPng(png(8192, 8192))).toEqual({ width: 8192, height: 8192 })
  })

  it('may have alpha', () => {
    expect(readPng(changed(WIDTH + 9, 6))).toEqual({ width: 2, height: 1 })
  })

  it('is read wherever in a buffer it lies', () => {
    const wide = new Uint8Array(PNG.length + 7)
    wide.set(PNG, 7)
    expect(readPng(wide.subarray(7))).toEqual({ width: 2, height: 1 })
  })

  test.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['text', new TextEncoder().encode('<svg onload="alert(1)"/>'.padEnd(80))],
    ['a JPEG', new Uint8Array([0xff, 0xd8, 0xff, 0xe0, ...new Array(80).fill(0)])],
    ['a signature alone', PNG.subarray(0, 8)],
    ['a signature that went through a text', changed(4, 0x0a)],
    ['a header that is cut', PNG.subarray(0, 30)],
    ['a header of another length', changed(11, 14)],
    ['another first chunk', changed(12, 0x69)],
    ['no width', png(0, 1)],
    ['no height', png(1, 0)],
    ['too wide', png(8193, 1)],
    ['too high', png(1, 8193)],
    ['16 bits', changed(WIDTH + 8, 16)],
    ['grey', changed(WIDTH + 9, 0)],
    ['a palette', changed(WIDTH + 9, 3)],
    ['another compression', changed(WIDTH + 10, 1)],
    ['another filter', changed(WIDTH + 11, 1)],
    ['interlaced', changed(WIDTH + 12, 1)],
    ['cut before its end', PNG.subarray(0, PNG.length - 1)],
    ['without an end', PNG.subarray(0, PNG.length - 12)],
    ['with something behind its end', new Uint8Array([...PNG, 0])],
    ['with a chunk longer than the file', changed(33, 0xff)],
    ['with an end that holds something', changed(PNG.length - 9, 4)],
  ])('is not %s', (_, bytes) => {
    expect(readPng(bytes)).toBeUndefined()
  })
})
