import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, makeInvitation, makeLink, makeRoom, playback, rows } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { webhook } from '../../test/support/ome.ts'
import { plansOf, scans } from '../../test/support/plan.ts'
import { MIN_LIFETIME } from '../admission/decide.ts'
import { blockKey } from '../blocks/bounds.ts'
import { newId } from '../crypto/id.ts'
import { verifyToken } from '../crypto/token.ts'
import { sql, write } from '../db.ts'
import type { App } from '../deps.ts'
import type { Invitee } from '../links/invite.ts'
import type { Link } from '../links/schema.ts'
import { Problem } from '../problem.ts'
import type { Room } from '../rooms/schema.ts'
import { comeIn, type Guest, joinAsGuest } from './come-in.ts'
import { joinByInvitation } from './invited.ts'
import { mayWatch } from './may-watch.ts'
import { isPersonClaims } from './token.ts'

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

const ADA = 'ada@example.com'
const ADDRESS = '192.0.2.7'
const call = () => ({
  address: ADDRESS,
  after: () => {},
  tell: () => {},
  app: {
    db: app.db,
    keys: app.keys,
    config: app.config,
    now: () => app.clock.now,
    log: { info: () => {} },
  } as unknown as App,
})
const invite = (kind: 'email' | 'domain' | 'group', value: string, fields: object = {}) =>
  makeInvitation(app, room.id, { kind, value }, fields)
const guest = (
  email: string | undefined = ADA,
  groups: string[] = [],
  account = `oidc|https://id|${email}`,
): Guest => ({
  who: { email, groups },
  account,
  name: 'Ada',
})
const enter = (who = guest(), slug = room.slug) => comeIn(call(), who, slug)
/** The problem's code and status, for what does not let in. */
const refused = async (who = guest(), slug = room.slug) => {
  const answer = await enter(who, slug).catch(problem => problem)
  if (!(answer instanceof Problem)) throw new Error('was let in')
  return [answer.status, answer.code]
}
const revoke = (link: Link) => ask(app, 'DELETE', `/api/rooms/${room.id}/links/${link.id}`)

describe('whom a room invites', () => {
  test.each<[string, 'email' | 'domain' | 'group', string, Invitee]>([
    ['their address', 'email', ADA, { email: ADA, groups: [] }],
    ['their domain', 'domain', 'example.com', { email: ADA, groups: [] }],
    ['a group of theirs', 'group', 'Colour', { email: undefined, groups: ['x', 'Colour'] }],
  ])('comes in by %s, in one round trip', async (_, kind, value, who) => {
    const link = await invite(kind, value, { role: 'reviewer' })
    app.roundTrips()
    const { token, ...answer } = await comeIn(call(), { who, account: 'oidc|i|s', name: 'Ada' }, room.slug)
    expect(app.roundTrips()).toBe(1)
    expect(answer).toEqual({
      person: { id: expect.stringMatching(/^[a-z2-7]{16}$/), name: 'Ada' },
      room: expect.objectContaining({ slug: room.slug, state: 'open' }),
      permissions: ['message', 'annotate'],
      state: 'admitted',
      opensAt: null,
      waiting: null,
      publishing: false,
      playable: false,
      streams: [
        {
          id: expect.stringMatching(/^[a-z2-7]{16}$/),
          kind: 'programme',
          label: '',
          publishing: false,
          playable: false,
        },
      ],
      demo: false,
      watermark: null,
      now: '2026-11-21T12:00:00.000Z',
    })
    expect(await verifyToken(app.keys, 'person-token', token, NOON, isPersonClaims)).toMatchObject({
      p: answer.person.id,
      r: room.id,
      l: link.id,
      g: NOON,
    })
    expect(await rows(app, 'people')).toEqual([
      {
        id: answer.person.id,
        room_id: room.id,
        link_id: link.id,
        name: 'Ada',
        joined_at: NOON,
        removed_at: null,
        account: 'oidc|i|s',
        admitted_at: NOON,
        role: null,
        permissions: null,
        removed_reason: null,
        watermark: null,
        display_checked_at: null,
      },
    ])
  })

  test.each<[string, Invitee]>([
    ['nobody in particular', { email: undefined, groups: [] }],
    ['another address', { email: 'bob@example.com', groups: [] }],
    ['a subdomain', { email: 'bob@sub.domain.example', groups: [] }],
    ['a domain that ends alike', { email: 'bob@otherdomain.example', groups: [] }],
    ['a group in other letters', { email: undefined, groups: ['colour'] }],
    ['a group named like an address', { email: undefined, groups: [ADA, 'domain.example'] }],
    ['an address named like a group', { email: 'Colour', groups: [] }],
    ['a pattern', { email: '%', groups: ['%', '_', '*'] }],
  ])('is not %s', async (_, who) => {
    await invite('email', ADA)
    await invite('domain', 'domain.example')
    await invite('group', 'Colour')
    await makeLink(app, room.id)
    expect(await refused({ who, account: 'a', name: 'x' })).toEqual([403, 'not_invited'])
    expect(await rows(app, 'people')).toEqual([])
    expect(new Set((await rows(app, 'links', 'uses')).map(row => row.uses))).toEqual(new Set([0]))
  })

  test('is told the same of a room that is not there, one that invites nobody, one that invites others, and one that did', async () => {
    const other = await makeRoom(app, { slug: 'other' })
    await makeInvitation(app, other.id, { kind: 'email', value: ADA })
    const problems: Problem[] = []
    const note = async (slug: string) =>
      problems.push(
        await enter(guest(), slug).then(
          () => Promise.reject(new Error('let in')),
          p => p,
        ),
      )
    await note('nowhere')
    await note(room.slug)
    await invite('email', 'bob@example.com')
    await note(room.slug)
    await revoke(await invite('email', ADA))
    await note(room.slug)
    expect(
      new Set(
        problems.map(({ status, code, detail, extra }) => JSON.stringify([status, code, detail, extra])),
      ),
    ).toEqual(
      new Set([
        JSON.stringify([
          403,
          'not_invited',
          'This review does not invite you. Ask the person who runs it to invite the address you sign in with.',
          {},
        ]),
      ]),
    )
  })
})

