import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, join, joinRequest, makeLink, makeRoom, rows, watch } from '../../test/support/api.ts'
import { type TestApp, testApp } from '../../test/support/app.ts'
import { connectedPage } from '../../test/support/live-page.ts'
import { plansOf, scans } from '../../test/support/plan.ts'
import type { Link } from '../links/schema.ts'
import type { Room } from '../rooms/schema.ts'
import { listPeople } from './listed.ts'
import type { PeopleList } from './staff-schema.ts'

/** What staff see of a room's people, and do to them, without being in the room. */

let app: TestApp
let room: Room
let hosts: Link
let link: Link
beforeEach(async () => {
  app = await testApp()
  room = await makeRoom(app, { waitingRoom: true })
  hosts = await makeLink(app, room.id, { role: 'host', label: 'Hosts', askName: true })
  link = await makeLink(app, room.id, { role: 'reviewer', askName: true })
})
afterEach(async () => {
  await app.settled()
  app.close()
})

const at = (path = '', roomId = room.id) => `/api/rooms/${roomId}/people${path}`
const list = async () => (await ask<PeopleList>(app, 'GET', at())).body.items
const post = async (path: string, json?: object) => {
  const { status, body } = await ask<{ code?: string }>(app, 'POST', at(path), json ? { json } : {})
  await app.settled()
  return body?.code === undefined ? status : [status, body.code]
}
const knock = (name: string) => join(app, link, { name })
const iso = () => new Date(app.clock.now).toISOString()
const stateOf = async (id: string) => (await list()).find(person => person.id === id)?.state
const audit = () =>
  rows(
    app,
    "audit WHERE action LIKE 'person.%' AND actor_kind = 'token'",
    'action, outcome, target_id, target_name, room_id, params',
  )

