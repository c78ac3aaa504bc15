import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, makeInvitation, makeLink, makeRoom, rows } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { makeRowKey } from '../crypto/row-key.ts'
import type { Room } from '../rooms/schema.ts'
import type { Link } from './schema.ts'

let app: TestApp
let room: Room
beforeEach(async () => {
  app = await testApp()
  room = await makeRoom(app)
})
afterEach(() => app.close())

const ada = { kind: 'email', value: 'ada@example.com' } as const
const create = (json: object) =>
  ask<Link>(app, 'POST', `/api/rooms/${room.id}/links`, { json: { label: 'Client', ...json } })
const change = (link: Link, json: object) =>
  ask<Link>(app, 'PATCH', `/api/rooms/${room.id}/links/${link.id}`, { json })

test.each([
  [{ kind: 'email', value: ' Ada@Example.com' }, ada],
  [
    { kind: 'domain', value: '@Example.com' },
    { kind: 'domain', value: 'example.com' },
  ],
  [
    { kind: 'group', value: 'Colour' },
    { kind: 'group', value: 'Colour' },
  ],
])('an invitation of %j is a link without an address', async (invite, stored) => {
  const { status, body } = await create({ invite, role: 'reviewer', maxUses: 3, maxDevices: 2 })
  expect({ status, body }).toMatchObject({
    status: 201,
    body: { invite: stored, url: null, role: 'reviewer', name: null, askName: false, pin: false, maxUses: 3 },
  })
  expect(await rows(app, 'links', 'invite_kind, invite_value')).toEqual([
    { invite_kind: stored.kind, invite_value: stored.value },
  ])
  const { body: list } = await ask(app, 'GET', `/api/rooms/${room.id}/links`)
  expect(list).toEqual({ items: [body], next: null })
})

describe('what an invitation has no use for is refused', () => {
  const wrong = (field: string, detail = 'cannot be given for an invitation') => ({
    status: 400,
    body: { code: 'invalid', errors: [{ field, detail }] },
  })

  test.each([
    ['name', { name: 'Ada' }],
    ['askName', { askName: true }],
    ['pin', { pin: '1234' }],
  ])('%s', async (field, given) => {
    expect(await create({ invite: ada, ...given })).toMatchObject(wrong(field))
    const link = await makeInvitation(app, room.id, ada)
    const before = await rows(app, 'links')
    expect(await change(link, given)).toMatchObject(wrong(field))
    expect(await rows(app, 'links')).toEqual(before)
  })

  test('said as absent it is taken', async () => {
    const absent = { name: null, askName: false, pin: null }
    const { status, body } = await create({ invite: ada, ...absent })
    expect([status, (await change(body, { ...absent, label: 'Ada' })).body.label]).toEqual([201, 'Ada'])
  })

  test('a person to invite who is none', async () => {
    expect(await create({ invite: { kind: 'email', value: 'ada' } })).toMatchObject(
      wrong('invite.value', 'must be an e-mail address'),
    )
    expect(await create({ invite: null })).toMatchObject({ status: 400 })
    expect(await rows(app, 'links')).toEqual([])
  })
})

test('whom a link invites does not change, nor does a link become an invitation', async () => {
  const invitation = await makeInvitation(app, room.id, ada)
  const link = await makeLink(app, room.id)
  for (const one of [invitation, link])
    for (const invite of [null, ada, { kind: 'domain', value: 'example.com' }])
      expect((await change(one, { invite })).status).toBe(400)
})

test('the window, the uses and the label of an invitation can be changed, and it is revoked and given back', async () => {
  const invitation = await makeInvitation(app, room.id, ada)
  const said = { label: 'Ada', maxUses: 9, endsAt: '2026-11-22T12:00:00.000Z' }
  expect((await change(invitation, said)).body).toEqual(
    expect.objectContaining({ ...said, invite: ada, url: null }),
  )
  expect((await change(invitation, { revoked: true })).body.state).toBe('revoked')
  expect((await change(invitation, { revoked: false })).body.state).toBe('active')
  expect(
    (await change(invitation, { endsAt: '2026-11-20T12:00:00Z', startsAt: '2026-11-21T12:00:00Z' })).body,
  ).toMatchObject({
    errors: [{ field: 'endsAt', detail: 'must be later than startsAt' }],
  })
})

test('no secret opens an invitation, not even a genuine one, and it looks like a link that is not there', async () => {
  const invitation = await makeInvitation(app, room.id, ada)
  const joinWith = async (id: string) => {
    const secret = await makeRowKey(app.keys, 'link-secret', { id, version: 1 })
    const { status, body } = await ask(app, 'POST', '/api/join', {
      token: null,
      json: { slug: room.slug, secret },
    })
    return { status, body }
  }
  const absent = await joinWith('aaaaaaaaaaaaaaaa')
  expect(await joinWith(invitation.id)).toEqual(absent)
  expect(absent.status).toBe(404)
  expect(await rows(app, 'people')).toEqual([])
})
