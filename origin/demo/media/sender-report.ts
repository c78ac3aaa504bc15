import type { ClockPair } from './media-source.ts'

/** Seconds from 1900 (NTP) to 1970 (Unix). */
const NTP_EPOCH = 2_208_988_800n

/** A Unix time in ms as a 64-bit NTP time. */
export function ntpTime(unixMs: number): bigint {
  const whole = BigInt(Math.floor(unixMs / 1000))
  const fraction = BigInt(Math.floor(((unixMs % 1000) / 1000) * 2 ** 32))
  return ((whole + NTP_EPOCH) << 32n) | fraction
}

/** What a sender has sent on one SSRC. */
export interface Sent {
  readonly packets: number
  readonly bytes: number
}

/** An RTCP sender report without report blocks (RFC 3550, 6.4.1): it puts picture and sound on one clock. */
export function senderReport(ssrc: number, pair: ClockPair, sent: Sent): Buffer {
  const report = Buffer.alloc(28)
  report[0] = 0x80
  report[1] = 200
  report.writeUInt16BE(6, 2)
  report.writeUInt32BE(ssrc, 4)
  report.writeBigUInt64BE(pair.ntp, 8)
  report.writeUInt32BE(pair.timestamp >>> 0, 16)
  report.writeUInt32BE(sent.packets >>> 0, 20)
  report.writeUInt32BE(sent.bytes >>> 0, 24)
  return report
}

/** Whether a compound RTCP packet asks for a key frame (picture loss indication, RFC 4585). */
export function asksForKeyFrame(packet: Buffer): boolean {
  for (let at = 0; at + 4 <= packet.length; at += 4 * (packet.readUInt16BE(at + 2) + 1)) {
    if (packet[at + 1] === 206 && ((packet[at] ?? 0) & 31) === 1) return true
  }
  return false
}
