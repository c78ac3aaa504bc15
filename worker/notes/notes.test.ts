import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, join, makeLink, makeRoom, rows } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { idOf } from '../../test/support/live.ts'
import { askForSeat, connectedPage, TestPage } from '../../test/support/live-page.ts'
import { plansOf, scans } from '../../test/support/plan.ts'
import { sql } from '../db.ts'
import type { Note } from '../live/messages/notes.ts'
import type { ToClient, ToServer } from '../live/protocol.ts'
import { NOTE_AHEAD, NOTE_BEHIND } from '../live/rules/notes.ts'
import type { Room } from '../rooms/schema.ts'
import { MAX_NOTES } from './row.ts'
import { NOTE_PAGE } from './store.ts'

/** Notes: written and changed in the channel, read over HTTP. */

let app: TestApp
let room: Room
let tokens: { hal: string; ann: string; ben: string; obs: string }
let hal: TestPage
let ann: TestPage
let ben: TestPage
let obs: TestPage
beforeEach(async () => {
  app = await testApp()
  room = await makeRoom(app)
  const hosts = await makeLink(app, room.id, { role: 'host', label: 'Host' })
  const clients = await makeLink(app, room.id, { role: 'reviewer', label: 'Client' })
  const observers = await makeLink(app, room.id, { role: 'observer', label: 'Observer' })
  const tokenOf = async (link: typeof hosts, name: string) => (await join(app, link, { name })).token
  tokens = {
    hal: await tokenOf(hosts, 'Hal'),
    ann: await tokenOf(clients, 'Ann'),
    ben: await tokenOf(clients, 'Ben'),
    obs: await tokenOf(observers, 'Obs'),
  }
  hal = await connectedPage(app, tokens.hal)
  ann = await connectedPage(app, tokens.ann)
  ben = await connectedPage(app, tokens.ben)
  obs = await connectedPage(app, tokens.obs)
  for (const page of [hal, ann, ben, obs]) page.read()
})
afterEach(async () => {
  await app.settled()
  app.close()
})

async function says(page: TestPage, message: ToServer): Promise<ToClient[]> {
  page.says(message)
  await app.hub.settled()
  return page.read()
}
const ADD = { type: 'note.add', text: 'Warmer here', at: NOON - 240, delayMs: 240, ref: 'r1' } as const
const DRAWING = { marks: [{ tool: 'pen', ink: 'red', weight: 3, points: [[0.1, 0.2]] }] } as const
/** Says it and gives the note as the page was told of it. */
async function saved(page: TestPage, message: ToServer = ADD): Promise<Note> {
  page.read()
  const told = (await says(page, message)).find(one => one.type === 'notes.changed')
  if (told?.type !== 'notes.changed') throw new Error(`not saved: ${message.type}`)
  return told.note
}
const told = (page: TestPage) =>
  page.read().flatMap(message => (message.type === 'notes.changed' ? [message.note] : []))
const refusal = async (page: TestPage, message: ToServer) => {
  const [answer, ...more] = await says(page, message)
  expect(more).toEqual([])
  return answer?.type === 'refused' ? answer.code : answer
}
const read = async (query = '', token = tokens.ann) => {
  const { status, body } = await ask<{ items: Note[]; next: string | null; code?: string }>(
    app,
    'GET',
    `/api/room/notes${query}`,
    { token },
  )
  return { status, ...body }
}
const stored = () => rows(app, 'notes ORDER BY created_at, id', 'text, drawing, deleted_at, resolved_at')

