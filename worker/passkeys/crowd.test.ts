import { afterEach, beforeEach, expect, test } from 'vitest'
import { rows } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import {
  accounts,
  answerSignIn,
  audited,
  givePasskey,
  newBrowser,
  signInBy,
  signInOptions,
} from '../../test/support/passkeys.ts'
import { makeUser } from '../../test/support/users.ts'
import { LIMITS } from '../limits/rules.ts'

const { tries } = LIMITS['sign-in']
const MINUTE = 60_000

let app: TestApp
beforeEach(async () => {
  app = await testApp()
})
afterEach(async () => {
  await app.settled()
  app.close()
})

test('a thousand wrong sign-ins at once: so many are tried, the address is blocked, nothing else changes', async () => {
  const user = await makeUser(app, 'owner')
  const { authenticator } = await givePasskey(app, user.id)
  const [crowd, elsewhere] = [newBrowser(), newBrowser()]
  const forged = authenticator.get(await signInOptions(app, crowd), { forged: true })
  app.clock.now += MINUTE
  await app.settled()
  const before = await accounts(app)
  const said = (await audited(app)).length

  const all = await Promise.all(
    Array.from({ length: 1000 }, () =>
      answerSignIn(app, { ...crowd, cookies: new Map(crowd.cookies) }, forged),
    ),
  )
  const codes = all.map(({ status, body }) => `${status} ${body.code}`)
  const times = (code: string) => codes.filter(one => one === code).length
  // Those that were let in before the twentieth failure had blocked the address fail like it.
  expect(new Set(codes)).toEqual(new Set(['403 sign_in_failed', '429 too_many', '403 blocked'].filter(times)))
  expect(times('403 sign_in_failed')).toBeLessThanOrEqual(tries)
  expect(times('403 sign_in_failed')).toBeGreaterThanOrEqual(LIMITS['sign-in-failed'].tries)
  expect(await accounts(app)).toEqual(before)
  expect(await rows(app, 'blocks', 'DISTINCT block, source, until')).toEqual([
    { block: crowd.address, source: 'sign-in', until: app.clock.now + 3600_000 },
  ])

  // The right answer from there is not looked at; from elsewhere it is.
  app.clock.now += MINUTE
  const { status, body } = await answerSignIn(app, crowd, forged)
  expect([status, body.code]).toEqual([403, 'blocked'])
  expect((await signInBy(app, elsewhere, authenticator)).status).toBe(200)

  // What was tried is told one by one; what was beyond the limit, or from a blocked address, as numbers.
  await app.minute()
  const told = (await audited(app, 'action, outcome, address, params')).slice(said)
  const of = (action: string) => told.filter(row => row.action === action)
  expect(of('block.auto')[0]).toMatchObject({ outcome: 'done', address: crowd.address })
  expect(of('session.sign-in').filter(row => row.outcome === 'refused')).toHaveLength(
    times('403 sign_in_failed'),
  )
  const counted = of('strangers.failed').map(row => JSON.parse(String(row.params)))
  expect(counted[0]).toMatchObject({ addresses: 1 })
  const sum = (code: string) =>
    counted.reduce((all, params) => all + (params[`post /api/auth/passkey ${code}`] ?? 0), 0)
  expect([sum('too_many'), sum('blocked')]).toEqual([times('429 too_many'), times('403 blocked') + 1])
}, 60_000)

test('the block ends after an hour', async () => {
  const { authenticator } = await givePasskey(app, (await makeUser(app, 'owner')).id)
  const jar = newBrowser()
  for (let i = 0; i < LIMITS['sign-in-failed'].tries; i++) {
    const { status, body } = await signInBy(app, jar, authenticator, { forged: true })
    expect([status, body.code]).toEqual([403, 'sign_in_failed'])
  }
  await expect(signInBy(app, jar, authenticator)).rejects.toThrow('answered 403')
  app.clock.now += 60 * MINUTE - 1
  await expect(signInBy(app, jar, authenticator)).rejects.toThrow('answered 403')
  app.clock.now++
  expect((await signInBy(app, jar, authenticator)).status).toBe(200)
})

test('an answer that cannot be one is refused before anything is counted as failed', async () => {
  const jar = newBrowser()
  for (const response of [
    undefined,
    null,
    'x',
    [],
    {},
    { id: 'x' },
    { id: 'x', rawId: 'x', type: 'password', response: {} },
  ])
    expect((await answerSignIn(app, jar, response)).status).toBe(400)
  expect(await rows(app, "limits WHERE key LIKE 'sign-in-failed%'")).toEqual([])
})
