import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, makeLink, makeRoom } from '../../test/support/api.ts'
import { type RequestOptions, SECRET, type TestApp, testApp } from '../../test/support/app.ts'
import { newBrowser } from '../../test/support/passkeys.ts'
import { type CallerName, routeRows } from '../../test/support/route-rows.ts'
import { makeUser } from '../../test/support/users.ts'
import type { MadeApiKey } from '../api-keys/schema.ts'
import { routes } from '../app.ts'
import { mintStartToken } from './mint.ts'
import { keyRights, type Right } from './rights.ts'

/**
 * Every route × every caller, against what is written in the table of routes, not against the matrix in the code. Who may
 * is neither unknown (401) nor without the right (`forbidden`); what else stands against the call does not matter here.
 */

let app: TestApp
let ids: Record<string, string>
/** Keys with one right each. */
const keys = {} as Record<Right, string>
beforeAll(async () => {
  app = await testApp()
  app.origin.answer = () => Response.json({ statusCode: 200, message: 'OK', response: [] })
  const room = await makeRoom(app)
  const link = await makeLink(app, room.id)
  ids = {
    ':id': room.id,
    ':linkId': link.id,
    ':personId': 'nobodynobodynobo',
    ':originId': 'default',
    ':name': 'aside',
    ':slug': 'aside',
  }
  // Only an owner can give all of them.
  const { headers } = await makeUser(app, 'owner')
  for (const right of keyRights) {
    const json = { name: right, rights: [right] }
    const { body } = await ask<MadeApiKey>(app, 'POST', '/api/keys', { token: null, headers, json })
    keys[right] = body.secret
  }
})
afterAll(async () => {
  await app.settled()
  app.close()
})

/** Users are made anew for each call: some calls sign them out. */
const user = async (role: 'owner' | 'admin' | 'operator' | 'guest') => ({
  token: null,
  headers: (await makeUser(app, role)).headers,
})
const callers: Record<Exclude<CallerName, 'key'>, () => Promise<RequestOptions>> = {
  owner: () => user('owner'),
  admin: () => user('admin'),
  operator: () => user('operator'),
  guest: () => user('guest'),
  token: async () => ({ token: app.config.adminToken! }),
  start: async () => ({ token: await mintStartToken(SECRET, app.clock.now) }),
  stranger: async () => ({ token: null }),
}

type Row = (typeof routeRows)[number]

async function may({ method, path, json }: Row, options: RequestOptions): Promise<boolean> {
  const at = path.replace(/:\w+/g, name => ids[name]!)
  // From a new address each, and none has tried before: a limit is no answer to the question.
  const { address } = newBrowser()
  await app.db.execute('DELETE FROM limits')
  const { status, body } = await ask(app, method, at, {
    ...options,
    address: address!,
    ...(json && { json }),
  })
  expect(status).not.toBe(429)
  expect(status).toBeLessThan(500)
  return status !== 401 && (body as { code?: string } | undefined)?.code !== 'forbidden'
}

test('every route has a row', () => {
  expect(routes.map(({ method, path }) => `${method.toUpperCase()} ${path}`).sort()).toEqual(
    routeRows.map(({ name }) => name).sort(),
  )
})

// What deletes comes last.
const ordered = [...routeRows].sort((a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'))

describe.each(ordered)('$name', row => {
  const { who, may: expected, noKey } = row

  test('may be called by whom it says, and by nobody else', async () => {
    const found: string[] = []
    for (const [name, options] of Object.entries(callers))
      if (await may(row, await options())) found.push(name)
    expect(found.sort()).toEqual(expected.filter(name => name !== 'key').sort())
  })

  test('may be called by an API key with its right, and with no other alone', async () => {
    const found: string[] = []
    for (const right of keyRights) if (await may(row, { token: keys[right] })) found.push(right)
    const right = typeof who === 'object' ? who.right : undefined
    if (expected.includes('key')) expect(found).toEqual(keyRights)
    else expect(found).toEqual(keyRights.filter(one => one === right && !noKey))
  })
})

const changing = ordered.filter(({ method, who }) => method !== 'GET' && who !== 'origin')

describe('from somebody else’s page', () => {
  test.each(changing)(
    '$name is refused, though an owner is signed in',
    async ({ method, path, json, who }) => {
      const { headers } = await makeUser(app, 'owner')
      const at = path.replace(/:\w+/g, name => ids[name]!)
      const options = {
        token: null,
        headers: { ...headers, origin: 'https://evil.example' },
        ...(json && { json }),
      }
      const { status, body } = await ask(app, method, at, options)
      // A person is asked for their bearer first, which no page of somebody else's has.
      expect([status, body.code]).toEqual(
        who === 'person' ? [401, 'unauthenticated'] : [403, 'foreign_origin'],
      )
    },
  )
})