describe('adding', () => {
  test('everybody is told at once, whole, and who wrote it that it is done', async () => {
    const answers = await says(ann, { ...ADD, color: 'cyan', drawing: DRAWING as never })
    const note: Note = {
      id: expect.stringMatching(/^[a-z2-7]{16}$/) as unknown as string,
      parent: null,
      from: { id: expect.any(String) as unknown as string, name: 'Ann' },
      text: 'Warmer here',
      at: '2026-11-21T11:59:59.760Z',
      delayMs: 240,
      frame: null,
      rate: null,
      streamId: null,
      color: 'cyan',
      drawing: DRAWING as never,
      stillId: null,
      late: false,
      resolved: null,
      createdAt: '2026-11-21T12:00:00.000Z',
      editedAt: null,
      changedAt: '2026-11-21T12:00:00.000Z',
      deleted: false,
      ref: 'r1',
    }
    expect(answers).toEqual([
      { type: 'notes.changed', seq: expect.any(Number), note },
      { type: 'done', about: 'note.add', ref: 'r1' },
    ])
    for (const page of [hal, ben, obs]) expect(told(page)).toEqual([note])
    expect((await read()).items).toEqual([note])
  })

  test('the room’s timecode counts where the page names none', async () => {
    await says(hal, { type: 'timecode.set', rate: '25', frame: 90_000, at: NOON, running: true })
    expect(await saved(ann, { ...ADD, at: NOON - 1_000 })).toMatchObject({ frame: 89_975, rate: '25' })
    const own = { ...ADD, frame: 7, rate: '24', ref: 'r2' } as const
    expect(await saved(ann, own)).toMatchObject({ frame: 7, rate: '24' })
  })

  test('what is sent twice is stored once', async () => {
    await saved(ann)
    expect(await refusal(ann, { ...ADD, text: 'Again' })).toBe('already_sent')
    expect(await stored()).toMatchObject([{ text: 'Warmer here' }])
    expect(await saved(ben, ADD)).toMatchObject({ from: { name: 'Ben' } })
  })

  test.each([
    [-NOTE_BEHIND - 1, 'moment_off'],
    [NOTE_AHEAD + 1, 'moment_off'],
  ])('a moment %i ms from now is refused', async (off, code) => {
    expect(await refusal(ann, { ...ADD, at: NOON + off })).toBe(code)
    expect(await stored()).toEqual([])
  })

  test.each([
    [-NOTE_BEHIND, '2026-11-21T00:00:00.000Z'],
    [NOTE_AHEAD, '2026-11-21T12:00:00.000Z'],
  ])('one %i ms from now is taken, and lies not in the future', async (off, at) => {
    expect(await saved(ann, { ...ADD, at: NOON + off })).toMatchObject({ at })
  })

  test('a still and a stream of another room, or none, are left out', async () => {
    const other = await makeRoom(app, { slug: 'other' })
    await app.db.batch([
      sql(
        `INSERT INTO stills (id, room_id, person_name, name, at, width, height, bytes, created_at)
         VALUES (:theirs, :other, 'x', 'x', 0, 1, 1, 1, 0), (:ours, :room, 'x', 'x', 0, 1, 1, 1, 0)`,
        { theirs: idOf('theirs'), ours: idOf('ours'), other: other.id, room: room.id },
      ),
      sql(
        `INSERT INTO streams (id, room_id, kind, hidden_name, created_at)
         VALUES (:theirs, :other, 'camera', 'a', 0), (:ours, :room, 'camera', 'b', 0)`,
        { theirs: idOf('theirs'), ours: idOf('ours'), other: other.id, room: room.id },
      ),
    ])
    const ours = { ...ADD, stillId: idOf('ours'), streamId: idOf('ours') }
    expect(await saved(ann, ours)).toMatchObject({ stillId: idOf('ours'), streamId: idOf('ours') })
    for (const [i, id] of [idOf('theirs'), idOf('nothing')].entries())
      expect(await saved(ann, { ...ADD, ref: `x${i}`, stillId: id, streamId: id })).toMatchObject({
        stillId: null,
        streamId: null,
      })
  })

  test('a full room takes no more, answers neither', async () => {
    const note = await saved(ann)
    await app.db.execute(
      sql(
        `INSERT INTO notes (id, room_id, sub, person_name, ref, text, at, created_at, changed_at)
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MAX_NOTES - 1})
         SELECT 'n' || i, :room, CASE i % 2 WHEN 0 THEN 'aside' ELSE '' END, 'x', 'x', 'x', 0, 0, i FROM n`,
        { room: room.id },
      ),
    )
    expect(await refusal(ann, { ...ADD, ref: 'r2' })).toBe('notes_full')
    expect(await refusal(ann, { type: 'note.reply', parent: note.id, text: 'x', ref: 'r3' })).toBe(
      'notes_full',
    )
    expect(await refusal(ann, ADD)).toBe('notes_full')
  })

  test.each(
    [
      { ...ADD, text: ' ' },
      { ...ADD, text: 'x'.repeat(4_001) },
      { ...ADD, text: 'a\u0000b' },
      { ...ADD, at: '2026-11-21T12:00:00Z' },
      { ...ADD, at: -1 },
      { ...ADD, delayMs: 600_001 },
      { ...ADD, frame: 5_184_000, rate: '25' },
      { ...ADD, rate: '26' },
      { ...ADD, color: 'black' },
      { ...ADD, stillId: '../etc' },
      { ...ADD, late: false },
      { ...ADD, drawing: { marks: [] } },
      { ...ADD, drawing: { marks: [{ ...DRAWING.marks[0], points: [[2, 0]] }] } },
      { ...ADD, drawing: { marks: [{ ...DRAWING.marks[0], points: Array(2_001).fill([0, 0]) }] } },
      { ...ADD, from: 'Somebody else' },
      { ...ADD, ref: undefined },
      { type: 'note.reply', parent: 'x', text: 'x', ref: 'r' },
      { type: 'note.edit', id: idOf('x'), text: '' },
      { type: 'note.edit', id: idOf('x') },
      { type: 'note.delete', all: true },
      { type: 'note.resolve', id: idOf('x'), resolved: 1 },
    ].map(message => [JSON.stringify(message).slice(0, 100), message] as const),
  )('nothing like %s', async (_, message) => {
    expect(await refusal(ann, message as unknown as ToServer)).toBe('unreadable')
    expect(await stored()).toEqual([])
  })

  test('markup is text', async () => {
    const text = '<img src=x onerror=alert(1)> | a\nb 🎬'
    expect(await saved(ann, { ...ADD, text })).toMatchObject({ text })
    expect((await read()).items).toMatchObject([{ text }])
  })

  test('what the database does not keep nobody is told', async () => {
    app.database.state('down')
    expect(await refusal(ann, ADD)).toBe('not_saved')
    app.database.state('up')
    expect([told(ben), await stored()]).toEqual([[], []])
  })
})

