import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, rows } from '../../test/support/api.ts'
import { type RequestOptions, type TestApp, testApp } from '../../test/support/app.ts'
import { accounts } from '../../test/support/passkeys.ts'
import { makeUser, type TestUser } from '../../test/support/users.ts'

/** Whatever happens, an owner who can sign in stays. */

let app: TestApp
let owner: TestUser
beforeEach(async () => {
  app = await testApp()
  owner = await makeUser(app, 'owner', { email: 'olga@post.example' })
})
afterEach(async () => {
  await app.settled()
  app.close()
})

const as = (who: TestUser, method: string, path: string, options: RequestOptions = {}) =>
  ask(app, method, path, { token: null, headers: who.headers, ...options })

const ways: Record<string, (who: TestUser, whom: TestUser) => ReturnType<typeof as>> = {
  'made an admin': (who, whom) => as(who, 'PATCH', `/api/users/${whom.id}`, { json: { role: 'admin' } }),
  'made an operator': (who, whom) =>
    as(who, 'PATCH', `/api/users/${whom.id}`, { json: { role: 'operator' } }),
  'made a guest': (who, whom) => as(who, 'PATCH', `/api/users/${whom.id}`, { json: { role: 'guest' } }),
  disabled: (who, whom) => as(who, 'PATCH', `/api/users/${whom.id}`, { json: { disabled: true } }),
  removed: (who, whom) => as(who, 'DELETE', `/api/users/${whom.id}`),
}

describe.each(Object.keys(ways))('%s', way => {
  const lose = ways[way]!
  const refused = { status: 409, body: { code: 'last_owner' } }

  test('the only owner is not', async () => {
    await makeUser(app, 'admin')
    const before = await accounts(app)
    expect(await lose(owner, owner)).toMatchObject(refused)
    expect(await accounts(app)).toEqual(before)
    expect((await as(owner, 'GET', '/api/session')).status).toBe(200)
  })

  test.each([
    ['disabled', 'UPDATE users SET disabled_at = 1 WHERE id = :id'],
    ['invited and has not come', 'DELETE FROM passkeys WHERE user_id = :id'],
  ])('nor while another owner is %s', async (_, sql) => {
    const { id } = await makeUser(app, 'owner')
    await app.db.execute({ sql, args: { id } })
    expect(await lose(owner, owner)).toMatchObject(refused)
  })

  test('one of two is, by themselves or the other; then the other is not', async () => {
    const other = await makeUser(app, 'owner', { email: 'otto@post.example' })
    expect((await lose(owner, other)).status).toBeLessThan(300)
    expect(await lose(owner, owner)).toMatchObject(refused)
  })

  test('two owners do it to each other at once: one stays', async () => {
    const other = await makeUser(app, 'owner', { email: 'otto@post.example' })
    const all = await Promise.all([lose(owner, other), lose(other, owner)])
    const done = all.filter(({ status }) => status < 300)
    expect(done).toHaveLength(1)
    expect(await rows(app, "users WHERE role = 'owner' AND disabled_at IS NULL")).toHaveLength(1)
  })

  test('each of five owners gives it up at once: one stays', async () => {
    const others = await Promise.all(
      [1, 2, 3, 4].map(i => makeUser(app, 'owner', { email: `o${i}@post.example` })),
    )
    await Promise.all([owner, ...others].map(one => lose(one, one)))
    expect(await rows(app, "users WHERE role = 'owner' AND disabled_at IS NULL")).toHaveLength(1)
  })
})

test('the last owner may change what does not lose it', async () => {
  const path = `/api/users/${owner.id}`
  for (const json of [{ name: 'Olga' }, { role: 'owner' }, { disabled: false }, { email: null }, {}])
    expect((await as(owner, 'PATCH', path, { json })).status).toBe(200)
})

test.each([
  ['', 'NULL'],
  [', though the identity provider signs them in too', "'1'"],
])('an owner keeps their last passkey%s', async (_, subject) => {
  await app.db.execute(`UPDATE users SET issuer = 'https://id.example', subject = ${subject}`)
  const [passkey] = await rows(app, 'passkeys')
  const answer = await as(owner, 'DELETE', `/api/account/passkeys/${passkey!.id}`)
  expect(answer).toMatchObject({ status: 409, body: { code: 'last_passkey' } })
  expect(await rows(app, 'passkeys')).toEqual([passkey])
})