describe('the list', () => {
  it('is empty where nobody has been, and there is none of a room that is not there', async () => {
    expect(await ask(app, 'GET', at())).toMatchObject({ status: 200, body: { items: [], next: null } })
    expect((await ask(app, 'GET', at('', 'nowherenowhereno'))).status).toBe(404)
  })

  it('says who is here, who waits, connected or not, and who was removed', async () => {
    const ann = await join(app, hosts, { name: 'Ann' })
    const ben = await knock('Ben')
    const cem = await knock('Cem')
    const dea = await knock('Dea')
    const joined = iso()
    await app.db.execute(
      `UPDATE people SET removed_at = ${app.clock.now + 5}, removed_reason = 'Wrong review.' WHERE id = '${dea.person.id}'`,
    )
    app.clock.now += 1_000
    const came = iso()
    await connectedPage(app, ann.token)
    await connectedPage(app, ben.token)
    const person = (who: typeof ann, of: Link, change: object) => ({
      id: who.person.id,
      name: who.person.name,
      link: { id: of.id, label: of.label },
      role: of.role,
      permissions: of.permissions,
      waitingFor: null,
      connected: false,
      since: joined,
      watermark: null,
      reason: null,
      ...change,
    })
    const byName = (await list()).toSorted((a, b) => (a.name < b.name ? -1 : 1))
    expect(byName).toEqual([
      person(ann, hosts, { state: 'here', connected: true, since: came }),
      person(ben, link, { state: 'waiting', waitingFor: 'admission', connected: true, since: came }),
      person(cem, link, { state: 'waiting', waitingFor: 'admission' }),
      person(dea, link, {
        state: 'removed',
        since: new Date(app.clock.now - 995).toISOString(),
        watermark: null,
        reason: 'Wrong review.',
      }),
    ])
  })

  it('does not have those who were let in and are gone, nor hosts who are not there', async () => {
    await join(app, hosts, { name: 'Ann' })
    const { person } = await knock('Ben')
    await app.db.execute('UPDATE people SET admitted_at = 1')
    await app.db.execute(`UPDATE people SET admitted_at = NULL WHERE link_id = '${hosts.id}'`)
    expect([await list(), await stateOf(person.id)]).toEqual([[], undefined])
  })

  it('says what is waited for: a lock, a start, a host', async () => {
    const ben = await knock('Ben')
    await ask(app, 'PATCH', `/api/rooms/${room.id}`, { json: { lock: {} } })
    const waits = async () => (await list()).map(({ state, waitingFor }) => [state, waitingFor])
    expect(await waits()).toEqual([['waiting', 'unlock']])
    await connectedPage(app, ben.token)
    expect(await waits()).toEqual([['waiting', 'unlock']])
    await app.db.execute('UPDATE rooms SET autokick = 1, locked_at = NULL')
    await app.db.execute('UPDATE people SET admitted_at = 1')
    await app.hub.changed(room.id)
    expect(await waits()).toEqual([['waiting', 'host']])
  })

  it('shows what a host gave somebody, and not the people of another room', async () => {
    const ben = await knock('Ben')
    await app.db.execute(`UPDATE people SET role = 'observer', permissions = '[]'`)
    const other = await makeRoom(app, { waitingRoom: true })
    await join(app, await makeLink(app, other.id))
    expect((await list()).map(({ id, role, permissions }) => [id, role, permissions])).toEqual([
      [ben.person.id, 'observer', []],
    ])
  })

  it('is two statements in one round trip, by index but what is brought along', async () => {
    app.roundTrips()
    await listPeople(app.db, room.id, ['x'])
    const plans = await plansOf(app.database)
    expect(app.roundTrips()).toBe(1)
    const read = plans.flatMap(scans).filter(step => !/json_each|SUBQUERY|subquery|picked|SCAN \(/.test(step))
    expect(read).toEqual([])
  })
})

describe('letting in', () => {
  it('one who waits: their page comes in by itself, and it is written down', async () => {
    const ben = await knock('Ben')
    const page = await connectedPage(app, ben.token)
    page.read()
    expect(await post(`/${ben.person.id}/admit`)).toBe(204)
    expect(page.read().map(message => message.type)).toEqual(['welcome'])
    expect(await stateOf(ben.person.id)).toBe('here')
    expect(await audit()).toEqual([
      {
        action: 'person.admit',
        outcome: 'done',
        target_id: ben.person.id,
        target_name: 'Ben',
        room_id: room.id,
        params: '{}',
      },
    ])
  })

  it('everybody who waits, and nobody who was turned away or waits before another door', async () => {
    const [ben, cem, dea] = [await knock('Ben'), await knock('Cem'), await knock('Dea')]
    const other = await makeRoom(app, { waitingRoom: true })
    await join(app, await makeLink(app, other.id))
    await post(`/${dea.person.id}/refuse`, {})
    const { status, body } = await ask(app, 'POST', at('/admit-all'))
    expect([status, body]).toEqual([200, { admitted: 2 }])
    const let_in = await rows(app, 'people WHERE admitted_at IS NOT NULL', 'id')
    expect(let_in.map(row => row.id).toSorted()).toEqual([ben.person.id, cem.person.id].toSorted())
    expect((await audit()).at(-1)).toMatchObject({
      action: 'person.admit',
      target_id: room.id,
      params: JSON.stringify({ admitted: 2, people: ['Ben', 'Cem'] }),
    })
    expect((await ask(app, 'POST', at('/admit-all'))).body).toEqual({ admitted: 0 })
  })

  it('in a room that is not there is 404', async () => {
    expect((await ask(app, 'POST', at('/admit-all', 'nowherenowhereno'))).status).toBe(404)
  })
})

describe('turning away and removing', () => {
  it('one who waits reads why, and does not come back', async () => {
    const ben = await knock('Ben')
    const page = await connectedPage(app, ben.token)
    page.read()
    expect(await post(`/${ben.person.id}/refuse`, { reason: 'Wrong review.' })).toBe(204)
    expect(page.read()).toEqual([{ type: 'bye', code: 'removed', reason: 'Wrong review.' }])
    expect((await ask(app, 'GET', '/api/room', { token: ben.token })).body.code).toBe('removed')
  })

  it('one who is in loses page, picture and seat; a pardon lets them come back', async () => {
    const ben = await knock('Ben')
    await post(`/${ben.person.id}/admit`)
    const page = await connectedPage(app, ben.token)
    await watch(app, ben.token)
    page.read()
    expect(await post(`/${ben.person.id}/kick`, { reason: 'Late.' })).toBe(204)
    expect([page.read(), page.closed, await rows(app, 'leases'), await stateOf(ben.person.id)]).toEqual([
      [{ type: 'bye', code: 'removed', reason: 'Late.' }],
      'removed',
      [],
      'removed',
    ])
    expect(await post(`/${ben.person.id}/pardon`)).toBe(204)
    expect((await ask(app, 'GET', '/api/room', { token: ben.token })).body.state).toBe('admitted')
    expect((await audit()).map(row => [row.action, row.target_id, row.params])).toEqual([
      ['person.admit', ben.person.id, '{}'],
      ['person.kick', ben.person.id, '{"reason":"Late."}'],
      ['person.pardon', ben.person.id, '{}'],
    ])
  })

  it('with the link: it is closed for all', async () => {
    const ben = await knock('Ben')
    expect(await post(`/${ben.person.id}/kick`, { ban: ['link'] })).toBe(204)
    const again = await ask(app, 'POST', '/api/join', {
      token: null,
      json: joinRequest(link, { name: 'Cem' }),
    })
    expect(again.body.code).toBe('link_revoked')
  })

  it('with the address: nobody comes in from it, until the pardon', async () => {
    const ben = await knock('Ben')
    await connectedPage(app, ben.token, '198.51.100.7')
    expect(await post(`/${ben.person.id}/kick`, { ban: ['address'] })).toBe(204)
    const from = async () =>
      (
        await ask(app, 'POST', '/api/join', {
          token: null,
          address: '198.51.100.7',
          json: joinRequest(link, { name: 'Cem' }),
        })
      ).status
    expect([await from(), await post(`/${ben.person.id}/pardon`), await from()]).toEqual([403, 204, 200])
  })
})

describe('is refused', () => {
  it.each<[string, object?]>([['admit'], ['refuse', {}], ['kick', {}], ['pardon']])(
    '%s: of somebody who is not there, of another room, and in no room',
    async (doing, json) => {
      const other = await makeRoom(app, { waitingRoom: true })
      const { person } = await join(app, await makeLink(app, other.id))
      const before = await rows(app, 'people')
      for (const path of [`/nobodynobodynobo/${doing}`, `/${person.id}/${doing}`])
        expect(await post(path, json)).toEqual([404, 'not_found'])
      const nowhere = at(`/${person.id}/${doing}`, 'nowherenowhereno')
      expect((await ask(app, 'POST', nowhere, json ? { json } : {})).status).toBe(404)
      expect(await rows(app, 'people')).toEqual(before)
    },
  )

  it('what is done already: letting in twice, turning away who is in, removing twice, a pardon of nobody removed', async () => {
    const { person } = await knock('Ben')
    const doing = (what: string, json?: object) => post(`/${person.id}/${what}`, json)
    expect(await doing('pardon')).toEqual([404, 'not_found'])
    expect(await doing('admit')).toBe(204)
    expect(await doing('admit')).toEqual([404, 'not_found'])
    expect(await doing('refuse', {})).toEqual([404, 'not_found'])
    expect(await doing('kick', {})).toBe(204)
    expect(await doing('kick', {})).toEqual([404, 'not_found'])
    expect(await doing('admit')).toEqual([404, 'not_found'])
  })

  it.each<[string, object]>([
    ['a reason that is too long', { reason: 'x'.repeat(201) }],
    ['a reason of two lines', { reason: 'a\nb' }],
    ['an unknown ban', { ban: ['everything'] }],
    ['a ban that is no list', { ban: 'link' }],
    ['an unknown field', { reason: 'x', forever: true }],
  ])('%s', async (_, json) => {
    const { person } = await knock('Ben')
    expect(await post(`/${person.id}/kick`, json)).toEqual([400, 'invalid'])
    expect(await stateOf(person.id)).toBe('waiting')
  })

  it('keeping out an address that is not known: then nobody is removed', async () => {
    const { person } = await knock('Ben')
    expect(await post(`/${person.id}/kick`, { ban: ['address'] })).toEqual([409, 'address_unknown'])
    expect(await stateOf(person.id)).toBe('waiting')
  })

  it('closing a link that opens every room: then nobody is removed', async () => {
    const { person } = await knock('Ben')
    const other = await makeRoom(app)
    await app.db.execute(
      `UPDATE links SET room_id = '${other.id}', opens = 'everything' WHERE id = '${link.id}'`,
    )
    expect(await post(`/${person.id}/kick`, { ban: ['link'] })).toEqual([409, 'foreign_link'])
    expect(await stateOf(person.id)).toBe('waiting')
  })

  it('a person’s bearer: hosts do it in the room', async () => {
    const { token } = await join(app, hosts, { name: 'Ann' })
    const { person } = await knock('Ben')
    for (const [method, path] of [
      ['GET', at()],
      ['POST', at('/admit-all')],
      ['POST', at(`/${person.id}/admit`)],
    ] as const)
      expect((await ask(app, method, path, { token })).status).toBe(401)
    expect(await stateOf(person.id)).toBe('waiting')
  })
})
