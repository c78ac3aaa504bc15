import type { Keys } from '../crypto/keys.ts'
import { looksLikeRowKey, type RowKey, readRowKey } from '../crypto/row-key.ts'
import { verifyToken } from '../crypto/token.ts'
import { isPlaybackClaims, type PlaybackClaims } from '../playback/token.ts'
import type { MediaUrl } from './media-url.ts'

/** Why a credential opens nothing; for the origin's log. */
export type CredentialFault =
  | 'no token'
  | 'token malformed'
  | 'token forged'
  | 'token expired'
  | 'key not genuine'

/**
 * The verified playback token of a URL. It must be there once and be the last parameter: whatever is appended to an
 * address makes another address.
 * @param grace ms after expiry during which it still tells who closed a session.
 */
export async function playbackCredential(
  keys: Keys,
  url: MediaUrl,
  now: number,
  grace = 0,
): Promise<PlaybackClaims | CredentialFault> {
  const tokens = url.query.filter(([name]) => name === 'stream_token')
  if (tokens.length !== 1 || url.query.at(-1)![0] !== 'stream_token') return 'no token'
  const claims = await verifyToken(keys, 'playback-token', tokens[0]![1], now, isPlaybackClaims, grace)
  return typeof claims === 'string' ? `token ${claims}` : claims
}

/** A genuine ingest key: the room's own, which is its programme's, or that of a further stream; `id` is its row's. */
export interface IngestKey extends RowKey {
  of: 'room' | 'stream'
}

/**
 * The genuine ingest key of a URL: the stream's place in the path, or `?key=` / `?access_key=` for encoders that put it
 * there. Two keys in one URL are none.
 */
export async function ingestCredential(keys: Keys, url: MediaUrl): Promise<IngestKey | CredentialFault> {
  const given = url.query
    .filter(([name]) => name === 'key' || name === 'access_key')
    .map(([, value]) => value)
  if (looksLikeRowKey(url.stream)) given.push(url.stream)
  if (given.length !== 1) return 'key not genuine'
  const room = await readRowKey(keys, 'ingest-key', given[0]!)
  if (room) return { of: 'room', ...room }
  const stream = await readRowKey(keys, 'stream-key', given[0]!)
  return stream ? { of: 'stream', ...stream } : 'key not genuine'
}
