import * as v from 'valibot'
import { fromBase64url } from '../crypto/encoding.ts'

/** A key that verifies tokens made elsewhere (RFC 7517). Its algorithm is its own and not the token's to choose. */
export type RoomJwk =
  | { kty: 'oct'; alg: 'HS256' | 'HS384' | 'HS512'; kid?: string | undefined; k: string }
  | { kty: 'EC'; alg: 'ES256'; kid?: string | undefined; crv: 'P-256'; x: string; y: string }
  | { kty: 'RSA'; alg: 'RS256'; kid?: string | undefined; n: string; e: string }

const algorithms = ['HS256', 'HS384', 'HS512', 'ES256', 'RS256'] as const

/** Bytes of a shared key: exactly as many as its digest has. A longer one is hashed first, a shorter one is weaker. */
const SHARED_BYTES = { HS256: 32, HS384: 48, HS512: 64 } as const
const EC_BYTES = 32
/** RSA below 2048 bits is broken, above 4096 slow. */
const RSA_BYTES = { min: 256, max: 512 }

const kid = v.optional(
  v.pipe(
    v.string('must be text'),
    v.minLength(1, 'must not be empty'),
    v.maxLength(200, 'must have at most 200 characters'),
  ),
)
/** What a key says of its own use; it must allow ours. */
const uses = {
  use: v.optional(v.literal('sig', 'must be sig: the key verifies tokens')),
  key_ops: v.optional(
    v.pipe(
      v.array(v.string('must be text'), 'must be a list'),
      v.check(ops => ops.includes('verify'), 'must have verify among it'),
    ),
  ),
}

const bytes = (wanted: (length: number) => boolean, what: string) =>
  v.pipe(
    v.string('must be text'),
    v.check(text => wanted(fromBase64url(text)?.length ?? -1), `must be base64url of ${what}`),
  )
const exactly = (n: number) => bytes(length => length === n, `exactly ${n} bytes`)

const shared = (alg: keyof typeof SHARED_BYTES) =>
  v.strictObject({
    kty: v.literal('oct', 'must be oct'),
    alg: v.literal(alg),
    kid,
    ...uses,
    k: exactly(SHARED_BYTES[alg]),
  })

/** One key. A private one is refused by its `d`: whoever keeps it here could sign with it. */
export const RoomJwk = v.pipe(
  v.variant(
    'alg',
    [
      shared('HS256'),
      shared('HS384'),
      shared('HS512'),
      v.strictObject({
        kty: v.literal('EC', 'must be EC'),
        alg: v.literal('ES256'),
        kid,
        ...uses,
        crv: v.literal('P-256', 'must be P-256'),
        x: exactly(EC_BYTES),
        y: exactly(EC_BYTES),
      }),
      v.strictObject({
        kty: v.literal('RSA', 'must be RSA'),
        alg: v.literal('RS256'),
        kid,
        ...uses,
        n: bytes(n => n >= RSA_BYTES.min && n <= RSA_BYTES.max, '2048 to 4096 bits'),
        e: v.literal('AQAB', 'must be AQAB'),
      }),
    ],
    `must be one of ${algorithms.join(', ')}`,
  ),
  v.transform(({ use: _, key_ops: __, ...key }): RoomJwk => key),
)
