import { describe, expect, it } from 'vitest'
import { fragment } from './mp4-fragment.ts'
import { codecName, initSegment, type Mp4Track } from './mp4-init.ts'

const VIDEO: Mp4Track = {
  kind: 'video',
  width: 1280,
  height: 720,
  parameters: Buffer.from('6742c01fda', 'hex'),
  pictureParameters: Buffer.from('68ce3c80', 'hex'),
  inBand: false,
}

/** The boxes of a file: type, size, and the boxes inside those that only hold boxes. */
const CONTAINERS = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl', 'dinf', 'mvex', 'moof', 'traf'])
type Box = string | [string, Box[]]
function boxes(data: Buffer): Box[] {
  const found: Box[] = []
  for (let at = 0; at < data.length; ) {
    const size = data.readUInt32BE(at)
    const type = data.toString('latin1', at + 4, at + 8)
    if (size < 8 || at + size > data.length) throw new Error(`${type} does not fit`)
    found.push(CONTAINERS.has(type) ? [type, boxes(data.subarray(at + 8, at + size))] : type)
    at += size
  }
  return found
}

describe('initSegment', () => {
  it.each([
    ['video', VIDEO, 'vmhd'],
    ['sound', { kind: 'audio', codec: 'AAC' } as const, 'smhd'],
    ['sound of a browser', { kind: 'audio', codec: 'OPUS' } as const, 'smhd'],
  ])('describes %s', (_, track, header) => {
    const stbl: Box = ['stbl', ['stsd', 'stts', 'stsc', 'stsz', 'stco']]
    const minf: Box = ['minf', [header, ['dinf', ['dref']], stbl]]
    expect(boxes(initSegment(track))).toEqual([
      'ftyp',
      ['moov', ['mvhd', ['trak', ['tkhd', ['mdia', ['mdhd', 'hdlr', minf]]]], ['mvex', ['trex']]]],
    ])
  })

  it('carries the parameter sets and BT.709, limited range', () => {
    const init = initSegment(VIDEO)
    expect(init.includes(VIDEO.parameters) && init.includes(VIDEO.pictureParameters)).toBe(true)
    expect(init.includes(Buffer.from('636f6c726e636c7800010001000100', 'hex'))).toBe(true)
  })
})

describe('fragment', () => {
  const samples = [
    { data: Buffer.from('aaaa', 'hex'), duration: 3600, key: true },
    { data: Buffer.from('bbbbbb', 'hex'), duration: 3600, key: false },
  ]

  it('holds samples where it says they are', () => {
    const data = fragment(7, 90_000, samples)
    expect(boxes(data)).toEqual([['moof', ['mfhd', ['traf', ['tfhd', 'tfdt', 'trun']]]], 'mdat'])
    const trun = data.indexOf('trun', 0, 'latin1')
    const offset = data.readUInt32BE(trun + 12)
    expect(data.subarray(offset, offset + 5).toString('hex')).toBe('aaaabbbbbb')
    expect(data.readBigUInt64BE(data.indexOf('tfdt', 0, 'latin1') + 8)).toBe(90_000n)
  })

  it('keeps a start of more than 32 bits', () => {
    const data = fragment(1, 2 ** 40, samples)
    expect(data.readBigUInt64BE(data.indexOf('tfdt', 0, 'latin1') + 8)).toBe(2n ** 40n)
  })
})

describe('codecName', () => {
  it.each([
    [VIDEO, 'avc1.42c01f'],
    [{ ...VIDEO, inBand: true }, 'avc3.42c01f'],
    [{ kind: 'audio', codec: 'AAC' } as const, 'mp4a.40.2'],
    [{ kind: 'audio', codec: 'OPUS' } as const, 'opus'],
  ])('%#: %s', (track, name) => {
    expect(codecName(track)).toBe(name)
  })
})
