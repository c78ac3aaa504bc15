/**
 * Whether passkeys can work at the address a page was opened under. They belong to a host name, so an IP address has
 * none; this machine's own has a name all the same, `localhost`. And browsers keep them from pages that are not encrypted.
 */
export type PasskeyPlace = { is: 'fine' | 'ip' | 'plain' } | { is: 'elsewhere'; address: string }

/** `secure` is the page's `isSecureContext`. */
export function passkeyPlace(address: string, secure: boolean): PasskeyPlace {
  const url = new URL(address)
  if (url.hostname === '127.0.0.1' || url.hostname === '[::1]') {
    url.hostname = 'localhost'
    return { is: 'elsewhere', address: url.href }
  }
  if (url.hostname.startsWith('[') || /^\d+(\.\d+){3}$/.test(url.hostname)) return { is: 'ip' }
  return { is: secure ? 'fine' : 'plain' }
}
