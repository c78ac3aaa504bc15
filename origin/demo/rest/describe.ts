import { omeTime } from '../admission/webhook.ts'
import type { LiveStream } from '../streams/live-stream.ts'
import type { MediaFacts } from '../streams/publication.ts'

/** OME's descriptions of streams: the shapes and the order of keys of the captures. */

type VideoFacts = MediaFacts['video']

function video(facts: VideoFacts, bypass: boolean) {
  const { bitrate, framerate, keyFrameInterval } = facts
  return {
    bitrate,
    bitrateAvg: bitrate,
    bitrateConf: 0,
    bitrateLatest: bitrate,
    bypass,
    codec: 'H264',
    deltaFramesSinceLastKeyFrame: facts.framesSinceKey,
    framerate,
    framerateAvg: framerate,
    framerateConf: 0,
    framerateLatest: framerate,
    hasBframes: false,
    height: facts.height,
    keyFrameInterval,
    keyFrameIntervalAvg: keyFrameInterval,
    keyFrameIntervalConf: 0,
    keyFrameIntervalLatest: keyFrameInterval,
    maxHeight: facts.height,
    maxWidth: facts.width,
    width: facts.width,
  }
}

function audio(codec: 'AAC' | 'OPUS', bitrate: number, bypass: boolean) {
  return {
    bitrate,
    bitrateAvg: bitrate,
    bitrateConf: 0,
    bitrateLatest: bitrate,
    bypass,
    channel: 2,
    codec,
    samplerate: 48_000,
  }
}

const videoTrack = (id: number, name: string, facts: VideoFacts, bypass: boolean) => ({
  id,
  name,
  type: 'Video',
  video: video(facts, bypass),
})
const audioTrack = (id: number, name: string, of: ReturnType<typeof audio>) => ({
  audio: of,
  id,
  name,
  type: 'Audio',
})
const dataTrack = (id: number) => ({ id, name: 'Data', type: 'Data' })

/** What the publisher sends: `input` of a stream, and the heart of an alert's `sourceInfo`. */
export function describeInput(stream: LiveStream) {
  const { publication } = stream
  const facts = publication.facts()
  const { address, port } = publication.session.client
  return {
    createdTime: omeTime(stream.createdAt),
    sourceType: publication.sourceType,
    sourceUrl: `TCP://${address}:${port}`,
    tracks: [
      videoTrack(0, 'Video', facts.video, false),
      ...(facts.audio ? [audioTrack(1, 'Audio', audio(facts.audio.codec, facts.audio.bitrate, false))] : []),
      dataTrack(2),
    ],
  }
}

/** The JPEG track of the captures' output profile: one small picture a second. */
const THUMBNAIL: VideoFacts = {
  width: 640,
  height: 360,
  framerate: 1,
  bitrate: 1_000_000,
  keyFrameInterval: 1,
  framesSinceKey: 0,
}

function describeOutput(stream: LiveStream) {
  const facts = stream.publication.facts()
  const codec = facts.audio?.codec
  const bitrate = facts.audio?.bitrate ?? 0
  return {
    name: stream.name,
    playlists: [
      playlist('llhls', 'llhls_default', { enableTsPackaging: false, audio: 'aac_audio' }),
      playlist('playlist', 'hls_default', { enableTsPackaging: true, audio: 'aac_audio' }),
      playlist('webrtc_default', 'webrtc_default', { enableTsPackaging: false, audio: 'opus_audio' }),
    ],
    tracks: [
      videoTrack(0, 'bypass_video', facts.video, true),
      { id: 1, name: 'thumb', type: 'Video', video: { ...video(THUMBNAIL, false), codec: 'JPEG' } },
      ...(codec
        ? [
            audioTrack(2, 'aac_audio', audio('AAC', bitrate, codec === 'AAC')),
            audioTrack(3, 'opus_audio', audio('OPUS', bitrate, codec === 'OPUS')),
          ]
        : []),
      dataTrack(4),
    ],
  }
}

function playlist(fileName: string, name: string, of: { enableTsPackaging: boolean; audio: string }) {
  return {
    fileName,
    name,
    options: { enableTsPackaging: of.enableTsPackaging, hlsChunklistPathDepth: -1, webrtcAutoAbr: false },
    renditions: [{ audioVariantName: of.audio, name: 'default', videoVariantName: 'bypass_video' }],
  }
}

/** A stream as `GET …/streams/{name}` answers it: without `outputs` until it can be played. */
export function describeStream(stream: LiveStream) {
  return {
    input: describeInput(stream),
    name: stream.name,
    ...(stream.playable ? { outputs: [describeOutput(stream)] } : {}),
  }
}

/** The playlist notification of the signalling socket. */
export function webrtcPlaylist(stream: LiveStream) {
  const facts = stream.publication.facts()
  return {
    auto: false,
    file_name: 'webrtc_default',
    name: 'webrtc_default',
    renditions: [
      {
        ...(facts.audio
          ? { audio_track: audioTrack(3, 'opus_audio', audio('OPUS', facts.audio.bitrate, false)) }
          : {}),
        name: 'default',
        video_track: videoTrack(0, 'bypass_video', facts.video, true),
      },
    ],
  }
}

/** The notification that follows it: there is one rendition. */
export function renditionChanged() {
  return { auto: false, rendition_name: 'default' }
}
