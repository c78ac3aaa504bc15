import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, join, makeLink, makeRoom, playback, rows } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { addAudit } from '../../test/support/audit.ts'
import { webhook } from '../../test/support/ome.ts'
import { plansOf, scans } from '../../test/support/plan.ts'
import { auditActions } from './actions.ts'
import type { Attendance, AuditItem, AuditList } from './schema.ts'

let app: TestApp
beforeEach(async () => {
  app = await testApp()
})
afterEach(() => app.close())

const MINUTE = 60_000
const at = (minute: number) => new Date(NOON + minute * MINUTE).toISOString()
const list = async (query = '') => (await ask<AuditList>(app, 'GET', `/api/audit${query}`)).body
const ids = async (query: string) => (await list(query)).items.map(item => item.id)

/** Six rows: what each is about stands in its test. */
const sample = () =>
  addAudit(app.db, [
    { action: 'room.create', at: NOON },
    { action: 'room.change', at: NOON + MINUTE, outcome: 'refused', room: 'r2' },
    {
      action: 'user.invite',
      at: NOON + 2 * MINUTE,
      room: null,
      actor: { kind: 'key', id: 'k1', name: 'Robot' },
    },
    {
      action: 'session.sign-in',
      at: NOON + 3 * MINUTE,
      room: null,
      outcome: 'refused',
      address: '198.51.100.1',
    },
    // Told late: it happened before the one above.
    { action: 'play.opening', at: NOON + 2.5 * MINUTE, address: null },
    { action: 'room.end', at: NOON + 5 * MINUTE },
  ])

describe('GET /api/audit', () => {
  it('shows all of a row', async () => {
    await addAudit(app.db, [{}])
    expect(await ask(app, 'GET', '/api/audit')).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'no-store' },
      body: {
        items: [
          {
            id: 1,
            at: '2026-11-21T12:00:00.000Z',
            action: 'room.change',
            outcome: 'done',
            actor: { kind: 'user', id: 'vera', name: 'Vera Lind' },
            target: { kind: 'room', id: 'r1', name: 'Nordlicht' },
            roomId: 'r1',
            params: { title: 'Nordlicht' },
            address: '192.0.2.1',
            userAgent: 'Mozilla/5.0',
          },
        ],
        next: null,
        keptDays: 365,
      },
    })
  })

  it('says how long rows are kept', async () => {
    const own = await testApp({ AUDIT_KEEP_DAYS: '30' })
    expect((await ask(own, 'GET', '/api/audit')).body).toEqual({ items: [], next: null, keptDays: 30 })
    own.close()
  })

  it.each<[string, number[]]>([
    ['', [6, 5, 4, 3, 2, 1]],
    ['?actor=k1', [3]],
    ['?actor=nobody', []],
    ['?action=room.create', [1]],
    ['?action=room.', [6, 2, 1]],
    ['?action=user.remove', []],
    ['?outcome=refused', [4, 2]],
    ['?outcome=done', [6, 5, 3, 1]],
    ['?room=r2', [2]],
    ['?room=r1', [6, 5, 1]],
    ['?address=198.51.100.1', [4]],
    [`?from=${at(2)}`, [6, 5, 4, 3]],
    [`?from=${at(3)}`, [6, 4]],
    [`?to=${at(3)}`, [5, 3, 2, 1]],
    [`?from=${at(2)}&to=${at(3)}`, [5, 3]],
    [`?from=${at(60)}`, []],
    [`?to=${at(0)}`, []],
    ['?action=room.&outcome=refused&room=r2', [2]],
    [`?action=room.&actor=vera&from=${at(1)}&address=192.0.2.1`, [6, 2]],
  ])('%s finds %j', async (query, expected) => {
    await sample()
    expect(await ids(query)).toEqual(expected)
  })

  it.each(['', '&action=room.', '&outcome=done', '&actor=vera'])('gives pages%s', async filter => {
    await sample()
    const whole = await ids(`?limit=200${filter}`)
    const paged: number[] = []
    let next: string | null = null
    do {
      const page: AuditList = await list(`?limit=2${filter}${next === null ? '' : `&cursor=${next}`}`)
      expect(page.items.length).toBeLessThanOrEqual(2)
      paged.push(...page.items.map(item => item.id))
      next = page.next
    } while (next !== null)
    expect(paged).toEqual(whole)
  })

  it.each([
    'action=nothing',
    'action=room',
    'action=.',
    'action=',
    'outcome=maybe',
    'from=yesterday',
    'to=2026-11-21',
    'cursor=x',
    'cursor=-1',
    'limit=0',
    'room=',
    'q=x',
  ])('refuses ?%s', async query => {
    expect(await ask(app, 'GET', `/api/audit?${query}`)).toMatchObject({
      status: 400,
      body: { code: 'invalid', errors: [{ field: query.split('=')[0] }] },
    })
  })
})

