import { httpAddress } from '../origins/addresses.ts'
import type { Origin } from '../origins/origins.ts'

/**
 * Headers of every page. The same for all rooms and visitors, so that a page can be cached for everybody and tells
 * nobody which room it is for.
 */
export function pageHeaders(origins: readonly Origin[], https: boolean): Record<string, string> {
  const media = origins.flatMap(origin => [originOf(origin.publicUrl), originOf(httpAddress(origin))])
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      `connect-src ${["'self'", ...new Set(media)].join(' ')}`,
      "img-src 'self' data: blob:",
      "media-src 'self' blob:",
      "worker-src 'self'",
      "font-src 'self'",
      "manifest-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy':
      'camera=(self), microphone=(self), display-capture=(self), fullscreen=(self), geolocation=()',
    'X-Robots-Tag': 'noindex',
    ...commonHeaders(https),
  }
}

/** Headers of every answer, pages and API alike. */
export const commonHeaders = (https: boolean): Record<string, string> => ({
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  ...(https ? { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' } : {}),
})

/** scheme://host:port, which `URL.origin` does not give for ws. */
function originOf(address: string): string {
  const { protocol, host } = new URL(address)
  return `${protocol}//${host}`
}
