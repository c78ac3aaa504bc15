/** Whether a host name or address means this machine and nothing else. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)
}

/** A host as a URL writes it. */
export function urlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}