describe('looks up by index', () => {
  // A subquery is what one look-up gives: a page at most.
  it.each<[string, string[]]>([
    ['actor=vera', []],
    ['action=room.create', ['SCAN (subquery-1)']],
    ['address=192.0.2.1', []],
    ['actor=vera&action=room.create&cursor=9', ['SCAN (subquery-1)']],
    ['room=r1&action=play.opening', ['SCAN (subquery-1)']],
    ['room=r1', []],
  ])('%s', async (query, expected) => {
    app.roundTrips()
    await list(`?${query}`)
    const plans = await plansOf(app.database)
    expect(plans.flatMap(scans)).toEqual(expected)
    // The list, and whether the caller is blocked.
    expect(plans).toHaveLength(2)
  })

  it.each(['', 'outcome=refused', `from=${at(0)}`, `to=${at(0)}`, `from=${at(0)}&to=${at(9)}&actor=vera`])(
    'or walks in its order, without sorting: %s',
    async query => {
      app.roundTrips()
      await list(`?${query}`)
      const plan = (await plansOf(app.database)).at(-1)
      expect(plan!.steps.filter(step => step.includes('TEMP B-TREE'))).toEqual([])
      // Through the table from its newest row on, through an index, or through the few rows beside a time.
      for (const scan of scans(plan!))
        expect(scan).toMatch(/^SCAN (audit( USING (COVERING )?INDEX \w+)?|\(subquery-\d+\))$/)
    },
  )
})

describe('GET /api/audit/export', () => {
  const text = async (query: string) => (await app.request('GET', `/api/audit/export${query}`)).text()

  it('gives CSV', async () => {
    await addAudit(app.db, [
      {},
      {
        actor: { kind: 'person', id: null, name: '=HYPERLINK("http://x","y")' },
        target: undefined,
        room: null,
        params: {},
        address: null,
        userAgent: '@SUM(A1)',
      },
    ])
    const answer = await ask<string>(app, 'GET', '/api/audit/export?format=csv&action=room.change')
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="audit-20261121T120000Z.csv"',
      'cache-control': 'no-store',
    })
    expect(answer.body).toBe(
      [
        'id,at,action,outcome,actor kind,actor id,actor name,target kind,target id,target name,room id,parameters,address,user agent',
        `2,${at(0)},room.change,done,person,,"'=HYPERLINK(""http://x"",""y"")",,,,,{},,'@SUM(A1)`,
        `1,${at(0)},room.change,done,user,vera,Vera Lind,room,r1,Nordlicht,r1,"{""title"":""Nordlicht""}",192.0.2.1,Mozilla/5.0`,
        '',
      ].join('\r\n'),
    )
  })

  it('gives JSON Lines, each as the list has it', async () => {
    await sample()
    const { items } = await list('?action=room.')
    const answer = await app.request('GET', '/api/audit/export?format=jsonl&action=room.')
    expect(answer.headers.get('content-type')).toBe('application/jsonl; charset=utf-8')
    const lines = (await answer.text()).trimEnd().split('\n')
    expect(lines.map(line => JSON.parse(line) as AuditItem)).toEqual(items)
  })

  it('is itself recorded, before the file goes out, with what was asked for', async () => {
    await sample()
    await text(`?format=csv&action=room.&from=${at(0)}`)
    const [row] = await rows(app, "audit WHERE action = 'audit.export'", 'outcome, actor_kind, params')
    expect({ ...row, params: JSON.parse(String(row!.params)) }).toEqual({
      outcome: 'done',
      actor_kind: 'token',
      params: {
        format: 'csv',
        action: auditActions.filter(action => action.startsWith('room.')),
        from: at(0),
      },
    })
  })

  it('reads a page when the reader wants it, and stops when the reader leaves', async () => {
    for (let i = 0; i < 5; i++)
      await addAudit(
        app.db,
        Array.from({ length: 1_000 }, () => ({})),
      )
    const answer = await app.request('GET', '/api/audit/export?format=jsonl')
    const reader = answer.body!.getReader()
    await reader.read()
    await reader.read()
    app.roundTrips()
    await reader.cancel()
    await new Promise(setImmediate)
    expect(app.roundTrips()).toBe(0)
    // The first export's own row is there, the second's came after its first page.
    const lines = (await text('?format=jsonl')).trimEnd().split('\n')
    expect(lines).toHaveLength(5_001)
    expect(new Set(lines.map(line => JSON.parse(line).id)).size).toBe(5_001)
  })

  it('is not begun without the database', async () => {
    app.database.state('down')
    expect((await ask(app, 'GET', '/api/audit/export')).status).toBe(503)
    app.database.state('up')
  })

  it('of nothing is an empty file', async () => {
    expect(await text('?format=jsonl&actor=nobody')).toBe('')
    expect((await text('?format=csv&actor=nobody')).split('\r\n')).toHaveLength(2)
  })

  it('breaks off when the database goes away, rather than end as if that were all', async () => {
    await addAudit(
      app.db,
      Array.from({ length: 2_500 }, () => ({})),
    )
    const answer = await app.request('GET', '/api/audit/export?format=csv')
    app.database.state('down')
    await expect(answer.text()).rejects.toThrow()
    app.database.state('up')
  })

  it.each(['format=xml', 'limit=5', 'cursor=5', 'action=nothing'])('refuses ?%s', async query => {
    expect((await ask(app, 'GET', `/api/audit/export?${query}`)).status).toBe(400)
  })
})