describe('who may', () => {
  test('not who only watches: nothing but read', async () => {
    const { id } = await saved(ann)
    obs.read()
    for (const message of [
      ADD,
      { type: 'note.reply', parent: id, text: 'x', ref: 'x' },
      { type: 'note.edit', id, text: 'x' },
      { type: 'note.resolve', id, resolved: true },
    ] as const)
      expect(await refusal(obs, message)).toBe('forbidden')
    expect(await refusal(obs, { type: 'note.delete', id })).toBe('not_found')
    expect((await read('', tokens.obs)).items).toMatchObject([{ id, text: 'Warmer here' }])
  })

  test.each([
    ['removed', "UPDATE people SET removed_at = 1 WHERE name = 'Ann'"],
    ['before the door', "UPDATE people SET admitted_at = NULL WHERE name = 'Ann'"],
    ['without the permission any more', `UPDATE people SET permissions = '["message"]' WHERE name = 'Ann'`],
    ['whose link is closed', "UPDATE links SET revoked_at = 1 WHERE label = 'Client'"],
  ])('not who is %s since a moment that the room does not know of yet', async (_, change) => {
    await app.db.execute(change)
    expect(await refusal(ann, ADD)).toBe('forbidden')
    expect([await stored(), told(ben)]).toEqual([[], []])
  })

  test('edited by nobody but who wrote it, hosts neither', async () => {
    const { id } = await saved(ann)
    for (const page of [hal, ben, obs]) page.read()
    for (const page of [hal, ben])
      expect(await refusal(page, { type: 'note.edit', id, text: 'Mine now' })).toBe('not_found')
    expect(
      await saved(ann, { type: 'note.edit', id, text: 'Cooler', color: 'blue', drawing: null }),
    ).toMatchObject({
      text: 'Cooler',
      color: 'blue',
      drawing: null,
      editedAt: '2026-11-21T12:00:00.000Z',
      changedAt: '2026-11-21T12:00:00.001Z',
    })
    expect(told(ben)).toMatchObject([{ id, text: 'Cooler' }])
  })

  test('deleted by who wrote it and by hosts; only the latter is recorded', async () => {
    const [one, two] = [await saved(ann), await saved(ann, { ...ADD, ref: 'r2' })]
    for (const page of [hal, ben]) page.read()
    expect(await refusal(ben, { type: 'note.delete', id: one.id })).toBe('not_found')
    await saved(ann, { type: 'note.delete', id: one.id })
    await saved(hal, { type: 'note.delete', id: two.id })
    await app.settled()
    expect(
      await rows(
        app,
        "audit WHERE action LIKE 'note.%'",
        'action, actor_name, target_kind, target_id, params',
      ),
    ).toEqual([
      {
        action: 'note.delete',
        actor_name: 'Hal',
        target_kind: 'note',
        target_id: two.id,
        params: '{"from":"Ann"}',
      },
    ])
  })

  test('not as a host who is none any more', async () => {
    const { id } = await saved(ann)
    hal.read()
    await app.db.execute(`UPDATE people SET permissions = '["annotate"]' WHERE name = 'Hal'`)
    expect(await refusal(hal, { type: 'note.delete', id })).toBe('not_found')
  })

  test('resolved and opened again by all who write notes, the first who did it is named', async () => {
    const { id } = await saved(ann)
    for (const page of [ben, hal]) page.read()
    const resolved = { at: '2026-11-21T12:00:00.000Z', by: 'Ben' }
    expect(await saved(ben, { type: 'note.resolve', id, resolved: true })).toMatchObject({ resolved })
    app.clock.now += 1_000
    hal.read()
    expect(await saved(hal, { type: 'note.resolve', id, resolved: true })).toMatchObject({ resolved })
    expect(await saved(hal, { type: 'note.resolve', id, resolved: false })).toMatchObject({ resolved: null })
  })

  test('not in another room’s or sub-room’s notes', async () => {
    const { id } = await saved(ann)
    await ask(app, 'POST', `/api/rooms/${room.id}/subrooms`, { json: { name: 'aside' } })
    const aside = await connectedPage(app, tokens.hal, undefined, 'aside')
    const other = await makeRoom(app, { slug: 'other' })
    const link = await makeLink(app, other.id, { role: 'host' })
    const away = await connectedPage(app, (await join(app, link, { name: 'Oda' })).token)
    for (const page of [aside, away]) {
      page.read()
      for (const message of [
        { type: 'note.reply', parent: id, text: 'x', ref: 'x' },
        { type: 'note.delete', id },
        { type: 'note.resolve', id, resolved: true },
      ] as const)
        expect(await refusal(page, message)).toBe('not_found')
    }
    await saved(aside, { ...ADD, text: 'Between us' })
    expect((await read()).items).toMatchObject([{ id }])
    expect((await read('?room=aside', tokens.hal)).items).toMatchObject([{ text: 'Between us' }])
    expect(await read('?room=aside')).toMatchObject({ status: 404 })
  })
})

