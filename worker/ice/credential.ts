import { bytesOf } from '../crypto/encoding.ts'

/** What a relay lets somebody in with. */
export interface TurnCredential {
  username: string
  credential: string
}

/**
 * A credential that ends by itself, as coturn checks it with `use-auth-secret`: the name says until when, and whose it is,
 * so that the relay's quotas hold for a person and not for a credential.
 * @param expires when it ends, in s since 1970
 */
export async function turnCredential(
  secret: string,
  person: string,
  expires: number,
): Promise<TurnCredential> {
  const hmac = { name: 'HMAC', hash: 'SHA-1' }
  const key = await crypto.subtle.importKey('raw', bytesOf(secret), hmac, false, ['sign'])
  const username = `${expires}:${person}`
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, bytesOf(username)))
  return { username, credential: btoa(String.fromCharCode(...mac)) }
}
