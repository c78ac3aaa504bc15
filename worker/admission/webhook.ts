import { textOf } from '../crypto/encoding.ts'
import { readBody } from '../http/body.ts'
import type { Call } from '../http/route.ts'
import type { Origin } from '../origins/origins.ts'
import { Problem } from '../problem.ts'
import { isSignedBy } from './signature.ts'

/** A webhook's body is under 5 KB; up to the first limit it is understood, up to the second read and refused. */
const MAX_UNDERSTOOD = 64 * 1024
const MAX_READ = 1024 * 1024

/** Reads and checks a signed webhook of an origin; anything unsigned is a stranger's. */
export async function signedBody(
  call: Call<undefined, undefined>,
): Promise<{ origin: Origin; body: string | undefined }> {
  const { c, app, params } = call
  const origin = app.origins.forWebhook(params.originId)
  const signature = c.req.header('x-ome-signature')
  if (!origin || !signature) throw unsigned()
  const raw = await readBody(c.req.raw, MAX_READ)
  if (!raw) throw new Problem(413, 'too_large', 'A webhook has at most 1 MiB.')
  if (!(await isSignedBy(origin.webhookSecret, signature, raw))) throw unsigned()
  return { origin, body: raw.length > MAX_UNDERSTOOD ? undefined : decoded(raw) }
}

/** The same for no signature, a wrong one and an origin nobody knows. */
const unsigned = () => new Problem(401, 'unauthenticated', 'Sign the body: X-OME-Signature.')

function decoded(raw: Uint8Array): string | undefined {
  try {
    return textOf(raw)
  } catch {
    return undefined
  }
}
