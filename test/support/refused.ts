import { expect } from 'vitest'
import { rows } from './api.ts'
import type { TestApp } from './app.ts'
import type { Jar } from './sign-in.ts'

/** What a stranger sees of every sign-in that fails. */
export const REFUSED = {
  status: 403,
  body: {
    type: 'urn:sightline:problem:sign_in_failed',
    title: 'Not allowed',
    status: 403,
    code: 'sign_in_failed',
    detail:
      'Signing in did not work. Start again, and if it happens again, ask an owner whether you may sign in here.',
  },
}

/** That a sign-in came to nothing, that the caller learnt nothing, and that the audit says why. */
export async function expectRefusal(
  app: TestApp,
  jar: Jar,
  answer: { status: number; body: unknown },
  reason: string,
  detail: unknown = undefined,
) {
  expect({ status: answer.status, body: answer.body }).toEqual(REFUSED)
  expect(jar.cookies.get('__Host-sightline')).toBeUndefined()
  await app.settled()
  expect({
    users: await rows(app, 'users'),
    sessions: await rows(app, 'sessions'),
    people: await rows(app, 'people'),
    settings: await rows(app, 'settings'),
  }).toEqual({ users: [], sessions: [], people: [], settings: [] })
  const [noted] = (await rows(app, 'audit', 'action, outcome, user_agent, params')).slice(-1)
  expect({ ...noted, params: JSON.parse(String(noted!.params)) }).toEqual({
    action: 'session.sign-in',
    outcome: 'refused',
    user_agent: 'Tests',
    params: { via: 'oidc', reason, code: 'sign_in_failed', ...(detail === undefined ? {} : { detail }) },
  })
}