describe('answers', () => {
  test('have the moment of their note, and there is none to an answer', async () => {
    const note = await saved(ann, { ...ADD, frame: 5, rate: '25' })
    ben.read()
    const answer = await saved(ben, {
      type: 'note.reply',
      parent: note.id,
      text: 'Yes',
      ref: 'b1',
      late: true,
    })
    expect(answer).toMatchObject({
      parent: note.id,
      from: { name: 'Ben' },
      text: 'Yes',
      at: note.at,
      frame: 5,
      rate: '25',
      late: true,
    })
    expect(await refusal(ben, { type: 'note.reply', parent: answer.id, text: 'x', ref: 'b2' })).toBe(
      'not_found',
    )
    expect(await refusal(ben, { type: 'note.resolve', id: answer.id, resolved: true })).toBe('not_found')
  })

  test('go with their note, and who comes back learns it and reads no word', async () => {
    const { id } = await saved(ann, { ...ADD, drawing: DRAWING as never })
    await saved(ben, { type: 'note.reply', parent: id, text: 'Yes', ref: 'b1' })
    const before = (await read()).items.at(-1)!.changedAt
    app.clock.now += 1_000
    await saved(ann, { type: 'note.delete', id })
    expect(await stored()).toEqual([
      { text: '', drawing: null, deleted_at: NOON + 1_000, resolved_at: null },
      { text: '', drawing: null, deleted_at: NOON + 1_000, resolved_at: null },
    ])
    expect((await read()).items).toEqual([])
    const gone = (await read(`?since=${before}`)).items
    expect(gone.map(({ text, drawing, deleted }) => ({ text, drawing, deleted }))).toContainEqual({
      text: '',
      drawing: null,
      deleted: true,
    })
    expect(await refusal(ann, { type: 'note.edit', id, text: 'x' })).toBe('not_found')
  })
})

