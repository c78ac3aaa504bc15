import * as v from 'valibot'

/**
 * What we read of an origin's answers, and no more: an origin may add what it likes. Shapes as captured from OME
 * 0.20 (test/fixtures/ome/rest.jsonl).
 */
const StreamAnswer = v.object({
  response: v.object({
    input: v.object({ createdTime: v.string(), sourceUrl: v.optional(v.string(), '') }),
    outputs: v.optional(v.array(v.unknown()), []),
  }),
})
const ListAnswer = v.object({ response: v.array(v.string()) })
const StatsAnswer = v.object({ response: v.object({ lastRecvTime: v.string() }) })

/** One stream at an origin. */
export interface StreamInfo {
  /** WebRTC plays now: the origin has packaged it. Until then playback is refused as if nothing were live. */
  playable: boolean
  /** ms since 1970. */
  createdAt: number
  /** The publisher's address and port, as its admission request had them; undefined when not told. */
  source: { address: string; port: number } | undefined
}

/** `GET …/streams` → the names, or undefined when it is something else. */
export function readStreamNames(answer: unknown): string[] | undefined {
  const read = v.safeParse(ListAnswer, answer)
  return read.success ? read.output.response : undefined
}

/** `GET …/streams/{s}` → {@link StreamInfo}, or undefined when it is something else. */
export function readStream(answer: unknown): StreamInfo | undefined {
  const read = v.safeParse(StreamAnswer, answer)
  if (!read.success) return undefined
  const { input, outputs } = read.output.response
  const createdAt = Date.parse(input.createdTime)
  if (Number.isNaN(createdAt)) return undefined
  const source = /^\w+:\/\/\[?([^\]/]+?)\]?:(\d{1,5})$/.exec(input.sourceUrl)
  return {
    playable: outputs.length > 0,
    createdAt,
    source: source ? { address: source[1]!, port: Number(source[2]) } : undefined,
  }
}

/** `GET /v1/stats/current/…/streams/{s}` → when data last came from the publisher, ms since 1970. */
export function readLastReceived(answer: unknown): number | undefined {
  const read = v.safeParse(StatsAnswer, answer)
  const at = read.success ? Date.parse(read.output.response.lastRecvTime) : Number.NaN
  return Number.isNaN(at) ? undefined : at
}
