import type { FieldError } from '../../../worker/problem.ts'
import { ApiFailure } from './failure.ts'

/** An answer and the ETag of that version. */
export interface Got<T> {
  value: T
  etag: string | null
}

export interface ApiOptions {
  fetch: typeof fetch
  /** Counts how often who is signed in may have changed. */
  era: () => number
  /** Called when the server does not, or no longer, know this browser's session. */
  onUnauthenticated: () => void
}

/** How long an answer may take, in ms, before the server counts as not reached. */
export const PATIENCE = 15_000

interface CallOptions {
  body?: unknown
  ifMatch?: string | null
  ifNoneMatch?: string | null
}

/** What all calls are made of. Each throws {@link ApiFailure}. */
export interface Caller {
  call: (method: string, path: string, options?: CallOptions) => Promise<Response>
  /** Reads an answer. */
  got: <T>(answer: Response) => Promise<Got<T>>
  /** Reads what is there now. */
  fresh: <T>(path: string) => Promise<Got<T>>
  /** The same, or null when it is still the version with this ETag. */
  read: <T>(path: string, etag?: string | null) => Promise<Got<T> | null>
}

/** Calls as who the browser's cookie says. */
export function createCaller({ fetch, era, onUnauthenticated }: ApiOptions): Caller {
  async function call(method: string, path: string, options: CallOptions = {}): Promise<Response> {
    const headers: Record<string, string> = { Accept: 'application/json' }
    const asked = era()
    if (options.body !== undefined) headers['Content-Type'] = 'application/json'
    if (options.ifMatch) headers['If-Match'] = options.ifMatch
    if (options.ifNoneMatch) headers['If-None-Match'] = options.ifNoneMatch
    let answer: Response
    try {
      answer = await fetch(path, {
        method,
        headers,
        body: options.body === undefined ? null : JSON.stringify(options.body),
        // The browser's cache would turn a 304 into a 200 and hide that nothing changed.
        cache: 'no-store',
        credentials: 'same-origin',
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE),
      })
    } catch {
      throw new ApiFailure(0, 'unreachable', '')
    }
    if (answer.ok || answer.status === 304) return answer
    const failure = await readProblem(answer)
    // Only if nobody signed in or out meanwhile: a late answer must not end a newer session.
    if (answer.status === 401 && asked === era()) onUnauthenticated()
    throw failure
  }

  async function got<T>(answer: Response): Promise<Got<T>> {
    try {
      return { value: (await answer.json()) as T, etag: answer.headers.get('ETag') }
    } catch {
      throw new ApiFailure(answer.status, 'unreadable', '')
    }
  }

  async function read<T>(path: string, etag: string | null = null): Promise<Got<T> | null> {
    const answer = await call('GET', path, { ifNoneMatch: etag })
    return answer.status === 304 ? null : got<T>(answer)
  }

  const fresh = async <T>(path: string): Promise<Got<T>> => got<T>(await call('GET', path))

  return { call, got, fresh, read }
}

async function readProblem(answer: Response): Promise<ApiFailure> {
  try {
    const body = (await answer.json()) as { code?: unknown; detail?: unknown; errors?: unknown }
    const fields = Array.isArray(body.errors) ? (body.errors as FieldError[]) : []
    return new ApiFailure(answer.status, String(body.code ?? 'unreadable'), String(body.detail ?? ''), fields)
  } catch {
    return new ApiFailure(answer.status, 'unreadable', '')
  }
}
