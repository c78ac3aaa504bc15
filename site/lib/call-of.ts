/** How long an answer may take, in ms, before the server counts as not reached. */
const PATIENCE = 10_000

interface Asked {
  /** Absent = GET. */
  method?: string
  /** The bearer of a person. */
  token?: string | undefined
  /** Sent as JSON. */
  body?: unknown
  /** Whether the browser's cookies go along, which they do not with a viewer's usual calls. */
  cookies?: boolean
}

/** A call of the API as viewers' pages make it: never from a cache, never led elsewhere, given up after 10 s. */
export function callOf({ method = 'GET', token, body, cookies = false }: Asked): RequestInit {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (token) headers.Authorization = `Bearer ${token}`
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  return {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
    cache: 'no-store',
    credentials: cookies ? 'same-origin' : 'omit',
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE),
  }
}
