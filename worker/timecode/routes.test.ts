import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, join, makeLink, makeRoom, rows } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { connectedPage, type TestPage } from '../../test/support/live-page.ts'
import { plansOf, scans } from '../../test/support/plan.ts'
import type { ToServer } from '../live/protocol.ts'
import { AHEAD, BEHIND } from '../live/rules/timecode.ts'
import type { Room } from '../rooms/schema.ts'

/** The room's clock: by hosts in the channel, and by staff over HTTP. */

let app: TestApp
let room: Room
let host: TestPage
let guest: TestPage
let aside: TestPage
beforeEach(async () => {
  app = await testApp()
  room = await makeRoom(app)
  const hosts = await makeLink(app, room.id, { role: 'host', label: 'Host' })
  const clients = await makeLink(app, room.id, { role: 'reviewer', opens: 'subrooms' })
  await ask(app, 'POST', `/api/rooms/${room.id}/subrooms`, { json: { name: 'aside' } })
  host = await connectedPage(app, (await join(app, hosts, { name: 'Hal' })).token)
  guest = await connectedPage(app, (await join(app, clients, { name: 'Gus' })).token)
  aside = await connectedPage(app, (await join(app, clients, { name: 'Asa' })).token, undefined, 'aside')
  for (const page of [host, guest, aside]) page.read()
})
afterEach(async () => {
  await app.settled()
  app.close()
})

const path = (id = room.id) => `/api/rooms/${id}/timecode`
const put = (json: object, id = room.id) => ask<{ code?: string }>(app, 'PUT', path(id), { json })
async function says(page: TestPage, message: ToServer) {
  page.says(message)
  await app.hub.settled()
}
const SET = { type: 'timecode.set', rate: '25', frame: 96_308, at: NOON - 240, running: true } as const
const CLOCK = { rate: '25', frame: 96_308, at: NOON - 240, running: true, by: 'Hal' }
const clocks = (page: TestPage) =>
  page
    .read()
    .flatMap(message =>
      message.type === 'room.changed' || message.type === 'welcome' ? [message.timecode] : [],
    )
const audited = async () => {
  await app.settled()
  return rows(app, "audit WHERE action LIKE 'timecode.%' ORDER BY id", 'action, outcome, actor_name, params')
}

describe('in the channel', () => {
  test('everybody is told, in sub-rooms too, and who comes later', async () => {
    await says(host, { ...SET, ref: 'r' })
    expect(host.read()).toEqual([
      { type: 'done', about: 'timecode.set', ref: 'r' },
      expect.objectContaining({ type: 'room.changed', timecode: CLOCK }),
    ])
    expect([clocks(guest), clocks(aside)]).toEqual([[CLOCK], [CLOCK]])
    const link = await makeLink(app, room.id)
    const late = await connectedPage(app, (await join(app, link)).token)
    expect(clocks(late)).toEqual([CLOCK])
    expect(await audited()).toEqual([
      {
        action: 'timecode.set',
        outcome: 'done',
        actor_name: 'Hal',
        params: JSON.stringify({ rate: '25', timecode: '01:04:12:08', running: true }),
      },
    ])
  })

  test('it is taken away for everybody, and a second time for nobody', async () => {
    await says(host, SET)
    for (const page of [host, guest]) page.read()
    await says(host, { type: 'timecode.clear' })
    expect([clocks(host), clocks(guest)]).toEqual([[undefined], [undefined]])
    await says(host, { type: 'timecode.clear' })
    expect(host.read()).toEqual([{ type: 'done', about: 'timecode.clear' }])
    expect(guest.read()).toEqual([])
  })

  test('a frame beyond the day is one of the next', async () => {
    await says(host, { ...SET, frame: 2_160_000 + 5 })
    expect(clocks(guest)).toEqual([{ ...CLOCK, frame: 5 }])
  })

  test.each([
    [-BEHIND - 1, 'refused'],
    [-BEHIND, 'done'],
    [AHEAD, 'done'],
    [AHEAD + 1, 'refused'],
  ])('an instant %i ms from now is %s', async (off, answer) => {
    await says(host, { ...SET, at: NOON + off })
    expect(host.read()[0]).toMatchObject({
      type: answer,
      ...(answer === 'refused' ? { code: 'clock_off' } : {}),
    })
    expect(clocks(guest)).toHaveLength(answer === 'refused' ? 0 : 1)
  })

  test('not by guests', async () => {
    await says(guest, SET)
    await says(guest, { type: 'timecode.clear' })
    expect(guest.read()).toMatchObject([{ code: 'forbidden' }, { code: 'forbidden' }])
    expect([clocks(host), await rows(app, 'room_timecodes', 'rate')]).toEqual([[], []])
  })

  test.each([
    { ...SET, rate: '23.98' },
    { ...SET, frame: -1 },
    { ...SET, frame: 1.5 },
    { ...SET, frame: 5_184_000 },
    { ...SET, at: '2026-11-21T12:00:00Z' },
    { ...SET, running: 1 },
    { ...SET, by: 'Somebody else' },
    { type: 'timecode.set' },
    { type: 'timecode.clear', all: true },
  ])('not as %j', async message => {
    await says(host, message as unknown as ToServer)
    expect(host.read()).toMatchObject([{ type: 'refused', about: message.type, code: 'unreadable' }])
  })

  test('what the database does not keep nobody is told', async () => {
    app.database.state('down')
    await says(host, SET)
    app.database.state('up')
    expect([host.read(), guest.read()]).toEqual([[expect.objectContaining({ code: 'not_saved' })], []])
  })
})

