import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import type { AuditEntry } from '../audit/record.ts'
import type { Caller } from '../auth/caller.ts'
import type { App } from '../deps.ts'
import { Problem } from '../problem.ts'
import { recorderOf } from './recorder.ts'
import type { Route, Told } from './route.ts'

const USER: Caller = {
  kind: 'user',
  id: 'u1',
  name: 'Vera',
  role: 'admin',
  rights: new Set(),
  sessionId: 's1',
}

/** What a failed call leaves: entries, and counts of strangers. */
async function left(
  error: unknown,
  { caller, body, told = {}, ...route }: Partial<Route> & { caller?: Caller; body?: never; told?: Told },
  request: RequestInit = {},
) {
  const entries: AuditEntry[] = []
  const counts: [string, string | undefined][] = []
  const app = {
    now: () => 7,
    audit: {
      add: (entry: AuditEntry) => entries.push(entry),
      strangers: (what: string, address: string | undefined) => counts.push([what, address]),
    },
  } as unknown as App
  const definition = { method: 'post', path: '/api/things/:id', ...route } as Route
  const http = new Hono()
  http.post('/api/things/:id', c => {
    const recorder = recorderOf(app, definition, c, '192.0.2.1', () => {})
    recorder.caller = caller
    recorder.body = body
    recorder.tell(told)
    recorder.failed(error)
    return c.body(null)
  })
  await http.request('/api/things/t1', { method: 'POST', ...request })
  return { entries, counts }
}

const audit = { action: 'user.change', kind: 'user' } as const
const problem = (status: 302 | 400 | 401 | 403 | 404 | 409 | 412 | 413 | 415 | 429 | 500 | 503, code = 'x') =>
  new Problem(status, code, 'A sentence.')

describe('a failed call becomes an entry, a count, or neither', () => {
  test.each<[string, unknown, Parameters<typeof left>[1], 'entry' | 'count' | 'nothing']>([
    ['unknown', problem(401), {}, 'count'],
    ['unknown, where it would be recorded', problem(401), { audit }, 'count'],
    ['beyond a limit', problem(429), { audit, limit: 'sign-in' }, 'count'],
    ['beyond a limit, known', problem(429), { audit, caller: USER }, 'count'],
    ['without the right', problem(403), { caller: USER }, 'entry'],
    ['without the right, where it is recorded', problem(403), { audit, caller: USER }, 'entry'],
    ['refused a stranger, where it is recorded', problem(403), { audit }, 'count'],
    [
      'refused a stranger, where it is recorded and limited',
      problem(403),
      { audit, limit: 'sign-in' },
      'entry',
    ],
    [
      'refused a stranger who showed nothing',
      problem(403),
      { audit, limit: 'sign-in', told: { onlyCounted: true } },
      'count',
    ],
    ['from a blocked address', problem(403, 'blocked'), { audit, limit: 'sign-in' }, 'count'],
    ['from a blocked address, known', problem(403, 'blocked'), { audit, caller: USER }, 'entry'],
    [
      'from a blocked address, known, of what only reads',
      problem(403, 'blocked'),
      { caller: USER },
      'nothing',
    ],
    ['from elsewhere', problem(403, 'foreign_origin'), { audit, limit: 'sign-in' }, 'count'],
    ['from elsewhere, known', problem(403, 'foreign_origin'), { audit, caller: USER }, 'entry'],
    ['wrong, of a stranger', problem(400), { audit, limit: 'sign-in' }, 'count'],
    ['too large, of a stranger', problem(413), { audit, limit: 'sign-in' }, 'count'],
    ['of a wrong type, of a stranger', problem(415), { audit, limit: 'sign-in' }, 'count'],
    ['refused a stranger, where tries are limited', problem(403), { limit: 'set-up' }, 'count'],
    ['not there for a stranger, where tries are limited', problem(404), { limit: 'set-up' }, 'count'],
    ['not there for a stranger, where it is recorded too', problem(404), { limit: 'set-up', audit }, 'entry'],
    ['refused a stranger elsewhere', problem(403), {}, 'nothing'],
    ['not there', problem(404), { audit, caller: USER }, 'entry'],
    ['not there, of what only reads', problem(404), { caller: USER }, 'nothing'],
    ['wrong', problem(400), { audit, caller: USER }, 'entry'],
    ['not possible', problem(409), { audit, caller: USER }, 'entry'],
    ['changed meanwhile', problem(412), { audit, caller: USER }, 'entry'],
    ['without the database', problem(503), { audit, caller: USER }, 'nothing'],
    ['failed here', problem(500), { audit, caller: USER, limit: 'set-up' }, 'nothing'],
    ['broken', new Error('x'), { audit, caller: USER, limit: 'set-up' }, 'nothing'],
    ['broken by what is no error', 'x', { audit, caller: USER }, 'nothing'],
  ])('%s', async (_, error, route, expected) => {
    const { entries, counts } = await left(error, route)
    expect([entries.length, counts.length]).toEqual(
      { entry: [1, 0], count: [0, 1], nothing: [0, 0] }[expected],
    )
  })
})

test('an entry says who tried what with which parameters, and why it was refused', async () => {
  const body = { name: 'x', secret: 'not told', response: { id: 'not told' } } as never
  const { entries } = await left(
    problem(409, 'last_owner'),
    { audit, caller: USER, body },
    { headers: { 'user-agent': 'Tests' } },
  )
  expect(entries).toEqual([
    {
      at: 7,
      action: 'user.change',
      outcome: 'refused',
      actor: { kind: 'user', id: 'u1', name: 'Vera' },
      target: { kind: 'user', id: 't1' },
      room: null,
      params: { name: 'x', secret: 'set', response: 'set', code: 'last_owner' },
      address: '192.0.2.1',
      userAgent: 'Tests',
    },
  ])
})

test('a count says which route and why, and nothing of what was sent', async () => {
  const { counts } = await left(problem(401, 'unauthenticated'), { audit })
  expect(counts).toEqual([['post /api/things/:id unauthenticated', '192.0.2.1']])
})
