import type { Origin } from './origins.ts'

/** Addresses that clients use at an origin. Pure: nothing here asks or decides anything. */

/** The origin's public address for HTTP (WHIP, LL-HLS, thumbnails): the signalling address with http for ws. */
export const httpAddress = (origin: Origin): string => origin.publicUrl.replace(/^ws/, 'http')

const hostName = (origin: Origin): string => new URL(httpAddress(origin)).hostname

/**
 * Where a viewer plays a room. The path is the room's slug for all its streams; the token says which. It must stay
 * the last query parameter.
 */
export function playbackAddresses(
  origin: Origin,
  slug: string,
  token: string,
): { webrtc: string; llhls: string } {
  const path = `/${origin.app}/${slug}`
  return {
    webrtc: `${origin.publicUrl}${path}?stream_token=${token}`,
    llhls: `${httpAddress(origin)}${path}/llhls.m3u8?stream_token=${token}`,
  }
}

/**
 * What an encoder is given. The SRT address carries its stream id as OBS and ffmpeg want it: `vhost/app/key`, latency
 * in microseconds (120 ms is libsrt's usual; a lossy line needs more).
 */
export function ingestAddresses(origin: Origin, key: string) {
  const host = hostName(origin)
  const streamId = `${origin.vhost}/${origin.app}/${key}`
  return {
    rtmp: { server: `rtmp://${host}:${origin.rtmpPort}/${origin.app}`, key },
    srt: { url: `srt://${host}:${origin.srtPort}?mode=caller&latency=120000&streamid=${streamId}`, streamId },
    whip: { url: `${httpAddress(origin)}/${origin.app}/${key}?direction=whip` },
  }
}
