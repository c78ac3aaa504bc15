import { changedMeanwhile } from '../problem.ts'

/**
 * An editable resource's ETag is its version and a digest of what changes without an edit (a room going live). A
 * change is refused only for the version: that somebody went live does not make an edit stale.
 */
export const etagOf = (version: number, passing = ''): string => `"${version}${passing && `-${passing}`}"`

/**
 * The versions an If-Match names, or undefined when it is absent or `*`. A weak tag counts as its strong one: proxies
 * weaken tags when they compress.
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
  return header.split(',').some(t => t.trim() === '*' || t.trim().replace(/^W\//, '') === etag)
}
