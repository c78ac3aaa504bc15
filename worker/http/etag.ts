import { bytesOf, toBase64url } from '../crypto/encoding.ts'
import { changedMeanwhile } from '../problem.ts'

async function digest(contents: unknown): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', bytesOf(JSON.stringify(contents)))
  return toBase64url(new Uint8Array(bytes).subarray(0, 12))
}

/** A tag that follows from contents, for answers that have no version of their own. */
export const digestTag = async (contents: unknown): Promise<string> => `"${await digest(contents)}"`

/**
 * An editable resource's ETag is its version and a digest of what is answered, which changes without an edit too (a
 * room goes live, a link's address follows the room's slug). An edit is refused only for the version: that somebody
 * went live does not make it stale.
 */
export const versionTag = async (version: number, contents: unknown): Promise<string> =>
  `"${version}-${await digest(contents)}"`

/**
 * The version an If-Match names, or undefined when it is absent or `*`. A weak tag counts as its strong one: proxies
 * weaken tags when they compress. Several tags in one header are not taken: we give out one.
 * @throws {Problem} 412 for a header that names nothing we could have given out.
 */
export function ifMatchVersion(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined
  const version = /^(?:W\/)?"(\d{1,15})(?:-[^"]*)?"$/.exec(header.trim())?.[1]
  if (version === undefined) throw changedMeanwhile()
  return Number(version)
}

/** Whether If-None-Match names this tag, weakly compared (RFC 9110, 13.1.2). */
export function noneMatch(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '')
  return header.split(',').some(tag => tag.trim() === '*' || opaque(tag) === opaque(etag))
}