describe('of several invitations', () => {
  test('an address counts before a group, a group before a domain, in whatever order they were made', async () => {
    const makers = [
      () => invite('domain', 'example.com', { role: 'observer' }),
      () => invite('group', 'Colour', { role: 'reviewer' }),
      () => invite('email', ADA, { role: 'host' }),
    ]
    const enterAs = async (who: Guest) => (await enter(who)).permissions.length
    for (const order of [makers, makers.toReversed()]) {
      for (const make of order) await make()
      expect(await enterAs(guest(ADA, ['Colour'], 'a'))).toBe(7)
      expect(await enterAs(guest('bob@example.com', ['Colour'], 'b'))).toBe(2)
      expect(await enterAs(guest('eve@example.com', [], 'c'))).toBe(0)
      await app.db.execute('DELETE FROM links')
    }
  })

  test('one that lets in counts before one that does not', async () => {
    await invite('email', ADA, { role: 'host', endsAt: '2026-11-21T11:00:00Z' })
    await invite('group', 'Colour', { role: 'presenter', maxUses: 1 })
    await enter(guest(undefined, ['Colour'], 'somebody else'))
    await invite('domain', 'example.com', { role: 'reviewer' })
    expect((await enter(guest(ADA, ['Colour']))).permissions).toEqual(['message', 'annotate'])
  })

  test('when none lets in, the most personal tells why', async () => {
    await invite('domain', 'example.com', { maxUses: 1 })
    await enter(guest('bob@example.com'))
    expect(await refused()).toEqual([410, 'link_used_up'])
    await invite('email', ADA, { endsAt: '2026-11-21T11:00:00Z' })
    expect(await refused()).toEqual([410, 'link_ended'])
  })
})

