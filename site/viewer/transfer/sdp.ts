/** The longest description, in characters. */
const MAX_SDP = 12_000
const MAX_CANDIDATES = 40

/**
 * Whether a description is of the only kind that pages send each other here: one data channel, nothing to hear or see,
 * encrypted, with no more ways to try than a browser finds for itself.
 */
export function isOurSdp(sdp: string): boolean {
  if (sdp.length > MAX_SDP || !/^[\x20-\x7e\r\n]*$/.test(sdp)) return false
  const lines = sdp.split(/\r?\n/).filter(Boolean)
  if (lines[0] !== 'v=0' || !lines.every(line => line.length <= 500 && /^[vostcbam]=/.test(line)))
    return false
  const starting = (start: string) => lines.filter(line => line.startsWith(start))
  const media = starting('m=')
  return (
    media.length === 1 &&
    /^m=application \d{1,5} UDP\/DTLS\/SCTP webrtc-datachannel$/.test(media[0]!) &&
    starting('a=candidate:').length <= MAX_CANDIDATES &&
    starting('a=fingerprint:').length >= 1 &&
    starting('a=fingerprint:').every(line => /^a=fingerprint:sha-(256|384|512) [\dA-F:]+$/i.test(line)) &&
    starting('a=ice-ufrag:').length === 1 &&
    starting('a=ice-pwd:').length === 1
  )
}
