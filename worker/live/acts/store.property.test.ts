import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addLink, addPerson, addRoom, empty, fill, OTHER, ROOM } from '../../../test/support/acts.ts'
import { NOON } from '../../../test/support/app.ts'
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts'
import { idOf } from '../../../test/support/live.ts'
import { World } from '../../../test/support/world.ts'
import { all, sql } from '../../db.ts'
import { type Grant, grants, roleNames } from '../../links/permissions.ts'
import { answerAsks } from '../store.ts'
import type { Act, Actor } from './acts.ts'
import { carryOut } from './store.ts'

/** The statements of acts, held against the same written plainly: for any sequence of acts by anybody. */

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

const LINKS = [
  { id: 'hosts', role: 'host' },
  { id: 'clients', role: 'reviewer' },
  { id: 'friends', role: 'reviewer', madeBy: idOf('Cem'), waitingRoom: true },
] as const
const PEOPLE = [
  ['Ann', 'hosts'],
  ['Ben', 'hosts'],
  ['Cem', 'clients'],
  ['Dea', 'clients'],
  ['Eli', 'friends'],
  ['Fay', 'friends'],
] as const
const STRANGER = 'Zoe'
/** An operator who holds little, and made a link that gives as much. */
const OF_CEM: Grant[] = ['op', 'message', 'annotate']

const person = fc.constantFrom(...PEOPLE.map(([name]) => idOf(name)))
const id = fc.oneof({ weight: 9, arbitrary: person }, { weight: 1, arbitrary: fc.constant(idOf(STRANGER)) })
const ids = fc.oneof(fc.constant('all' as const), fc.uniqueArray(id, { minLength: 1, maxLength: 3 }))
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ do: fc.constant('admit' as const), ids }),
  fc.record({ do: fc.constant('refuse' as const), ids, reason: fc.constantFrom(null, 'Full') }),
  fc.record({ do: fc.constant('lock' as const), message: fc.constantFrom('', 'Later') }),
  fc.constant<Act>({ do: 'unlock' }),
  fc.record({ do: fc.constant('role' as const), id, role: fc.constantFrom(...roleNames) }),
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('permit' as const),
      id,
      permission: fc.constantFrom('op' as const, ...grants),
      held: fc.boolean(),
    }),
  },
  fc.record({
    do: fc.constant('kick' as const),
    id,
    reason: fc.constantFrom(null, 'Noise'),
    link: fc.boolean(),
    addresses: fc.constantFrom([], ['192.0.2.7']),
  }),
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pardon' as const), id }) },
  fc.record({ do: fc.constant('close-link' as const), of: id }),
  fc.record({
    do: fc.constant('timecode' as const),
    clock: fc.record({
      rate: fc.constantFrom('25' as const, '29.97df' as const),
      frame: fc.nat(9),
      at: fc.constant(NOON),
      running: fc.boolean(),
      by: fc.constantFrom('Ann', 'Ben'),
    }),
  }),
  { weight: 2, arbitrary: fc.constant<Act>({ do: 'clear-timecode' }) },
  fc.record({
    do: fc.constant('watermark' as const),
    id,
    mode: fc.constantFrom(null, 'off' as const, 'corner' as const, 'tiled' as const),
  }),
)
const by: fc.Arbitrary<Actor> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(idOf('Ann'), idOf('Ben'), idOf('Cem')) },
  { weight: 2, arbitrary: id },
  { weight: 1, arbitrary: fc.constant('staff') },
)

/** How somebody stands when it begins. */
const standing = fc.constantFrom('in' as const, 'in' as const, 'waits' as const, 'removed' as const)
type Standing = typeof standing extends fc.Arbitrary<infer S> ? S : never

async function begin(standings: readonly Standing[]): Promise<World> {
  const world = new World()
  for (const link of LINKS) world.links.set(link.id, { ...link })
  await empty(database.db)
  await fill(database.db, [
    ...addRoom(ROOM),
    ...addRoom(OTHER),
    ...LINKS.map(({ id, role, ...more }) =>
      addLink(id, role, {
        waiting_room: 'waitingRoom' in more ? 1 : 0,
        made_by: 'madeBy' in more ? more.madeBy : null,
      }),
    ),
    addLink('elsewhere', 'host', { room_id: OTHER }),
    ...PEOPLE.map(([name, link], i) =>
      addPerson(name, {
        link,
        permissions: name === 'Cem' ? OF_CEM : undefined,
        admitted: standings[i] === 'in',
        removed: standings[i] === 'removed',
      }),
    ),
    addPerson(STRANGER, { room: OTHER, link: 'elsewhere' }),
  ])
  for (const [i, [name, link]] of PEOPLE.entries()) {
    world.join(name, link, NOON - 1_000)
    Object.assign(world.people.get(idOf(name))!, {
      permissions: name === 'Cem' ? OF_CEM : null,
      admittedAt: standings[i] === 'in' ? NOON - 1_000 : null,
      ...(standings[i] === 'removed' ? { removedAt: NOON - 500, removedReason: 'Before' } : {}),
    })
  }
  return world
}

