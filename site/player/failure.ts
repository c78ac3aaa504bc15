import type { Failure } from './state.ts'

/**
 * What OvenPlayer's error codes say about a session. 501: the WebSocket closed or answered with an error before an
 * offer (refused, not live, unreachable). 502 to 506: the offer could not be used. 511: the session ended, or ICE lost
 * its way. 3xx: LL-HLS could not be loaded or decoded. 1xx: the browser has no way to play it.
 */
export function failureOf(code: number, connected: boolean): Failure {
  if (code >= 503 && code <= 506) return 'unsupported'
  if (code === 502 || code === 511 || code === 512) return connected ? 'media' : 'not-connected'
  if (code === 303) return 'media'
  if (code >= 100 && code < 200) return 'unsupported'
  return 'signalling'
}
