import { describe, expect, it } from 'vitest'
import { aacFrames } from './adts.ts'
import { accessUnits, splitAnnexB } from './annex-b.ts'
import { opusPackets } from './ogg.ts'
import { pictureSize } from './sps.ts'

const hex = (text: string) => Buffer.from(text.replace(/ /g, ''), 'hex')

describe('splitAnnexB', () => {
  it('knows start codes of three and of four bytes', () => {
    const nals = splitAnnexB(hex('00000001 6742 000001 68ce 00000001 65aa 000001 41bb'))
    expect(nals.map(nal => nal.toString('hex'))).toEqual(['6742', '68ce', '65aa', '41bb'])
    expect(accessUnits(nals).map(unit => [unit.key, unit.nals.length])).toEqual([
      [true, 3],
      [false, 1],
    ])
  })

  it.each(['', '0000', '6742'])('finds nothing in %j', text => {
    expect(splitAnnexB(hex(text))).toEqual([])
  })
})

describe('opusPackets', () => {
  const page = (...segments: number[]) => {
    const header = Buffer.alloc(27)
    header.write('OggS')
    header[26] = segments.length
    return Buffer.concat([
      header,
      Buffer.from(segments),
      ...segments.map((size, i) => Buffer.alloc(size, i + 1)),
    ])
  }

  it('leaves out the two headers and joins what spans segments and pages', () => {
    const file = Buffer.concat([page(19), page(30), page(3, 255, 10, 255), page(5)])
    expect(opusPackets(file).map(packet => packet.length)).toEqual([3, 265, 260])
  })

  it('finds nothing in nothing', () => {
    expect(opusPackets(Buffer.alloc(0))).toEqual([])
  })
})

describe('aacFrames', () => {
  const frame = (payload: number, checksum = false) => {
    const header = checksum ? 9 : 7
    const size = header + payload
    const bytes = Buffer.alloc(size, 0xab)
    bytes.set([
      0xff,
      checksum ? 0xf0 : 0xf1,
      0x4c,
      0x80 | (size >> 11),
      (size >> 3) & 0xff,
      ((size & 7) << 5) | 0x1f,
      0xfc,
    ])
    return bytes
  }

  it('takes headers off, with and without checksum', () => {
    const file = Buffer.concat([frame(10), frame(300), frame(20, true)])
    expect(aacFrames(file).map(each => each.length)).toEqual([10, 300, 20])
  })

  it('refuses what is not ADTS', () => {
    expect(() => aacFrames(Buffer.alloc(20))).toThrow('Not ADTS at byte 0')
    expect(() => aacFrames(Buffer.concat([frame(10), Buffer.alloc(20)]))).toThrow('Not ADTS at byte 17')
  })
})

describe('pictureSize', () => {
  it.each([
    // Made with x264: baseline, high and main profile, with and without cropping.
    ['6742c01fda014016e9a808080a000003000200000300641e30654000', 1280, 720],
    ['6742c00bd90141fb0110000003001000000300a0f142a480', 320, 240],
    ['6764001facd9405005bb011000000300100000030320f1831960', 1280, 720],
    ['674d4028eca03c0113f2e022000003000200000300641e30632c', 1920, 1080],
  ])('%s', (parameters, width, height) => {
    expect(pictureSize(hex(parameters))).toEqual({ width, height })
  })

  it.each(['', '67', '6742c0', '6742c01f00', '6742c01fff', '6764001fb4'])(
    'cannot be read from %j',
    parameters => {
      expect(pictureSize(hex(parameters))).toBeUndefined()
    },
  )
})
