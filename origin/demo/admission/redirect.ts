/** Where a client ends up: application and stream are path segments 1 and 2, the file (if any) is the third. */
export interface Target {
  readonly app: string
  readonly stream: string
  readonly file: string | undefined
  /** The URL that leads there, as a closing states it. */
  readonly url: string
}

export type Redirect =
  | { readonly outcome: 'admitted'; readonly target: Target }
  | { readonly outcome: 'refused'; readonly reason: string; readonly url: string }

/** The application, stream and file a URL names; `undefined` when it is no URL or names no stream. */
export function targetOf(url: string): Target | undefined {
  if (!URL.canParse(url)) return undefined
  const [, app, stream, file] = new URL(url).pathname.split('/')
  return app && stream ? { app, stream, file: file || undefined, url } : undefined
}

/**
 * Applies a control plane's `new_url` as OME does. A relative one is silently ignored: the client is admitted under
 * the name it asked for. Host, application and stream may change; scheme, port (when given) and file must stay.
 */
export function redirect(asked: Target, newUrl: string | undefined, app: string): Redirect {
  if (newUrl === undefined || !/^[a-z][a-z0-9+.-]*:\/\//i.test(newUrl))
    return { outcome: 'admitted', target: asked }
  const refuse = (reason: string): Redirect => ({ outcome: 'refused', reason, url: newUrl })
  const target = targetOf(newUrl)
  if (!target) return refuse('new_url names no stream')
  const [from, to] = [new URL(asked.url), new URL(newUrl)]
  if (to.protocol !== from.protocol) return refuse('new_url changes the scheme')
  if (to.port !== '' && to.port !== from.port) return refuse('new_url changes the port')
  if (target.file !== asked.file) return refuse('new_url changes the file')
  if (target.app !== app) return refuse('new_url names an unknown application')
  return { outcome: 'admitted', target }
}