test('who comes back is told how notes are, and no earlier words', async () => {
  const { id } = await saved(ann)
  const before = obs.read().at(-1)! as { seq: number }
  await saved(ann, { type: 'note.edit', id, text: 'Secret slip' })
  await saved(ben, { ...ADD, text: 'Other' })
  await saved(ann, { type: 'note.delete', id })
  const back = await connectedPage(app, tokens.obs)
  const { epoch } = back.read().find(message => message.type === 'welcome') as { epoch: string }
  // The same page, as if its line had broken after the first note.
  const { seat } = await askForSeat(app, `sightline.1, bearer.${tokens.obs}`)
  const resumed = new TestPage(app, seat!)
  resumed.says({ type: 'hello', since: { epoch, seq: before.seq } })
  await app.hub.settled()
  expect(told(resumed).map(({ text, deleted }) => [text, deleted])).toEqual([
    ['Other', false],
    ['', true],
  ])
})

describe('reading', () => {
  test('page by page, each once, and later only what changed', async () => {
    await app.db.execute(
      sql(
        `INSERT INTO notes (id, room_id, person_name, ref, text, at, created_at, changed_at)
         WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 700)
         SELECT replace(substr('aaaaaaaaaaaaa' || i, 1, 16), '0', 'b'), :room, 'x', 'x', 'note ' || i, 0, 0, i / 3 FROM n`,
        { room: room.id },
      ),
    )
    await app.db.execute("UPDATE notes SET id = replace(replace(replace(id, '1', 'c'), '8', 'd'), '9', 'e')")
    const seen: string[] = []
    let cursor: string | null = ''
    let pages = 0
    while (cursor !== null) {
      const answer: Awaited<ReturnType<typeof read>> = await read(cursor ? `?cursor=${cursor}` : '')
      expect(answer.status).toBe(200)
      seen.push(...answer.items.map(({ text }) => text))
      cursor = answer.next
      pages++
    }
    expect([pages, seen.length, new Set(seen).size]).toEqual([Math.ceil(601 / NOTE_PAGE), 601, 601])
    const { id } = await saved(ann)
    const since = encodeURIComponent('2026-11-21T12:00:00.000Z')
    expect((await read(`?since=${since}`)).items.map(note => note.id)).toEqual([id])
  })

  test.each(['?cursor=x', '?since=yesterday', '?room=A', '?since=5'])('not with %s', async query => {
    expect(await read(query)).toMatchObject({ status: 400, code: 'invalid' })
  })

  test('not by who may not watch, with the true reason', async () => {
    await saved(ann)
    await app.db.execute("UPDATE people SET admitted_at = NULL WHERE name = 'Ann'")
    expect(await read()).toMatchObject({ status: 409, code: 'not_admitted' })
    await app.db.execute("UPDATE people SET removed_at = 1 WHERE name = 'Ben'")
    expect(await read('', tokens.ben)).toMatchObject({ status: 403, code: 'removed' })
    await ask(app, 'PATCH', `/api/rooms/${room.id}`, { json: { state: 'ended' } })
    expect(await read('', tokens.obs)).toMatchObject({ status: 410, code: 'room_ended' })
  })

  test('in one round trip, along indexes, writing too', async () => {
    await saved(ann)
    app.roundTrips()
    await read()
    expect(app.roundTrips()).toBe(1)
    const { id } = await saved(ann, { ...ADD, ref: 'r2' })
    await saved(ann, { type: 'note.reply', parent: id, text: 'x', ref: 'r3' })
    await saved(ann, { type: 'note.edit', id, text: 'x' })
    await saved(ann, { type: 'note.resolve', id, resolved: true })
    await saved(ann, { type: 'note.delete', id })
    await read(`?since=2026-11-21T12:00:00Z&cursor=5.${idOf('x')}`)
    await ask(app, 'GET', `/api/rooms/${room.id}/notes`)
    await ask(app, 'DELETE', `/api/rooms/${room.id}/notes/${id}`)
    const plans = await plansOf(app.database)
    expect(plans.filter(plan => scans(plan).some(step => !/json_each|VIRTUAL/.test(step)))).toEqual([])
  })
})

