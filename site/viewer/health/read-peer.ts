import { codecOf } from './codec.ts'
import { emptySample, type Sample } from './sample.ts'

/** One entry of a connection's statistics; browsers differ in what they have. */
export interface Stat {
  readonly type: string
  readonly id?: string
  readonly [key: string]: unknown
}

/** What the statistics of a connection say of its picture. */
export function readPeer(stats: Iterable<Stat>, at: number): Sample {
  const entries = [...stats]
  const byId = (id: unknown) => (id === undefined ? undefined : entries.find(entry => entry.id === id))
  const video = entries.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'video')
  const pair = pairOf(entries)
  const sample: Sample = { ...emptySample(at), ...pathOf(pair, byId(pair?.localCandidateId)) }
  if (!video) return sample
  const codec = byId(video.codecId)
  return {
    ...sample,
    codec: codec ? codecOf(text(codec.mimeType) ?? '', text(codec.sdpFmtpLine) ?? undefined) : null,
    decoder: said(text(video.decoderImplementation)),
    hardware: typeof video.powerEfficientDecoder === 'boolean' ? video.powerEfficientDecoder : null,
    width: number(video.frameWidth),
    height: number(video.frameHeight),
    received: number(video.framesReceived),
    decoded: number(video.framesDecoded),
    dropped: number(video.framesDropped),
    freezes: number(video.freezeCount),
    bytes: number(video.bytesReceived),
    packets: number(video.packetsReceived),
    lost: number(video.packetsLost),
    bufferDelay: number(video.jitterBufferDelay),
    buffered: number(video.jitterBufferEmittedCount),
    decodeTime: number(video.totalDecodeTime),
  }
}

/** The pair of candidates that is in use. */
function pairOf(entries: readonly Stat[]): Stat | undefined {
  const selected = entries.find(
    ({ type, selectedCandidatePairId }) => type === 'transport' && selectedCandidatePairId,
  )
  const pairs = entries.filter(({ type }) => type === 'candidate-pair')
  return (
    pairs.find(({ id }) => selected && id === selected.selectedCandidatePairId) ??
    pairs.find(pair => pair.selected === true) ??
    pairs.find(pair => pair.nominated === true && pair.state === 'succeeded')
  )
}

function pathOf(
  pair: Stat | undefined,
  local: Stat | undefined,
): Pick<Sample, 'way' | 'roundTripMs' | 'answers'> {
  if (!pair) return { way: null, roundTripMs: null, answers: null }
  const roundTrip = number(pair.currentRoundTripTime)
  const way =
    local?.candidateType === 'relay' ? 'relay' : local?.protocol === 'tcp' ? 'tcp' : local ? 'udp' : null
  return {
    way,
    roundTripMs: roundTrip === null ? null : roundTrip * 1000,
    answers: number(pair.responsesReceived),
  }
}

const number = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? Math.max(0, value) : null
const text = (value: unknown): string | null => (typeof value === 'string' && value ? value : null)

/** Chromium says "unknown" before it has begun, and sometimes adds a reason in brackets. */
const said = (name: string | null): string | null =>
  name === null || name === 'unknown' ? null : name.split(' (')[0]!.slice(0, 60)