const sorted = <T>(list: T[]) => list.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))

async function stored() {
  const rows = async (text: string) => sorted(all<object>(await database.db.execute(sql(text))))
  return {
    people: await rows(
      `SELECT id, admitted_at AS admittedAt, removed_at AS removedAt, removed_reason AS removedReason, role, permissions,
         watermark FROM people WHERE room_id = '${ROOM}'`,
    ),
    links: await rows(`SELECT id, revoked_at AS revokedAt FROM links WHERE room_id = '${ROOM}'`),
    lock: await rows(
      `SELECT locked_at AS at, lock_message AS message FROM rooms WHERE id = '${ROOM}' AND locked_at IS NOT NULL`,
    ),
    bans: await rows('SELECT person_id AS person, address FROM bans'),
    timecode: await rows('SELECT rate, frame, at, running, set_by_name AS by FROM room_timecodes'),
    elsewhere: await rows(
      `SELECT p.admitted_at, p.removed_at, p.permissions, l.revoked_at, r.locked_at FROM people p
       JOIN links l ON l.id = p.link_id JOIN rooms r ON r.id = p.room_id WHERE p.room_id = '${OTHER}'`,
    ),
  }
}

const kept = (world: World) => ({
  people: sorted(
    [...world.people.values()].map(
      ({ id, admittedAt, removedAt, removedReason, role, permissions, watermark }) => ({
        id,
        admittedAt,
        removedAt,
        removedReason,
        role,
        permissions: permissions && JSON.stringify(permissions),
        watermark,
      }),
    ),
  ),
  links: sorted([...world.links.values()].map(({ id, revokedAt = null }) => ({ id, revokedAt }))),
  lock: world.lock ? [world.lock] : [],
  bans: sorted(world.bans),
  timecode: world.timecode ? [{ ...world.timecode, running: Number(world.timecode.running) }] : [],
  elsewhere: [
    { admitted_at: NOON - 1_000, removed_at: null, permissions: null, revoked_at: null, locked_at: null },
  ],
})

it('any sequence of acts does what the plain account says, to this room alone', async () => {
  const seen: Record<string, number> = {}
  await fc.assert(
    fc.asyncProperty(
      fc.array(standing, { minLength: PEOPLE.length, maxLength: PEOPLE.length }),
      fc.array(fc.record({ act, by }), { minLength: 1, maxLength: 12 }),
      async (standings, steps) => {
        const world = await begin(standings)
        for (const [i, { act, by }] of steps.entries()) {
          const outcome = await carryOut(database.db, ROOM, act, by, NOON + i)
          const expected = world.act(act, by, NOON + i)
          const plain = (o: typeof outcome) => ('done' in o ? { done: sorted(o.done) } : o)
          expect({ i, act, by, ...plain(outcome) }).toEqual({ i, act, by, ...plain(expected) })
          const key = 'done' in outcome ? act.do : outcome.refused
          seen[key] = (seen[key] ?? 0) + 1
        }
        expect(await stored()).toEqual(kept(world))
        const asker = { socket: 's', by: { id: idOf('Ann'), name: 'Ann' } }
        expect(
          await answerAsks(database.db, { roomId: ROOM, sub: '' }, [{ ...asker, kind: 'removed' }]),
        ).toEqual([{ removed: world.removed(idOf('Ann')) }])
      },
    ),
    { numRuns: 200 },
  )
  // It is worth something only when each happens often.
  for (const key of [
    'admit',
    'refuse',
    'lock',
    'role',
    'permit',
    'kick',
    'pardon',
    'close-link',
    'timecode',
    'clear-timecode',
    'watermark',
    'forbidden',
    'not_here',
    'not_held',
  ])
    expect([key, seen[key]]).toEqual([key, expect.toSatisfy((n: number) => n > 1)])
})
