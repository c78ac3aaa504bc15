/**
 * A URL as an origin writes it, taken apart by hand: `URL` knows no rtmp and resolves `..`, and the origin does
 * neither. Application and stream are path segments 1 and 2; what follows is a file or a playlist name.
 */
export interface MediaUrl {
  scheme: string
  /** As written, with the port when there is one. */
  authority: string
  /** Host in lower case without port or brackets. */
  host: string
  hasPort: boolean
  app: string
  stream: string
  file: string | undefined
  /** Parameters in their order, as written (not decoded: ours need no escaping); an empty one has an empty name. */
  query: [name: string, value: string][]
}

// One spelling only: no login, no empty or dot segment, no escapes in the path, at most one segment after the stream,
// printable ASCII in the query.
const FORM =
  /^([a-z]{2,6}):\/\/((\[[0-9a-fA-F:.]+\]|[\w.-]+)(:\d{1,5})?)\/([\w-][\w.-]*)\/([\w-][\w.-]*)(?:\/([\w-][\w.-]*))?(?:\?([\w.~%+=&,;!*'()$-]*))?$/

export function parseMediaUrl(text: string): MediaUrl | undefined {
  const match = FORM.exec(text)
  if (!match) return undefined
  const [, scheme, authority, host, port, app, stream, file, query] = match
  return {
    scheme: scheme!,
    authority: authority!,
    host: host!.replace(/^\[|\]$/g, '').toLowerCase(),
    hasPort: port !== undefined,
    app: app!,
    stream: stream!,
    file,
    query: (query ? query.split('&') : []).map(part => {
      const at = part.indexOf('=')
      return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)]
    }),
  }
}

/** Parameters that go on to the origin's `new_url`, because they change what it does there. All others end here. */
const CARRIED = ['transport', 'direction']

/**
 * The same URL with another stream: an absolute `new_url`, because OME silently ignores a relative one and admits under
 * the asked name. Scheme, authority and file stay, as OME demands; of the parameters only those that are known to
 * matter and have a plain word for a value.
 */
export function redirected(url: MediaUrl, stream: string): string {
  const kept = url.query
    .filter(([name, value]) => CARRIED.includes(name) && /^\w{1,16}$/.test(value))
    .map(([name, value]) => `${name}=${value}`)
  const file = url.file === undefined ? '' : `/${url.file}`
  const query = kept.length ? `?${kept.join('&')}` : ''
  return `${url.scheme}://${url.authority}/${url.app}/${stream}${file}${query}`
}
