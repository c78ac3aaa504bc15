import { describe, expect, it, test } from 'vitest'
import { createStillCalls } from './api.ts'

function calls(answer: () => Response | Promise<Response>) {
  const asked: { url: string; init: RequestInit }[] = []
  const fetch = async (url: unknown, init: RequestInit = {}) => {
    asked.push({ url: String(url), init })
    return answer()
  }
  return { asked, stills: createStillCalls(fetch as typeof globalThis.fetch, () => 'token') }
}
const still = {
  name: 'grade_x',
  at: Date.UTC(2026, 10, 21, 12),
  frame: null,
  rate: null,
  stream: null,
  file: new Blob(['x']),
}

describe('keeping a still', () => {
  test.each([
    [{}, '?name=grade_x&at=2026-11-21T12%3A00%3A00.000Z'],
    [{ frame: 9, rate: '25' }, '?name=grade_x&at=2026-11-21T12%3A00%3A00.000Z&frame=9&rate=25'],
    [{ frame: 9 }, '?name=grade_x&at=2026-11-21T12%3A00%3A00.000Z'],
    [{ stream: 's1' }, '?name=grade_x&at=2026-11-21T12%3A00%3A00.000Z&stream=s1'],
  ])('%o sends the picture as it is, with %s', async (change, query) => {
    const { asked, stills } = calls(() => Response.json({ id: 's' }, { status: 201 }))
    expect(await stills.keep({ ...still, ...change })).toEqual({ ok: { id: 's' } })
    const [{ url, init }] = asked as [(typeof asked)[number]]
    expect([url, init.method, init.body]).toEqual([`/api/room/stills${query}`, 'POST', still.file])
    expect(init.headers).toMatchObject({ Authorization: 'Bearer token', 'Content-Type': 'image/png' })
  })
})

describe('what does not work', () => {
  it.each<[string, () => Response | Promise<Response>, unknown]>([
    ['a refusal', () => Response.json({ code: 'stills_full' }, { status: 409 }), { refused: 'stills_full' }],
    ['a server that fails', () => Response.json({ code: 'x' }, { status: 503 }), 'unreachable'],
    ['an answer of something else', () => new Response('<html>', { status: 404 }), 'unreachable'],
    ['no answer', () => Promise.reject(new TypeError('x')), 'unreachable'],
  ])('%s is told, and nothing throws', async (_, answer, fault) => {
    const { stills } = calls(answer)
    const { list, keep, file, remove } = stills
    expect(await Promise.all([list(), keep(still), file('a'), remove('a')])).toEqual(Array(4).fill(fault))
  })
})
