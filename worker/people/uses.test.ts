import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, joinRequest, makeLink, makeRoom, rows } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { MIN_LIFETIME } from '../admission/decide.ts'
import { blockKey, readBounds } from '../blocks/bounds.ts'
import { newId } from '../crypto/id.ts'
import { sql, write } from '../db.ts'
import { LIMITS } from '../limits/rules.ts'
import type { Link } from '../links/schema.ts'
import { mayWatch } from './may-watch.ts'
import { joinThroughLink } from './store.ts'

let app: TestApp
beforeEach(async () => {
  app = await testApp()
})
afterEach(() => app.close())

test('of a hundred who come at once through a link for seven, seven come in', async () => {
  const room = await makeRoom(app)
  const link = await makeLink(app, room.id, { maxUses: 7 })
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, n) =>
      ask(app, 'POST', '/api/join', {
        token: null,
        json: joinRequest(link, { name: `person ${n}` }),
        address: `198.51.100.${n}`,
      }),
    ),
  )
  const counts: Record<string, number> = {}
  for (const { status, body } of answers) {
    const what = `${status} ${body.code ?? ''}`
    counts[what] = (counts[what] ?? 0) + 1
  }
  expect(counts).toEqual({ '200 ': 7, '410 link_used_up': 93 })
  expect(await rows(app, 'people')).toHaveLength(7)
  const { body } = await ask<Link>(app, 'GET', `/api/rooms/${room.id}/links/${link.id}`)
  expect(body).toMatchObject({ uses: 7, state: 'used-up' })
  const more = await ask<Link>(app, 'PATCH', `/api/rooms/${room.id}/links/${link.id}`, {
    json: { maxUses: 8 },
  })
  expect(more.body).toMatchObject({ uses: 7, state: 'active' })
  expect((await ask(app, 'POST', '/api/join', { token: null, json: joinRequest(link) })).status).toBe(200)
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
  const situation = fc.record({
    roomStartsAt: moment,
    roomEndsAt: moment,
    roomEndedAt: fc.constantFrom(null, null, NOON - 1),
    linkStartsAt: moment,
    linkEndsAt: moment,
    linkRevokedAt: fc.constantFrom(null, null, NOON - 1),
    keyVersion: fc.constantFrom(1, 1, 2),
    isOfRoom: fc.constantFrom(true, true, false),
    opens: fc.constantFrom('room', 'room', 'subrooms', 'everything'),
    maxUses: fc.constantFrom(null, 1, 2),
    uses: fc.constantFrom(0, 1, 2),
    waitingRoom: fc.constantFrom(0, 0, 1),
    linkWaitingRoom: fc.constantFrom(0, 0, 1),
    lockedAt: fc.constantFrom(null, null, NOON - 1),
    autokick: fc.constantFrom<0 | 1>(0, 1),
    permissions: fc.constantFrom('[]', '["message"]', '["op","message"]'),
    banned: fc.constantFrom(false, false, false, true),
    fixedName: fc.constantFrom(null, 'Studio'),
    askName: fc.boolean(),
    pin: fc.constantFrom(null, 'right'),
    joinsBefore: fc.constantFrom(0, 0, LIMITS.join.tries - 1, LIMITS.join.tries),
    pinsBefore: fc.constantFrom(0, 0, LIMITS.pin.tries - 1, LIMITS.pin.tries),
    block: fc.constantFrom(null, null, '192.0.2.8', '192.0.2.0/29'),
    given: fc.record({
      name: fc.constantFrom(undefined, 'Anna'),
      pinMacs: fc.constantFrom<string[]>([], ['right'], ['wrong'], ['new', 'right']),
      slug: fc.constantFrom('place', 'place', 'place', 'elsewhere'),
    }),
  })
  await fc.assert(
    fc.asyncProperty(situation, async s => {
      const [roomId, otherId, linkId, personId] = [newId(), newId(), newId(), newId()]
      await write(app.db, [
        'DELETE FROM rooms',
        'DELETE FROM limits',
        'DELETE FROM blocks',
        'DELETE FROM bans',
        sql(
          `INSERT INTO rooms (id, slug, title, starts_at, ends_at, ended_at, waiting_room, locked_at, autokick,
             created_at, updated_at)
           VALUES (:roomId, 'place', 'x', :roomStartsAt, :roomEndsAt, :roomEndedAt, :waitingRoom, :lockedAt, :autokick,
             0, 0)`,
          {
            roomId,
            roomStartsAt: s.roomStartsAt,
            roomEndsAt: s.roomEndsAt,
            roomEndedAt: s.roomEndedAt,
            waitingRoom: s.waitingRoom,
            lockedAt: s.lockedAt,
            autokick: s.autokick,
          },
        ),
        sql(`INSERT INTO streams (id, room_id, hidden_name, created_at) VALUES (:roomId, :roomId, 'h', 0)`, {
          roomId,
        }),
        sql(
          `INSERT INTO rooms (id, slug, title, ended_at, created_at, updated_at) VALUES (:otherId, 'other', 'x', 1, 0, 0)`,
          { otherId },
        ),
        sql(
          `INSERT INTO links (id, room_id, label, permissions, fixed_name, ask_name, pin_mac, starts_at, ends_at,
             max_uses, uses, revoked_at, key_version, waiting_room, opens, created_at, updated_at)
           VALUES (:linkId, :roomId, 'label', :permissions, :fixedName, :askName, :pin, :linkStartsAt, :linkEndsAt,
             :maxUses, :uses, :linkRevokedAt, :keyVersion, :linkWaitingRoom, :opens, 0, 0)`,
          {
            linkId,
            roomId: s.isOfRoom ? roomId : otherId,
            opens: s.opens,
            permissions: s.permissions,
            linkWaitingRoom: s.linkWaitingRoom,
            fixedName: s.fixedName,
            askName: Number(s.askName),
            pin: s.pin,
            linkStartsAt: s.linkStartsAt,
            linkEndsAt: s.linkEndsAt,
            maxUses: s.maxUses,
            uses: s.uses,
            linkRevokedAt: s.linkRevokedAt,
            keyVersion: s.keyVersion,
          },
        ),
        ...[
          { key: 'join|192.0.2.7', count: s.joinsBefore },
          { key: `pin|${linkId}|192.0.2.7`, count: s.pinsBefore },
        ].map(row =>
          sql(`INSERT INTO limits (key, count, window_ends) VALUES (:key, :count, ${NOON + 1})`, row),
        ),
        ...(s.block
          ? [
              sql(
                `INSERT INTO blocks (id, low, high, block, source, created_at)
                 VALUES ('b', :low, :high, :block, 'admin', 0)`,
                { ...readBounds(s.block)! },
              ),
            ]
          : []),
        // Whoever else is kept out is nobody's business here.
        sql(
          `INSERT INTO bans (id, room_id, low, high, address, person_id, created_at)
           SELECT id, id, :key, :key, 'x', 'x', 0 FROM rooms`,
          { key: blockKey(s.banned ? '192.0.2.7' : '192.0.2.9') },
        ),
      ])
      const blocked = Number(s.block === '192.0.2.0/29' || s.banned)
      const given = s.given.pinMacs.length > 0
      const counted = s.joinsBefore < LIMITS.join.tries
      const opened = s.given.slug === 'place' && (s.isOfRoom || s.opens === 'everything')
      const isHost = s.permissions.includes('op')
      const standing = {
        ...s,
        admittedAt: null,
        isHost,
        hostless: s.autokick,
        lockMessage: '',
      }
      const compared =
        given &&
        counted &&
        !blocked &&
        opened &&
        s.keyVersion === 1 &&
        s.pin !== null &&
        s.pinsBefore < LIMITS.pin.tries
      const wanted =
        counted &&
        opened &&
        s.keyVersion === 1 &&
        mayWatch({ ...standing, blocked, personRemovedAt: null }, NOON).state !== 'refused' &&
        (s.maxUses === null || s.uses < s.maxUses) &&
        (s.pin === null || (compared && s.given.pinMacs.includes(s.pin))) &&
        (s.fixedName !== null || !s.askName || s.given.name !== undefined)

      const answer = await joinThroughLink(
        app.db,
        { personId, linkId, keyVersion: 1, ...s.given, address: '192.0.2.7' },
        NOON,
      )

      const { joined, row, pin } = answer
      expect({ joined, counted: answer.counted, found: row !== undefined, compared: pin?.compared }).toEqual({
        joined: wanted,
        counted,
        found: opened,
        compared: given ? compared : undefined,
      })
      const isLetIn = isHost || (!s.waitingRoom && !s.linkWaitingRoom && s.lockedAt === null)
      expect(await rows(app, 'people', 'id, room_id, link_id, name, admitted_at')).toEqual(
        wanted
          ? [
              {
                id: personId,
                room_id: roomId,
                link_id: linkId,
                name: s.fixedName ?? s.given.name ?? 'label',
                admitted_at: isLetIn ? NOON : null,
              },
            ]
          : [],
      )
      // What their page is told next: in, or what keeps them out.
      if (wanted)
        expect(mayWatch(row!, NOON)).toEqual(
          mayWatch({ ...standing, blocked, personRemovedAt: null, admittedAt: isLetIn ? NOON : null }, NOON),
        )
      expect(await rows(app, 'links', 'uses')).toEqual([{ uses: s.uses + (wanted ? 1 : 0) }])
    }),
    { numRuns: 400 },
  )
})
