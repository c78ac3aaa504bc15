/** What the origin reads and changes in session descriptions (RFC 8866). */

const lines = (sdp: string) => sdp.split(/\r?\n/).filter(line => line !== '')
const join = (all: readonly string[]) => `${all.join('\r\n')}\r\n`

/** A description apart from its candidates. OME sends them beside the description, not in it. */
export function withoutCandidates(sdp: string): { sdp: string; candidates: string[] } {
  const all = lines(sdp)
  const isCandidate = (line: string) => line.startsWith('a=candidate:') || line === 'a=end-of-candidates'
  const candidates = all.filter(line => line.startsWith('a=candidate:')).map(line => line.slice(2))
  return { sdp: join(all.filter(line => !isCandidate(line))), candidates: [...new Set(candidates)] }
}

/** Whether a candidate can be used: names under `.local` are a browser's own and resolve nowhere else. */
export function isUsableCandidate(candidate: string): boolean {
  return candidate !== '' && !/\.local /.test(candidate)
}

/** The sections of a description: what stands before the first `m=` line, then one for each. */
function sections(sdp: string): string[][] {
  const found: string[][] = [[]]
  for (const line of lines(sdp)) {
    if (line.startsWith('m=')) found.push([])
    found.at(-1)!.push(line)
  }
  return found
}

/** The payload type a section gives H.264 in packetization mode 1 (baseline first) or Opus. */
function payloadType(section: readonly string[]): string | undefined {
  const coded = section.flatMap(
    line => /^a=rtpmap:(\d+) (H264\/90000|opus\/48000\/2)$/i.exec(line)?.[1] ?? [],
  )
  if (section[0]?.startsWith('m=audio')) return coded[0]
  const format = (type: string) => section.find(line => line.startsWith(`a=fmtp:${type} `)) ?? ''
  const mode1 = coded.filter(type => format(type).includes('packetization-mode=1'))
  return mode1.find(type => /profile-level-id=42/i.test(format(type))) ?? mode1[0]
}

/** Attributes of a section that carry a payload type, and those the origin does not negotiate. */
const OF_PAYLOAD = /^a=(?:rtpmap|fmtp|rtcp-fb):(\d+) /
const NOT_OURS =
  /^a=(?:extmap|extmap-allow-mixed|rid|simulcast|ssrc-group)\b|^a=rtcp-fb:\S+ (?:transport-cc|ccm)/

/**
 * A publisher's offer, reduced to what this origin takes: H.264 (packetization mode 1) and Opus, nothing to
 * retransmit or measure with, no unusable candidates. `undefined` when it offers no such picture.
 */
export function acceptableOffer(sdp: string): string | undefined {
  const [session, ...media] = sections(sdp)
  const kept = media.map(section => {
    const type = payloadType(section)
    if (type === undefined) return undefined
    return section
      .filter(line => (OF_PAYLOAD.exec(line)?.[1] ?? type) === type && !NOT_OURS.test(line))
      .filter(line => !line.startsWith('a=candidate:') || isUsableCandidate(line))
      .map((line, i) => (i === 0 ? line.replace(/^(m=\S+ \S+ \S+ ).*$/, `$1${type}`) : line))
  })
  const picture = kept.find((section, i) => section !== undefined && media[i]![0]!.startsWith('m=video'))
  if (!picture || kept.includes(undefined)) return undefined
  return join([
    ...session!.filter(line => line !== 'a=extmap-allow-mixed'),
    ...kept.flatMap(section => section ?? []),
  ])
}

/** Kilobits a second: a browser left alone begins at 300 and stays small on a machine with few cores. */
const BITRATE = 'x-google-start-bitrate=3000;x-google-min-bitrate=1500;x-google-max-bitrate=4000'

/** An answer that asks Chromium for a bitrate fit for 720 lines. Other browsers ignore it. */
export function withBitrate(answer: string): string {
  return answer.replace(/^(a=fmtp:\d+ [^\r\n]*packetization-mode=1[^\r\n]*)/gm, `$1;${BITRATE}`)
}
