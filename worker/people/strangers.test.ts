import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  type Answer,
  ask,
  ingestKey,
  joinRequest,
  makeLink,
  makeRoom,
  rows,
  secretOf,
} from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { makeRowKey } from '../crypto/row-key.ts'
import type { Room } from '../rooms/schema.ts'
import type { JoinAnswer } from './schema.ts'

let app: TestApp
let room: Room
beforeEach(async () => {
  app = await testApp()
  room = await makeRoom(app)
})
afterEach(async () => {
  await app.settled()
  app.close()
})

const tryJoin = (json: unknown, token: string | null = null) =>
  ask<JoinAnswer>(app, 'POST', '/api/join', { json, token })

describe('strangers', () => {
  /** What a stranger can see of an answer; the request id is random. */
  const seen = ({ status, headers, body }: Answer<unknown>) => {
    const { 'x-request-id': _, ...rest } = headers
    return { status, headers: rest, body }
  }

  test('all get one answer after the same work', async () => {
    const link = await makeLink(app, room.id)
    const withPin = await makeLink(app, room.id, { pin: '1234', askName: true })
    const other = await makeRoom(app, { slug: 'other' })
    const otherLink = await makeLink(app, other.id)
    const ended = await makeRoom(app, { slug: 'ended', endsAt: '2026-11-21T11:00:00Z' })
    const endedLink = await makeLink(app, ended.id)
    const revoked = await makeLink(app, room.id)
    await ask(app, 'DELETE', `/api/rooms/${room.id}/links/${revoked.id}`)
    const right = joinRequest(link)
    const secret = secretOf(link)
    const flip = (text: string, at: number) =>
      text.slice(0, at) + (text[at] === 'a' ? 'b' : 'a') + text.slice(at + 1)
    const genuine = (id: string, version: number) => makeRowKey(app.keys, 'link-secret', { id, version })

    const tries: [string, object][] = [
      ['unknown slug', { ...right, slug: 'unknown' }],
      ['empty slug', { ...right, slug: '' }],
      ['slug in capitals', { ...right, slug: 'NORDLICHT' }],
      ['slug with a NUL', { ...right, slug: 'nordlicht\u0000' }],
      ['half a character', { ...right, slug: '\ud800' }],
      ['unknown link', { ...right, secret: await genuine('aaaaaaaaaaaaaaaa', 1) }],
      ['another room’s link', joinRequest(otherLink, { slug: room.slug })],
      ['another room’s slug', joinRequest(link, { slug: other.slug })],
      ['an ended room under another slug', joinRequest(endedLink, { slug: room.slug })],
      ['a revoked link under another slug', joinRequest(revoked, { slug: other.slug })],
      ['a replaced secret', { ...right, secret: await genuine(link.id, 2) }],
      ['version nought', { ...right, secret: flip(secret, 18) }],
      ['first character', { ...right, secret: flip(secret, 0) }],
      ['last character', { ...right, secret: flip(secret, 47) }],
      ['capitals', { ...right, secret: secret.toUpperCase() }],
      ['too short', { ...right, secret: secret.slice(0, 47) }],
      ['too long', { ...right, secret: `${secret}a` }],
      ['empty secret', { ...right, secret: '' }],
      ['an ingest key', { ...right, secret: await ingestKey(app, room.id) }],
      ['the link’s id', { ...right, secret: link.id }],
      ['with a PIN', { ...right, secret: flip(secret, 5), pin: '1234' }],
      ['a PIN link, mutated', { ...joinRequest(withPin), secret: flip(secretOf(withPin), 30), pin: '1234' }],
      ['with a name', { ...right, secret: flip(secret, 9), name: 'Anna' }],
    ]
    const expected = {
      status: 404,
      headers: {
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'content-type': 'application/problem+json',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      },
      body: {
        type: 'urn:sightline:problem:not_found',
        title: 'Not found',
        status: 404,
        code: 'not_found',
        detail: 'There is nothing here, or it is not for you.',
      },
    }
    for (const [why, json] of tries) {
      app.roundTrips()
      const answer = await tryJoin(json)
      expect({ why, trips: app.roundTrips(), ...seen(answer) }).toEqual({ why, trips: 1, ...expected })
    }
    expect(await rows(app, 'people')).toEqual([])
    expect(await rows(app, 'links', 'DISTINCT uses')).toEqual([{ uses: 0 }])
  })

  test('not one changed character of a secret lets anybody in', async () => {
    const link = await makeLink(app, room.id)
    const secret = secretOf(link)
    for (let at = 0; at < secret.length; at++) {
      const letter = secret[at] === '7' ? '2' : '7'
      const changed = secret.slice(0, at) + letter + secret.slice(at + 1)
      expect({ at, status: (await tryJoin(joinRequest(link, { secret: changed }))).status }).toEqual({
        at,
        status: 404,
      })
    }
  })

  test.each<[object, string, string]>([
    [{ secret: 'x' }, 'slug', 'is required'],
    [{ slug: 'x' }, 'secret', 'is required'],
    [{ slug: 1, secret: 'x' }, 'slug', 'must be text'],
    [{ slug: 'x', secret: null }, 'secret', 'must be text'],
    [{ slug: 'x', secret: 'y', role: 'host' }, 'role', 'is not known here'],
    [{ slug: 'x', secret: 'y', name: '' }, 'name', 'must not be empty'],
    [{ slug: 'x', secret: 'y', name: 'x'.repeat(81) }, 'name', 'must have at most 80 characters'],
    [{ slug: 'x', secret: 'y', name: 'a\u0000' }, 'name', 'must be one line without control characters'],
    [{ slug: 'x', secret: 'y', name: 'a\u202eb' }, 'name', 'must be one line without control characters'],
    [{ slug: 'x', secret: 'y', pin: 'abcd' }, 'pin', 'must be digits'],
    [{ slug: 'x', secret: 'y', pin: '1234567890123' }, 'pin', 'must be digits'],
    [{ slug: 'x', secret: 'y', pin: 1234 }, 'pin', 'must be text'],
  ])('%j is refused before the database is asked', async (json, field, detail) => {
    app.roundTrips()
    expect(await tryJoin(json)).toMatchObject({
      status: 400,
      body: { code: 'invalid', errors: [{ field, detail }] },
    })
    expect(app.roundTrips()).toBe(0)
  })

  test('a refusal repeats nothing that was sent', async () => {
    const secret = `mine-${'s'.repeat(300)}`
    const { body } = await ask(app, 'POST', '/api/join', {
      token: null,
      json: { slug: 'x', secret, pin: '99x99' },
    })
    expect(JSON.stringify(body)).not.toContain('mine-')
    expect(JSON.stringify(body)).not.toContain('99x99')
  })
})
