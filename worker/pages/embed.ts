import { parseUrl } from '../environment.ts'

/**
 * Whether a text names a parent that may show rooms in a frame: a whole web origin over TLS (or on this machine), as
 * `frame-ancestors` can name it. No pattern, no path, and no IPv6 address, for which that directive has no spelling.
 */
export const isEmbedParent = (text: string): boolean =>
  /^(https:\/\/[a-z\d.-]+|http:\/\/(localhost|127\.0\.0\.1))(:\d+)?$/.test(text) &&
  parseUrl(text)?.origin === text