describe('over HTTP', () => {
  test('set, told, read and taken away', async () => {
    const shown = {
      rate: '29.97df',
      timecode: '01:00:00;02',
      at: '2026-11-21T12:00:00.000Z',
      running: true,
      by: expect.any(String),
    }
    const answer = await put({ rate: '29.97df', timecode: '01:00:00;02' })
    await app.settled()
    expect([answer.status, answer.body]).toEqual([200, shown])
    expect(clocks(guest)).toMatchObject([{ rate: '29.97df', frame: 107_894, at: NOON, running: true }])
    expect((await ask(app, 'GET', path())).body).toEqual(answer.body)
    expect((await ask(app, 'DELETE', path())).status).toBe(204)
    await app.settled()
    expect(clocks(guest)).toEqual([undefined])
    expect((await ask(app, 'GET', path())).status).toBe(404)
    expect((await audited()).map(({ action, params }) => [action, JSON.parse(String(params))])).toEqual([
      ['timecode.set', { rate: '29.97df', timecode: '01:00:00;02', running: true }],
      ['timecode.clear', {}],
    ])
  })

  test('at another instant, and standing', async () => {
    const json = { rate: '24', timecode: '00:00:01:00', at: '2026-11-21T11:59:30Z', running: false }
    expect((await put(json)).status).toBe(200)
    await app.settled()
    expect(clocks(guest)).toMatchObject([{ rate: '24', frame: 24, at: NOON - 30_000, running: false }])
  })

  test.each<[object, string]>([
    [{ rate: '25' }, 'timecode'],
    [{ timecode: '01:00:00:00' }, 'rate'],
    [{ rate: '30df', timecode: '01:00:00:00' }, 'rate'],
    [{ rate: '25', timecode: '1:00:00:00' }, 'timecode'],
    [{ rate: '25', timecode: '01:00:00:25' }, 'timecode'],
    [{ rate: '25', timecode: '01:00:00;00' }, 'timecode'],
    [{ rate: '29.97df', timecode: '01:01:00;01' }, 'timecode'],
    [{ rate: '25', timecode: '01:00:00:00', at: '2026-11-21T11:58:59Z' }, 'at'],
    [{ rate: '25', timecode: '01:00:00:00', at: '2026-11-21T12:00:02Z' }, 'at'],
    [{ rate: '25', timecode: '01:00:00:00', frame: 1 }, 'frame'],
  ])('%j is refused for its %s', async (json, field) => {
    const { status, body } = await put(json)
    expect([status, body]).toEqual([
      400,
      expect.objectContaining({ code: 'invalid', errors: [expect.objectContaining({ field })] }),
    ])
    expect(await rows(app, 'room_timecodes', 'rate')).toEqual([])
  })

  test('of no room there is none', async () => {
    for (const id of ['nowhere', 'aaaaaaaaaaaaaaaa']) {
      expect((await put({ rate: '25', timecode: '01:00:00:00' }, id)).status).toBe(404)
      expect((await ask(app, 'GET', path(id))).status).toBe(404)
      expect((await ask(app, 'DELETE', path(id))).status).toBe(404)
    }
  })

  test('every statement goes by an index', async () => {
    app.roundTrips()
    await put({ rate: '25', timecode: '01:00:00:00' })
    await ask(app, 'GET', path())
    await ask(app, 'DELETE', path())
    const plans = await plansOf(app.database)
    expect(plans.filter(plan => /timecode/.test(plan.sql)).length).toBeGreaterThan(2)
    expect(plans.flatMap(plan => scans(plan).filter(scan => /rooms|timecode/.test(scan)))).toEqual([])
  })
})