describe('for staff', () => {
  const list = async (query = '') =>
    (
      await ask<{ items: (Note & { sub: string })[]; next: string | null; open: number; resolved: number }>(
        app,
        'GET',
        `/api/rooms/${room.id}/notes${query}`,
      )
    ).body

  test('all of them, newest first, with what is open', async () => {
    const one = await saved(ann)
    app.clock.now += 1_000
    const two = await saved(ann, { ...ADD, ref: 'r2' })
    await saved(ann, { type: 'note.resolve', id: two.id, resolved: true })
    app.clock.now += 1_000
    const answer = await saved(ann, { type: 'note.reply', parent: one.id, text: 'x', ref: 'r3' })
    const { items, ...rest } = await list()
    expect(items.map(({ id, sub }) => [id, sub])).toEqual([
      [answer.id, ''],
      [two.id, ''],
      [one.id, ''],
    ])
    expect(rest).toEqual({ next: null, open: 1, resolved: 1 })
    const first = await list('?limit=1')
    expect((await list(`?limit=2&cursor=${first.next}`)).items.map(({ id }) => id)).toEqual([two.id, one.id])
    expect((await ask(app, 'GET', `/api/rooms/${idOf('none')}/notes`)).status).toBe(404)
  })

  test('deleting one tells the room, takes answers along, and is recorded; not twice, not elsewhere', async () => {
    const { id } = await saved(ann)
    await saved(ann, { type: 'note.reply', parent: id, text: 'x', ref: 'r3' })
    const other = await makeRoom(app, { slug: 'other' })
    expect((await ask(app, 'DELETE', `/api/rooms/${other.id}/notes/${id}`)).status).toBe(404)
    ben.read()
    expect((await ask(app, 'DELETE', `/api/rooms/${room.id}/notes/${id}`)).status).toBe(204)
    await app.settled()
    expect(ben.read()).toEqual([{ type: 'notes.behind', seq: expect.any(Number) }])
    expect((await stored()).map(({ text }) => text)).toEqual(['', ''])
    expect((await ask(app, 'DELETE', `/api/rooms/${room.id}/notes/${id}`)).status).toBe(404)
    await app.settled()
    expect(ben.read()).toEqual([])
    expect(
      (await rows(app, "audit WHERE action = 'note.delete' ORDER BY id", 'outcome, target_id, params')).at(
        -1,
      ),
    ).toMatchObject({ target_id: id })
  })
})
