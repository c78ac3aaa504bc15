import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Session } from './api/client.ts'
import { ApiFailure } from './api/failure.ts'
import { check, keep, may, session, signOut, signOutEverywhere } from './session.ts'

const value: Session = {
  kind: 'user',
  user: { id: 'u1', name: 'Head of colour', role: 'operator' },
  role: 'operator',
  rights: ['rooms:read', 'account'],
  demo: false,
  version: '1.0.0',
  publicUrl: null,
  originConfigured: true,
}

const answers: (Response | Error)[] = []
const calls: string[] = []

beforeEach(() => {
  calls.length = 0
  answers.length = 0
  session.value = { is: 'checking' }
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    calls.push(`${init.method} ${path}`)
    const answer = answers.shift()
    if (!answer || answer instanceof Error) throw answer ?? new Error('no answer left')
    return answer
  })
})
afterEach(() => vi.unstubAllGlobals())

const known = () => new Response(JSON.stringify(value))
const refused = (status: number, code: string) =>
  new Response(JSON.stringify({ code, detail: '' }), { status })

test('a cookie that counts', async () => {
  answers.push(known())
  await check()
  expect(session.value).toEqual({ is: 'signed-in', session: value })
})

test('no cookie, or one that does not count', async () => {
  answers.push(refused(401, 'unauthenticated'))
  await check()
  expect(session.value).toEqual({ is: 'signed-out', because: null })
})

test.each([
  [new TypeError('failed to fetch'), new ApiFailure(0, 'unreachable', '')],
  [refused(503, 'unavailable'), new ApiFailure(503, 'unavailable', '')],
])('a server that does not answer signs nobody out', async (answer, failure) => {
  answers.push(answer)
  await check()
  expect(session.value).toEqual({ is: 'unreached', failure })
})

test('a session that ends meanwhile says so', async () => {
  answers.push(known(), refused(401, 'unauthenticated'))
  await check()
  const again = signOut()
  await expect(again).rejects.toMatchObject({ status: 401 })
  expect(session.value).toEqual({ is: 'signed-out', because: 'ended' })
})

test.each([
  [signOut, 'DELETE /api/session'],
  [signOutEverywhere, 'DELETE /api/account/sessions'],
])('signing out, by one’s own wish', async (leave, call) => {
  answers.push(known(), new Response(null, { status: 204 }))
  await check()
  await leave()
  expect(calls).toEqual(['GET /api/session', call])
  expect(session.value).toEqual({ is: 'signed-out', because: null })
})

test('signing out without a server does not pretend', async () => {
  answers.push(known(), new TypeError('failed to fetch'))
  await check()
  await expect(signOut()).rejects.toMatchObject({ code: 'unreachable' })
  expect(session.value).toEqual({ is: 'signed-in', session: value })
})

test('a later question is the one that counts', async () => {
  answers.push(refused(401, 'unauthenticated'), known())
  await Promise.all([check(), check()])
  expect(session.value).toEqual({ is: 'signed-in', session: value })
})

test('rights are the session’s, and nobody’s without one', async () => {
  expect(may('rooms:read')).toBe(false)
  answers.push(known())
  await check()
  expect([may('rooms:read'), may('rooms:delete')]).toEqual([true, false])
})

test('somebody who is there keeps their session, once a minute, and sees what rights they have now', async () => {
  answers.push(known())
  await check()
  const fewer = { ...value, rights: ['account'] as Session['rights'] }
  answers.push(new Response(JSON.stringify(fewer)))
  await keep(1_000_000)
  expect(session.value).toEqual({ is: 'signed-in', session: fewer })
  await keep(1_059_999)
  expect(calls).toHaveLength(2)
  answers.push(new TypeError('failed to fetch'))
  await keep(1_060_000)
  expect(calls).toHaveLength(3)
  expect(session.value).toEqual({ is: 'signed-in', session: fewer })
})

test('nobody is kept who is not signed in; whose session has ended is told', async () => {
  await keep(2_000_000)
  expect(calls).toEqual([])
  answers.push(known())
  await check()
  answers.push(refused(401, 'unauthenticated'))
  await keep(2_100_000)
  expect(session.value).toEqual({ is: 'signed-out', because: 'ended' })
})
