import { httpAddress } from '../origins/addresses.ts'
import type { Origin } from '../origins/origins.ts'

/**
 * A room's page, which others may embed where the deployment says so; a viewer's without a room; the one at the bare
 * address; the chart; the administration's.
 */
export type PageKind = 'room' | 'viewer' | 'landing' | 'chart' | 'admin'

/** What the headers of pages depend on: the deployment alone, never the room or who asks. */
export interface PageSite {
  origins: readonly Origin[]
  /** People come over TLS. */
  https: boolean
  /** Web origins whose pages may show a room in a frame. */
  embedParents: readonly string[]
}

/**
 * Headers of a page. The same for all rooms and visitors, so that a page can be cached for everybody and tells nobody
 * which room it is for. X-Frame-Options, which cannot name a parent, is not among those of a page that has one.
 */
export function pageHeaders(
  kind: PageKind,
  { origins, https, embedParents }: PageSite,
): Record<string, string> {
  const parents = kind === 'room' ? embedParents : []
  const { 'X-Frame-Options': noFrames, ...common } = commonHeaders(https)
  return {
    ...common,
    'Content-Security-Policy': [
      ...(kind === 'room' || kind === 'viewer' ? viewerPolicy(origins) : CLOSED_POLICY),
      "base-uri 'none'",
      "form-action 'none'",
      `frame-ancestors ${parents.length ? parents.join(' ') : "'none'"}`,
    ].join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': permissions(kind),
    'X-Robots-Tag': 'noindex',
    ...(parents.length
      ? { 'Cross-Origin-Resource-Policy': 'cross-origin' }
      : { 'X-Frame-Options': noFrames! }),
  }
}

/** A page that asks nobody but us and plays nothing; `data:` is for the small signs in the style sheet. */
const CLOSED_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
]

/** A viewer's page also reaches every origin; LL-HLS is played from a blob, and taken apart in a worker. */
function viewerPolicy(origins: readonly Origin[]): string[] {
  const media = origins.flatMap(origin => [originOf(origin.publicUrl), originOf(httpAddress(origin))])
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src ${["'self'", ...new Set(media)].join(' ')}`,
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "worker-src 'self'",
  ]
}

/** What pages use of the browser's powers, by kind. */
const used: Record<PageKind, readonly string[]> = {
  room: ['autoplay', 'fullscreen', 'publickey-credentials-get'],
  viewer: [],
  landing: [],
  chart: ['fullscreen', 'screen-wake-lock'],
  admin: ['clipboard-write', 'publickey-credentials-create', 'publickey-credentials-get'],
}

/** Powers that are asked for nowhere, so that a script which should not be there cannot ask either. */
const unused = [
  'accelerometer',
  'camera',
  'clipboard-read',
  'display-capture',
  'encrypted-media',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'serial',
  'storage-access',
  'usb',
  'window-management',
  'xr-spatial-tracking',
]

const powers = [...new Set([...Object.values(used).flat(), ...unused])].sort()

const permissions = (kind: PageKind): string =>
  powers.map(power => `${power}=${used[kind].includes(power) ? '(self)' : '()'}`).join(', ')

/** Headers of every answer. What is not a page is nothing to show: as a document it may do nothing. */
export const commonHeaders = (https: boolean): Record<string, string> => ({
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  ...(https ? { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' } : {}),
})

/** Of the site's files, in place of that of every answer: a worker among them has its own file's policy. */
export const FILE_POLICY = "default-src 'self'; frame-ancestors 'none'"

/** scheme://host:port, which `URL.origin` does not give for ws. */
function originOf(address: string): string {
  const { protocol, host } = new URL(address)
  return `${protocol}//${host}`
}
