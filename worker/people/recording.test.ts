import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, type join, joinRequest, makeLink, makeRoom, rows } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import type { Room } from '../rooms/schema.ts'

/** What the audit keeps of people at the door. */

let app: TestApp
let room: Room
beforeEach(async () => {
  app = await testApp()
  room = await makeRoom(app)
})
afterEach(() => app.close())

async function recorded() {
  await app.settled()
  const found = await rows(
    app,
    "audit WHERE action GLOB 'person.*' OR action = 'link.lock' ORDER BY id",
    'at, action, outcome, actor_kind, actor_id, actor_name, target_kind, target_id, target_name, room_id, params, address, user_agent',
  )
  return found.map(row => ({ ...row, params: JSON.parse(String(row.params)) }))
}
const knock = (json: object, token: string | null = null) =>
  ask(app, 'POST', '/api/join', {
    json,
    token,
    address: '192.0.2.7',
    headers: { 'user-agent': 'Mozilla/5.0' },
  })

const row = (link: { id: string }, fields: object) => ({
  at: NOON,
  actor_kind: 'person',
  target_kind: 'link',
  target_id: link.id,
  target_name: 'Client',
  room_id: room.id,
  address: '192.0.2.7',
  user_agent: 'Mozilla/5.0',
  ...fields,
})

it('who comes in is recorded, once however often their page joins again', async () => {
  const link = await makeLink(app, room.id)
  const { body } = await knock(joinRequest(link, { name: 'Anna Ek' }))
  const { person, token } = body as unknown as Awaited<ReturnType<typeof join>>
  await knock(joinRequest(link), token)
  expect(await recorded()).toEqual([
    row(link, {
      action: 'person.join',
      outcome: 'done',
      actor_id: person.id,
      actor_name: 'Anna Ek',
      params: {},
    }),
  ])
})

describe('who is turned away with a genuine link is recorded', () => {
  it.each<[string, object, object, string]>([
    ['link_ended', { endsAt: new Date(NOON - 1000).toISOString() }, { name: 'Anna Ek' }, 'Anna Ek'],
    ['pin_wrong', { pin: '1234' }, { pin: '4321' }, 'Client'],
    ['pin_wrong', { pin: '1234', name: 'Studio' }, { pin: '4321', name: 'Anna Ek' }, 'Studio'],
  ])('%s', async (reason, fields, given, name) => {
    const link = await makeLink(app, room.id, fields)
    await knock(joinRequest(link, given))
    expect(await recorded()).toEqual([
      row(link, {
        action: 'person.refused',
        outcome: 'refused',
        actor_id: null,
        actor_name: name,
        params: { reason },
      }),
    ])
    expect(JSON.stringify(await rows(app, 'audit'))).not.toContain('4321')
  })
})

it('that wrong PINs locked a link for an address is recorded once, however often somebody knocks then', async () => {
  const link = await makeLink(app, room.id, { pin: '1234' })
  for (let i = 0; i < 8; i++) await knock(joinRequest(link, { pin: i < 6 ? '4321' : '1234' }))
  const refusal = row(link, {
    action: 'person.refused',
    outcome: 'refused',
    actor_id: null,
    actor_name: 'Client',
    params: { reason: 'pin_wrong' },
  })
  expect(await recorded()).toEqual([
    ...Array(5).fill(refusal),
    row(link, {
      action: 'link.lock',
      outcome: 'done',
      actor_kind: 'sightline',
      actor_id: null,
      actor_name: 'Sightline',
      params: {},
    }),
  ])
})

it.each([{ pin: '1234' }, { askName: true }])('what a page asks first is not: %j', async fields => {
  await knock(joinRequest(await makeLink(app, room.id, fields)))
  expect(await recorded()).toEqual([])
})

it('strangers without a genuine link are counted only', async () => {
  const link = await makeLink(app, room.id)
  await knock({ ...joinRequest(link), secret: 'x' })
  await knock({ ...joinRequest(link), slug: 'other' })
  expect(await recorded()).toEqual([])
  app.clock.now += 60_000
  await app.minute()
  const [counted] = await rows(app, "audit WHERE action = 'strangers.failed'", 'params, address')
  expect([JSON.parse(String(counted!.params)), counted!.address]).toEqual([
    expect.objectContaining({ 'unknown link': 2, addresses: 1 }),
    '192.0.2.7',
  ])
})