describe('GET /api/rooms/:id/attendance', () => {
  /** Anna watches for two minutes, then again much later and is still there; Ben only joins. */
  async function review() {
    const room = await makeRoom(app)
    const link = await makeLink(app, room.id)
    const anna = await join(app, link, { name: 'Anna Ek' })
    const ben = await join(app, link, { name: 'Ben' })
    const play = async (status: 'opening' | 'closing', port: number) => {
      const { webrtc } = await playback(app, anna.token)
      await webhook(app, { url: webrtc.url, port, status })
    }
    await play('opening', 1)
    await app.pass(2 * MINUTE)
    await play('closing', 1)
    await app.pass(30 * MINUTE)
    await play('opening', 2)
    await app.pass(MINUTE)
    const visit = (person: { id: string; name: string }, from: number, until: number, more: object = {}) => ({
      person,
      link: { id: link.id, label: 'Client' },
      from: at(from),
      until: at(until),
      ms: (until - from) * MINUTE,
      present: false,
      addresses: ['192.0.2.1'],
      ...more,
    })
    const items = [
      visit(anna.person, 0, 2),
      visit(ben.person, 0, 0, { addresses: ['127.0.0.1'] }),
      visit(anna.person, 32, 33, { present: true }),
    ]
    return { room, items }
  }
  const byStart = (items: { from: string; person: { name: string } }[]) =>
    items.toSorted((a, b) => a.from.localeCompare(b.from) || a.person.name.localeCompare(b.person.name))

  it('tells who was there, through which link, when, how long and from where', async () => {
    const { room, items } = await review()
    const { body } = await ask<Attendance>(app, 'GET', `/api/rooms/${room.id}/attendance`)
    expect({ ...body, items: byStart(body.items) }).toEqual({ items, next: null })
  })

  it('goes on telling when leases are swept and the room is deleted', async () => {
    const { room, items } = await review()
    await ask(app, 'DELETE', `/api/rooms/${room.id}`)
    const { body } = await ask<Attendance>(app, 'GET', `/api/rooms/${room.id}/attendance`)
    expect(byStart(body.items)).toEqual(items)
  })

  it('gives CSV', async () => {
    const { room, items } = await review()
    const answer = await ask<string>(app, 'GET', `/api/rooms/${room.id}/attendance.csv`)
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
    const [head, ...lines] = answer.body.trimEnd().split('\r\n')
    expect(head).toBe('person,person id,link,link id,from,until,minutes,still there,addresses')
    const { person, link } = items[2]!
    expect(lines.at(-1)).toBe(`Anna Ek,${person.id},Client,${link.id},${at(32)},${at(33)},1,yes,192.0.2.1`)
    expect(lines).toHaveLength(3)
  })

  it('of a room where nobody was is empty; of no room is 404', async () => {
    const room = await makeRoom(app)
    expect((await ask(app, 'GET', `/api/rooms/${room.id}/attendance`)).body).toEqual({
      items: [],
      next: null,
    })
    for (const path of ['attendance', 'attendance.csv'])
      expect((await ask(app, 'GET', `/api/rooms/aaaaaaaaaaaaaaaa/${path}`)).status).toBe(404)
  })
})
