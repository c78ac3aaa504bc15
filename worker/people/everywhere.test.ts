import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  ask,
  join,
  joinRequest,
  makeInvitation,
  makeLink,
  makeRoom,
  playback,
  rows,
  watch,
} from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { webhook } from '../../test/support/ome.ts'
import { makeUser } from '../../test/support/users.ts'
import { newId } from '../crypto/id.ts'
import { sql } from '../db.ts'
import type { Link } from '../links/schema.ts'
import type { Room } from '../rooms/schema.ts'
import { joinByInvitation } from './invited.ts'

/** Links that an owner made for every room; and that no other link is one. */

let app: TestApp
let home: Room
let other: Room
beforeEach(async () => {
  app = await testApp()
  home = await makeRoom(app)
  other = await makeRoom(app, { slug: 'other' })
})
afterEach(async () => {
  await app.settled()
  app.close()
})

async function makeOne(opens: Link['opens'], fields: object = {}): Promise<Link> {
  const link = await makeLink(app, home.id, fields)
  await app.db.execute(sql('UPDATE links SET opens = :opens WHERE id = :id', { opens, id: link.id }))
  return link
}

const tryOther = async (link: Link, fields: object = {}) => {
  const json = joinRequest(link, { slug: other.slug, ...fields })
  const { status, body } = await ask(app, 'POST', '/api/join', { token: null, json })
  return [status, body.code]
}
const NOTHING_HERE = [404, 'not_found']

describe('a link that opens everything', () => {
  test('opens another room: its picture, its seats, and nothing of its own room', async () => {
    const link = await makeOne('everything')
    const { token, room, person } = await join(app, link, { slug: other.slug })
    expect(room.slug).toBe('other')
    expect(await rows(app, 'people', 'id, room_id, link_id')).toEqual([
      { id: person.id, room_id: other.id, link_id: link.id },
    ])
    const { body } = await ask(app, 'GET', '/api/room', { token })
    expect(body).toMatchObject({ room: { slug: 'other' }, person: { id: person.id } })
    expect((await playback(app, token)).webrtc.url).toContain('/app/other?')
    expect(await watch(app, token)).toMatchObject({ allowed: true })
    expect(await rows(app, 'leases', 'room_id, link_id')).toEqual([{ room_id: other.id, link_id: link.id }])
  })

  test('is somebody else in each room: the bearer of one is none in another', async () => {
    const link = await makeOne('everything')
    const first = await join(app, link)
    const second = await join(app, link, { slug: other.slug }, first.token)
    expect(second.person.id).not.toBe(first.person.id)
    const again = await join(app, link, { slug: other.slug }, second.token)
    expect(again.person.id).toBe(second.person.id)
  })

  test('opens no room past its own conditions, nor past those of the room', async () => {
    const link = await makeOne('everything', { pin: '1234', maxUses: 2 })
    expect(await tryOther(link)).toEqual([403, 'pin_required'])
    expect(await tryOther(link, { pin: '4321' })).toEqual([403, 'pin_wrong'])
    expect(await tryOther(link, { pin: '1234' })).toEqual([200, undefined])
    await ask(app, 'PATCH', `/api/rooms/${other.id}`, { json: { state: 'ended' } })
    expect(await tryOther(link, { pin: '1234' })).toEqual([410, 'room_ended'])
    await ask(app, 'PATCH', `/api/rooms/${other.id}`, { json: { state: 'open' } })
    await join(app, link, { pin: '1234' })
    expect(await tryOther(link, { pin: '1234' })).toEqual([410, 'link_used_up'])
    expect(await tryOther(link, { slug: 'nowhere', pin: '1234' })).toEqual(NOTHING_HERE)
  })

  test('waits where the other room has a waiting room, and is let in when that is given up', async () => {
    await ask(app, 'PATCH', `/api/rooms/${other.id}`, { json: { waitingRoom: true } })
    const { token, state } = await join(app, await makeOne('everything'), { slug: other.slug })
    expect(state).toBe('waiting')
    await ask(app, 'PATCH', `/api/rooms/${other.id}`, { json: { waitingRoom: false } })
    expect((await ask(app, 'GET', '/api/room', { token })).body.state).toBe('admitted')
  })

  test('revoked, it opens nothing, and who came through it is out everywhere', async () => {
    const link = await makeOne('everything')
    const { token } = await join(app, link, { slug: other.slug })
    await ask(app, 'DELETE', `/api/rooms/${home.id}/links/${link.id}`)
    expect(await tryOther(link)).toEqual([410, 'link_revoked'])
    expect((await ask(app, 'GET', '/api/room', { token })).body.code).toBe('link_revoked')
  })

  test('that opens only its own room from now on keeps nobody in others', async () => {
    const link = await makeOne('everything')
    const there = await join(app, link, { slug: other.slug })
    const here = await join(app, link)
    await watch(app, there.token)
    const { webrtc } = await playback(app, there.token)
    const { headers } = await makeUser(app, 'owner')
    const change = (json: object) =>
      ask(app, 'PATCH', `/api/rooms/${home.id}/links/${link.id}`, { json, headers, token: null })
    expect((await change({ label: 'Same' })).status).toBe(200)
    expect((await ask(app, 'GET', '/api/room', { token: there.token })).status).toBe(200)
    expect((await change({ opens: 'room' })).status).toBe(200)
    expect((await ask(app, 'GET', '/api/room', { token: there.token })).body.code).toBe('removed')
    expect(await webhook(app, { url: webrtc.url, address: '192.0.2.1' })).toMatchObject({
      allowed: false,
      reason: 'removed',
    })
    expect((await ask(app, 'GET', '/api/room', { token: here.token })).status).toBe(200)
    expect(await rows(app, 'leases')).toEqual([])
  })

  test('is gone with its own room, and whoever came through it', async () => {
    const link = await makeOne('everything')
    const { token } = await join(app, link, { slug: other.slug })
    await watch(app, token)
    await ask(app, 'DELETE', `/api/rooms/${home.id}`)
    expect(await tryOther(link)).toEqual(NOTHING_HERE)
    expect((await ask(app, 'GET', '/api/room', { token })).status).toBe(401)
    expect([await rows(app, 'people'), await rows(app, 'leases'), await rows(app, 'links')]).toEqual([
      [],
      [],
      [],
    ])
    expect(await rows(app, 'rooms', 'slug')).toEqual([{ slug: 'other' }])
  })
})

test.each(['room', 'subrooms'] as const)('a link that opens %s opens no other room', async opens => {
  const link = await makeOne(opens)
  expect(await tryOther(link)).toEqual(NOTHING_HERE)
  const { token } = await join(app, link)
  expect(
    (await ask(app, 'POST', '/api/join', { token, json: joinRequest(link, { slug: other.slug }) })).status,
  ).toBe(404)
  expect(await rows(app, 'people', 'room_id')).toEqual([{ room_id: home.id }])
})

test('an invitation is for its own room, whatever it opens', async () => {
  await makeInvitation(app, home.id, { kind: 'email', value: 'ada@example.com' })
  await app.db.execute("UPDATE links SET opens = 'everything'")
  const ada = { who: { email: 'ada@example.com', groups: [] }, account: 'a', name: 'Ada', address: undefined }
  const comes = async (slug: string) =>
    (await joinByInvitation(app.db, { ...ada, slug, personId: newId() }, NOON)).joined
  expect([await comes(other.slug), await comes(home.slug)]).toEqual([false, true])
})