describe('who comes again', () => {
  test('is the same person, uses nothing up, and has the name they have now', async () => {
    await invite('email', ADA, { maxUses: 1 })
    const first = await enter()
    app.clock.now += 3600_000
    const again = await enter({ ...guest(), name: 'Ada Lovelace' })
    expect(again.person).toEqual({ id: first.person.id, name: 'Ada Lovelace' })
    expect(await rows(app, 'people', 'name, joined_at')).toEqual([{ name: 'Ada Lovelace', joined_at: NOON }])
    expect(await rows(app, 'links', 'uses')).toEqual([{ uses: 1 }])
  })

  test('under another account is another person, whatever their address', async () => {
    await invite('email', ADA, { maxUses: 1 })
    await enter()
    expect(await refused(guest(ADA, [], 'oidc|https://other|ada'))).toEqual([410, 'link_used_up'])
  })

  test('does not stay as whom they were by an earlier invitation when a host removes them', async () => {
    await invite('domain', 'example.com')
    const before = await enter()
    await invite('email', ADA)
    const now = await enter()
    expect(now.person.id).not.toBe(before.person.id)
    const kicked = await ask(app, 'POST', `/api/rooms/${room.id}/people/${now.person.id}/kick`, { json: {} })
    expect(kicked.status).toBe(204)
    for (const { token } of [now, before]) {
      expect((await ask(app, 'GET', '/api/room', { token })).body.code).toBe('removed')
      expect((await ask(app, 'POST', '/api/playback', { token, json: {} })).body.code).toBe('removed')
    }
  })

  test('stays out when a host has removed them, by any invitation of the room, and only of that room', async () => {
    await invite('email', ADA)
    await enter()
    await app.db.execute(`UPDATE people SET removed_at = ${NOON}`)
    expect(await refused()).toEqual([403, 'removed'])
    await app.db.execute('UPDATE links SET revoked_at = 1')
    await invite('domain', 'example.com')
    expect(await refused()).toEqual([403, 'removed'])
    expect(await rows(app, 'people', 'removed_at')).toEqual([{ removed_at: NOON }])
    const other = await makeRoom(app, { slug: 'other' })
    await makeInvitation(app, other.id, { kind: 'email', value: ADA })
    expect((await enter(guest(), 'other')).state).toBe('admitted')
  })

  test('of a hundred at once with one account is one person with one use', async () => {
    await invite('email', ADA, { maxUses: 1 })
    const answers = await Promise.all(Array.from({ length: 100 }, () => enter()))
    expect(new Set(answers.map(answer => answer.person.id)).size).toBe(1)
    expect(await rows(app, 'links', 'uses')).toEqual([{ uses: 1 }])
  })
})

test('who comes early waits', async () => {
  await invite('email', ADA, { startsAt: '2026-11-21T13:00:00Z' })
  expect(await enter()).toMatchObject({ state: 'waiting', opensAt: '2026-11-21T13:00:00.000Z' })
})

test('without a name somebody is called as the invitation is', async () => {
  await invite('group', 'Colour', { label: 'Grading team' })
  expect((await enter({ ...guest(undefined, ['Colour'], 'x'), name: undefined })).person.name).toBe(
    'Grading team',
  )
})

test('revoking an invitation ends the lease at the next renewal, and the room at once', async () => {
  const link = await invite('email', ADA)
  const { token } = await enter()
  const url = (await playback(app, token)).webrtc.url
  expect(await webhook(app, { url })).toMatchObject({ allowed: true })
  await revoke(link)
  expect(await webhook(app, { url })).toMatchObject({ allowed: false })
  expect(await ask(app, 'GET', '/api/room', { token })).toMatchObject({
    status: 410,
    body: { code: 'link_revoked' },
  })
  expect(await ask(app, 'POST', '/api/playback', { token, json: {} })).toMatchObject({ status: 410 })
})

describe('a user with a passkey', () => {
  const user = { id: 'u'.repeat(16), name: 'Ada', email: ADA }
  const asGuest = (email: string | null) => joinAsGuest(call(), { ...user, email }, room.slug)

  test.each([
    ['email', ADA],
    ['domain', 'example.com'],
  ] as const)('comes in by their %s', async (kind, value) => {
    await invite(kind, value)
    expect((await asGuest(ADA)).person.name).toBe('Ada')
    expect(await rows(app, 'people', 'account')).toEqual([{ account: `user|${user.id}` }])
  })

  test.each([null, '', 'ada', 'bob@example.org'])('does not with the address %j', async email => {
    await invite('email', ADA)
    await invite('domain', 'example.com')
    await invite('group', 'ada')
    await expect(asGuest(email)).rejects.toMatchObject({ code: 'not_invited' })
  })
})

test('reads nothing through but the groups it brings along', async () => {
  await invite('email', ADA)
  app.roundTrips()
  await enter(guest(ADA, ['a', 'b']))
  const plans = await plansOf(app.database)
  expect(plans).toHaveLength(3)
  expect(new Set(plans.flatMap(scans))).toEqual(new Set(['SCAN json_each VIRTUAL TABLE INDEX 1:']))
})

