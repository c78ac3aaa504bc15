import { describe, expect, it } from 'vitest'
import { masterPlaylist, mediaPlaylist, readFileName } from './hls-playlist.ts'
import type { HlsPart, HlsSegment, HlsTrack } from './hls-window.ts'

const track = (id: number, kind: HlsTrack['kind'], codec: string): HlsTrack => ({
  id,
  kind,
  codec,
  init: Buffer.alloc(0),
  bandwidth: 1_000_000,
  ...(kind === 'video' ? { size: { width: 1280, height: 720, framerate: 25 } } : {}),
})
const VIDEO = { track: track(0, 'video', 'avc1.42c01f'), key: 'k1' }
const AUDIO = { track: track(2, 'audio', 'mp4a.40.2'), key: 'k1' }

const part = (independent: boolean): HlsPart => ({
  independent,
  duration: kind => (kind === 'video' ? 0.4 : 0.384),
  bytes: () => Buffer.alloc(0),
})
const segment = (number: number, parts: number, complete: boolean): HlsSegment => ({
  number,
  startedAt: 1_800_000_000_000 + number * 800,
  parts: Array.from({ length: parts }, (_, i) => part(i === 0)),
  complete,
})

describe('masterPlaylist', () => {
  it('names both tracks, by the path of the stream, with the session', () => {
    expect(masterPlaylist([VIDEO, AUDIO], '/app/live', 's1').split('\n')).toEqual([
      '#EXTM3U',
      '#EXT-X-VERSION:7',
      '#EXT-X-INDEPENDENT-SEGMENTS',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="audio",DEFAULT=YES,AUTOSELECT=YES,URI="/app/live/chunklist_2_audio_k1_llhls.m3u8?session=s1"',
      '#EXT-X-STREAM-INF:BANDWIDTH=1000000,RESOLUTION=1280x720,FRAME-RATE=25.000,CODECS="avc1.42c01f,mp4a.40.2",AUDIO="audio"',
      '/app/live/chunklist_0_video_k1_llhls.m3u8?session=s1',
      '',
    ])
  })

  it('does without sound', () => {
    const playlist = masterPlaylist([VIDEO], '/app/live', 's1')
    expect(playlist).toContain('CODECS="avc1.42c01f"\n')
    expect(playlist).not.toContain('AUDIO')
  })
})

describe('mediaPlaylist', () => {
  const lines = (segments: HlsSegment[], of = VIDEO) => mediaPlaylist(of, segments, 's1').split('\n')

  it('lists segments, the parts of the last ones, and the part to come', () => {
    const segments = [segment(4, 2, true), segment(5, 2, true), segment(6, 2, true), segment(7, 1, false)]
    const stamp = (number: number) =>
      `#EXT-X-PROGRAM-DATE-TIME:${new Date(1_800_000_000_000 + number * 800).toISOString()}`
    const parts = (number: number) => [
      `#EXT-X-PART:DURATION=0.40000,URI="part_0_${number}_0_video_k1_llhls.m4s?session=s1",INDEPENDENT=YES`,
      `#EXT-X-PART:DURATION=0.40000,URI="part_0_${number}_1_video_k1_llhls.m4s?session=s1"`,
    ]
    const whole = (number: number) => ['#EXTINF:0.80000,', `seg_0_${number}_video_k1_llhls.m4s?session=s1`]
    expect(lines(segments)).toEqual([
      '#EXTM3U',
      '#EXT-X-VERSION:9',
      '#EXT-X-TARGETDURATION:1',
      '#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.50000',
      '#EXT-X-PART-INF:PART-TARGET=0.50000',
      '#EXT-X-MEDIA-SEQUENCE:4',
      '#EXT-X-MAP:URI="init_0_video_k1_llhls.m4s?session=s1"',
      stamp(4),
      ...whole(4),
      stamp(5),
      ...parts(5),
      ...whole(5),
      stamp(6),
      ...parts(6),
      ...whole(6),
      stamp(7),
      parts(7)[0],
      '#EXT-X-PRELOAD-HINT:TYPE=PART,URI="part_0_7_1_video_k1_llhls.m4s?session=s1"',
      '',
    ])
  })

  it('promises the first part of the next segment after a whole one', () => {
    expect(lines([segment(0, 2, true)]).at(-2)).toContain('part_0_1_0_video')
  })

  it('promises the very first part before there is any', () => {
    expect(lines([]).at(-2)).toContain('part_0_0_0_video')
    expect(lines([])).toContain('#EXT-X-MEDIA-SEQUENCE:0')
  })

  it('states the lengths of the track it is about', () => {
    expect(lines([segment(0, 2, true)], AUDIO)).toContain('#EXTINF:0.76800,')
  })
})

describe('readFileName', () => {
  it.each([
    ['chunklist_0_video_k1_llhls.m3u8', { kind: 'chunklist', track: 0, segment: 0, part: 0, key: 'k1' }],
    ['init_2_audio_k1_llhls.m4s', { kind: 'init', track: 2, segment: 0, part: 0, key: 'k1' }],
    ['seg_0_17_video_k1_llhls.m4s', { kind: 'seg', track: 0, segment: 17, part: 0, key: 'k1' }],
    ['part_2_17_3_audio_k1_llhls.m4s', { kind: 'part', track: 2, segment: 17, part: 3, key: 'k1' }],
  ])('%s', (name, expected) => {
    expect(readFileName(name)).toEqual(expected)
  })

  it.each([
    'llhls.m3u8',
    'chunklist_0_video_k1_llhls.m4s',
    'init_0_video_k1_llhls.m3u8',
    'init_0_1_video_k1_llhls.m4s',
    'seg_0_video_k1_llhls.m4s',
    'seg_0_1_2_video_k1_llhls.m4s',
    'part_0_1_video_k1_llhls.m4s',
    'part_0_1_2_3_video_k1_llhls.m4s',
    'part_0_-1_2_video_k1_llhls.m4s',
    'seg_0_1_data_k1_llhls.m4s',
    'seg_0_1_video__llhls.m4s',
    'seg_0_1_video_k1_llhls.m4s.bak',
    '../seg_0_1_video_k1_llhls.m4s',
  ])('nothing of %s', name => {
    expect(readFileName(name)).toBeUndefined()
  })
})
