import { describe, expect, it } from 'vitest'
import { createApi } from './client.ts'
import { ApiFailure } from './failure.ts'

interface Sent {
  path: string
  method: string
  headers: Record<string, string>
  body: unknown
}

/** An API whose server gives the listed answers in turn; `sent` is what it was asked. */
function against(...answers: (Response | Error)[]) {
  const sent: Sent[] = []
  let era = 1
  let lost = 0
  const api = createApi({
    fetch: async (path, init) => {
      const { method = 'GET', headers, body } = init ?? {}
      sent.push({ path: String(path), method, headers: headers as Record<string, string>, body })
      const answer = answers.shift()
      if (!answer || answer instanceof Error) throw answer ?? new Error('no answer left')
      return answer
    },
    era: () => era,
    onUnauthenticated: () => {
      lost += 1
      era += 1
    },
  })
  return { api, sent, lost: () => lost }
}

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } })
const problem = (status: number, code: string, extra: object = {}) =>
  json({ status, code, detail: `About ${code}.`, ...extra }, status)

describe('createApi', () => {
  it('sends the query and the ETag it knows, and no token: the browser sends its cookie', async () => {
    const { api, sent } = against(json({ items: [], next: null }, 200, { ETag: '"a"' }))
    expect(await api.rooms({ state: 'live', q: 'reel 3&', cursor: null }, '"old"')).toEqual({
      value: { items: [], next: null },
      etag: '"a"',
    })
    expect(sent).toEqual([
      {
        path: '/api/rooms?limit=50&state=live&q=reel+3%26',
        method: 'GET',
        headers: { Accept: 'application/json', 'If-None-Match': '"old"' },
        body: null,
      },
    ])
  })

  it('answers null when nothing changed', async () => {
    const { api } = against(new Response(null, { status: 304 }))
    expect(await api.room('r1', '"a"')).toBeNull()
  })

  it('sends If-Match only when it has one', async () => {
    const { api, sent } = against(json({}), json({}))
    await api.changeRoom('r1', { title: 'New' }, '"a"')
    await api.changeRoom('r1', { state: 'ended' })
    expect(sent.map(s => [s.method, s.path, s.headers['If-Match'], s.body])).toEqual([
      ['PATCH', '/api/rooms/r1', '"a"', '{"title":"New"}'],
      ['PATCH', '/api/rooms/r1', undefined, '{"state":"ended"}'],
    ])
  })

  it('keeps odd ids inside their path segment', async () => {
    const { api, sent } = against(new Response(null, { status: 204 }))
    await api.revokeLink('a/b', '../x?')
    expect(sent.map(s => s.path)).toEqual(['/api/rooms/a%2Fb/links/..%2Fx%3F'])
  })

  it.each([
    [problem(412, 'changed_meanwhile'), new ApiFailure(412, 'changed_meanwhile', 'About changed_meanwhile.')],
    [
      problem(400, 'invalid', { errors: [{ field: 'title', detail: 'must not be empty' }] }),
      new ApiFailure(400, 'invalid', 'About invalid.', [{ field: 'title', detail: 'must not be empty' }]),
    ],
    [new Response('<html>', { status: 502 }), new ApiFailure(502, 'unreadable', '')],
    [new Response('', { status: 200 }), new ApiFailure(200, 'unreadable', '')],
    [new TypeError('failed to fetch'), new ApiFailure(0, 'unreachable', '')],
  ])('turns %o into a failure', async (answer, failure) => {
    const { api } = against(answer)
    const thrown = await api.roomNow('r1').catch(e => e)
    expect({ ...thrown }).toEqual({ ...failure })
    expect(thrown).toBeInstanceOf(ApiFailure)
  })

  it('reports a session that is not known', async () => {
    const { api, lost } = against(problem(401, 'unauthenticated'), problem(403, 'forbidden'))
    await expect(api.session()).rejects.toMatchObject({ status: 401 })
    await expect(api.session()).rejects.toMatchObject({ status: 403 })
    expect(lost()).toBe(1)
  })

  it('does not end a newer session for an older answer', async () => {
    const answers: ((r: Response) => void)[] = []
    let era = 1
    let lost = 0
    const api = createApi({
      fetch: () => new Promise(resolve => void answers.push(resolve)),
      era: () => era,
      onUnauthenticated: () => {
        lost += 1
      },
    })
    const asked = api.session()
    era = 2
    answers[0]?.(problem(401, 'unauthenticated'))
    await expect(asked).rejects.toMatchObject({ status: 401 })
    expect(lost).toBe(0)
  })

  it.each([
    [0, true],
    [429, true],
    [500, true],
    [503, true],
    [400, false],
    [401, false],
    [404, false],
    [412, false],
  ])('status %d is passing: %s', (status, passing) => {
    expect(new ApiFailure(status, 'x', '').passing).toBe(passing)
  })

  it('reads readiness from a 503 too', async () => {
    const { api } = against(json({ status: 'down', database: 'ok', origin: 'down' }, 503))
    expect(await api.ready()).toEqual({ status: 'down', database: 'ok', origin: 'down' })
  })
})
