import { readBody } from '../http/body.ts'

/** From asking to the last byte of the answer, in ms. */
const TIMEOUT = 5_000
/** Discovery documents, key sets and tokens are a few KB; people in very many groups have larger ones. */
const MAX_ANSWER = 256 * 1024

/** Answers that have no body, and may not be given one. */
const EMPTY = [204, 205, 304]

/**
 * A fetch for what another server is asked: it ends in time, reads so much and no more, and goes nowhere else than where it
 * was sent (a redirect comes back as one). @throws when there is no whole answer
 */
export const boundedFetch =
  (fetcher: typeof fetch) =>
  async (url: string, init: object): Promise<Response> => {
    const end = new AbortController()
    const late = setTimeout(() => end.abort(), TIMEOUT)
    try {
      const answer = await fetcher(url, { ...init, redirect: 'manual', signal: end.signal })
      // A response of its own has no declared length: one that was packed would declare that of the package.
      const body = await readBody(new Response(answer.body), MAX_ANSWER)
      if (!body) throw new Error('too large')
      const type = answer.headers.get('content-type')
      return new Response(EMPTY.includes(answer.status) ? null : body, {
        status: answer.status,
        headers: type === null ? {} : { 'content-type': type },
      })
    } finally {
      clearTimeout(late)
    }
  }
