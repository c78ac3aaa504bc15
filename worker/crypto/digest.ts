import { bytesOf, toBase64url } from './encoding.ts'

/** 256 random bits as text: a session's cookie, a ceremony's cookie, the secret part of an API key. */
export const newSecret = (): string => toBase64url(crypto.getRandomValues(new Uint8Array(32)))

/**
 * What is kept of a random secret: its SHA-256. A secret of 256 random bits needs neither salt nor slowness: nobody
 * finds it from its digest, and a look-up by digest tells nothing by its timing.
 */
export async function digestOf(secret: string): Promise<string> {
  return toBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytesOf(secret))))
}
