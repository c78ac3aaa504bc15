import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, join, makeLink, makeRoom } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { connectedPage } from '../../test/support/live-page.ts'
import type { Room } from '../rooms/schema.ts'

let app: TestApp
let room: Room
let ann: string
beforeEach(async () => {
  app = await testApp()
  room = await makeRoom(app, { title: 'Reel 3' })
  ann = (await join(app, await makeLink(app, room.id, { role: 'reviewer' }), { name: 'Ann' })).token
  await ask(app, 'PUT', `/api/rooms/${room.id}/timecode`, { json: { rate: '25', timecode: '01:00:10:00' } })
  const page = await connectedPage(app, ann)
  page.says({ type: 'note.add', text: 'Warmer|here\nplease', at: NOON, ref: 'r1', color: 'green' })
  await app.hub.settled()
})
afterEach(async () => {
  await app.settled()
  app.close()
})

const staff = (query: string, id = room.id) =>
  ask<string>(app, 'GET', `/api/rooms/${id}/export/notes?${query}`)
const person = (query: string, token: string | null = ann) =>
  ask<string>(app, 'GET', `/api/room/export/notes?${query}`, { token })

const EDL = [
  'TITLE: Reel 3',
  'FCM: NON-DROP FRAME',
  '',
  '001  001      V     C        01:00:10:00 01:00:10:01 01:00:10:00 01:00:10:01  ',
]

describe('an export', () => {
  it('is the same file for staff and for people of the room, at the room’s own rate', async () => {
    for (const { status, headers, body } of [await staff('format=edl'), await person('format=edl')]) {
      expect([
        status,
        headers['x-parts'],
        headers['cache-control'],
        headers['x-content-type-options'],
      ]).toEqual([200, '1', 'no-store', 'nosniff'])
      expect(headers['content-disposition']).toMatch(/^attachment; filename="[\w .-]+\.edl"$/)
      expect(body.split('\r\n').slice(0, 4)).toEqual(EDL)
      expect(body).toMatch(/\|C:ResolveColorGreen \|M:Ann \|D:1/)
    }
  })

  it.each(['csv', 'fcpxml', 'avid', 'txt'])('has the note as %s too', async format => {
    const { status, body } = await staff(`format=${format}`)
    expect([status, body.includes('Warmer'), body.includes('Ann')]).toEqual([200, true, true])
  })

  it.each<[string, string]>([
    ['', 'format'],
    ['format=doc', 'format'],
    ['format=edl&rate=26', 'rate'],
    ['format=edl&start=yesterday', 'start'],
    ['format=edl&start=01:00:00:25', 'start'],
    ['format=edl&rate=29.97df&start=01:01:00;00', 'start'],
    ['format=edl&part=0', 'part'],
    ['format=edl&part=x', 'part'],
    ['format=edl&ascii=1', 'ascii'],
  ])('of %j is refused', async (query, field) => {
    for (const answer of [await staff(query), await person(query)])
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid', errors: [{ field }] } })
  })

  it('has no further part, no room that is not there, and nothing for strangers', async () => {
    expect((await staff('format=edl&part=2')).status).toBe(404)
    expect((await staff('format=edl', 'a'.repeat(16))).status).toBe(404)
    expect((await person('format=edl&room=nowhere')).status).toBe(404)
    expect((await person('format=edl', null)).status).toBe(401)
  })

  it('is not for who was removed, whose link was revoked, or who stands before the door', async () => {
    await app.db.execute('UPDATE people SET admitted_at = NULL')
    await app.db.execute('UPDATE rooms SET waiting_room = 1')
    expect((await person('format=edl')).status).toBe(409)
    await app.db.execute('UPDATE links SET revoked_at = 1')
    expect((await person('format=edl')).status).toBe(410)
    await app.db.execute('UPDATE people SET removed_at = 1')
    expect((await person('format=edl')).status).toBe(403)
  })
})