test('the statement lets in whom the rule lets in, and counts only them', async () => {
  const moment = fc.constantFrom(
    null,
    NOON - 1,
    NOON,
    NOON + MIN_LIFETIME - 1,
    NOON + MIN_LIFETIME,
    NOON + 60_000,
  )
  const ended = fc.constantFrom(null, null, NOON - 1)
  const situation = fc.record({
    roomStartsAt: moment,
    roomEndsAt: moment,
    roomEndedAt: ended,
    linkStartsAt: moment,
    linkEndsAt: moment,
    linkRevokedAt: ended,
    personRemovedAt: ended,
    waitingRoom: fc.constantFrom(0, 0, 1),
    lockedAt: fc.constantFrom(null, null, NOON - 1),
    permissions: fc.constantFrom('[]', '["op","message"]'),
    known: fc.boolean(),
    maxUses: fc.constantFrom(null, 1, 2),
    uses: fc.constantFrom(0, 1, 2),
    value: fc.constantFrom(ADA, ADA, 'bob@example.com'),
    slug: fc.constantFrom('place', 'place', 'place', 'elsewhere'),
    blocked: fc.constantFrom(false, false, true),
  })
  await fc.assert(
    fc.asyncProperty(situation, async s => {
      const [roomId, linkId, before, personId] = [newId(), newId(), newId(), newId()]
      await write(app.db, [
        'DELETE FROM rooms',
        'DELETE FROM blocks',
        sql(
          `INSERT INTO blocks (id, low, high, block, source, created_at)
           SELECT 'b', :key, :key, :key, 'admin', 0 WHERE :blocked`,
          { key: blockKey(ADDRESS), blocked: Number(s.blocked) },
        ),
        sql(
          `INSERT INTO rooms (id, slug, title, starts_at, ends_at, ended_at, waiting_room, locked_at, created_at, updated_at)
           VALUES (:roomId, 'place', 'x', :roomStartsAt, :roomEndsAt, :roomEndedAt, :waitingRoom, :lockedAt, 0, 0)`,
          {
            roomId,
            roomStartsAt: s.roomStartsAt,
            roomEndsAt: s.roomEndsAt,
            roomEndedAt: s.roomEndedAt,
            waitingRoom: s.waitingRoom,
            lockedAt: s.lockedAt,
          },
        ),
        sql(`INSERT INTO streams (id, room_id, hidden_name, created_at) VALUES (:roomId, :roomId, 'h', 0)`, {
          roomId,
        }),
        sql(
          `INSERT INTO links (id, room_id, label, permissions, starts_at, ends_at, max_uses, uses, revoked_at,
             invite_kind, invite_value, created_at, updated_at)
           VALUES (:linkId, :roomId, 'label', :permissions, :linkStartsAt, :linkEndsAt, :maxUses, :uses, :linkRevokedAt,
             'email', :value, 0, 0)`,
          {
            linkId,
            roomId,
            permissions: s.permissions,
            linkStartsAt: s.linkStartsAt,
            linkEndsAt: s.linkEndsAt,
            maxUses: s.maxUses,
            uses: s.uses,
            linkRevokedAt: s.linkRevokedAt,
            value: s.value,
          },
        ),
        ...(s.known
          ? [
              sql(
                `INSERT INTO people (id, room_id, link_id, name, joined_at, removed_at, account)
                 VALUES (:before, :roomId, :linkId, 'Before', 0, :removed, 'account')`,
                { before, roomId, linkId, removed: s.personRemovedAt },
              ),
            ]
          : []),
      ])
      const invited = s.slug === 'place' && s.value === ADA && s.linkRevokedAt === null
      const personRemovedAt = s.known ? s.personRemovedAt : null
      const wanted =
        invited &&
        mayWatch(
          {
            ...s,
            blocked: Number(s.blocked),
            personRemovedAt,
            admittedAt: null,
            isHost: false,
            hostless: false,
            lockMessage: '',
          },
          NOON,
        ).state !== 'refused' &&
        (s.known || s.maxUses === null || s.uses < s.maxUses)

      const { joined, row } = await joinByInvitation(
        app.db,
        {
          slug: s.slug,
          who: { email: ADA, groups: [] },
          account: 'account',
          personId,
          name: 'Ada',
          address: ADDRESS,
        },
        NOON,
      )

      expect({ joined, found: row !== undefined }).toEqual({ joined: wanted, found: invited })
      // Who was there before stays as far in as they were.
      const isLetIn = s.permissions.includes('op') || (!s.waitingRoom && s.lockedAt === null)
      expect(await rows(app, 'people', 'id, name, admitted_at')).toEqual(
        s.known
          ? [{ id: before, name: wanted ? 'Ada' : 'Before', admitted_at: null }]
          : wanted
            ? [{ id: personId, name: 'Ada', admitted_at: isLetIn ? NOON : null }]
            : [],
      )
      expect(await rows(app, 'links', 'uses')).toEqual([{ uses: s.uses + (wanted && !s.known ? 1 : 0) }])
    }),
    { numRuns: 250 },
  )
})
