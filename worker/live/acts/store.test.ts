import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  addLease,
  addLink,
  addPerson,
  addRoom,
  changes,
  contents,
  empty,
  fill,
  OTHER,
  ROOM,
} from '../../../test/support/acts.ts'
import { NOON } from '../../../test/support/app.ts'
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts'
import { idOf } from '../../../test/support/live.ts'
import { plansOf, scans } from '../../../test/support/plan.ts'
import { sql } from '../../db.ts'
import { type Grant, grants, type Role, roleNames, roles } from '../../links/permissions.ts'
import type { Act, Actor } from './acts.ts'
import { carryOut } from './store.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())
beforeEach(() => afresh())

async function afresh(): Promise<void> {
  await empty(database.db)
  await fill(database.db, [
    ...addRoom(ROOM),
    ...addRoom(OTHER),
    addLink('hosts', 'host'),
    addLink('clients', 'reviewer'),
    addLink('friends', 'observer', { made_by: idOf('guest') }),
    addLink('closed', 'host', { revoked_at: 1 }),
    addLink('elsewhere', 'host', { room_id: OTHER }),
    addPerson('host', { link: 'hosts' }),
    addPerson('cohost', { link: 'clients', permissions: ['op', 'message'] }),
    addPerson('guest', { link: 'clients' }),
    addPerson('friend', { link: 'friends' }),
    addPerson('waits', { link: 'clients', admitted: false }),
    addPerson('waits too', { link: 'friends', admitted: false }),
    addPerson('gone', { link: 'clients', removed: true }),
    addPerson('presenter', { link: 'clients', permissions: ['present', 'message', 'annotate', 'token'] }),
    addPerson('removed host', { link: 'hosts', removed: true }),
    addPerson('host of old', { link: 'closed' }),
    addPerson('demoted', { link: 'hosts', permissions: ['message', 'token', 'record'] }),
    addPerson('their host', { room: OTHER, link: 'elsewhere' }),
    addPerson('their guest', { room: OTHER, link: 'elsewhere', permissions: ['message'] }),
    addPerson('they wait', { room: OTHER, link: 'elsewhere', admitted: false, permissions: [] }),
    addPerson('they are gone', { room: OTHER, link: 'elsewhere', removed: true, permissions: [] }),
    // The same link opens several rooms: somebody here came through one of the other room.
    addPerson('roamer', { link: 'elsewhere', permissions: ['message'] }),
    addLease('guest', 'clients'),
    addLease('friend', 'friends'),
    addLease('their guest', 'elsewhere', OTHER),
  ])
}

const carry = (act: Act, by: Actor = idOf('host'), room = ROOM) => carryOut(database.db, room, act, by, NOON)

/** What came of an act, and everything that it changed. */
async function tried(act: Act, by?: Actor, room?: string) {
  const before = await contents(database.db)
  const outcome = await carry(act, by, room)
  return { outcome, changed: changes(before, await contents(database.db)) }
}

const CLOCK = { rate: '25', frame: 90_000, at: NOON, running: true, by: 'Host' } as const

const kick = (name: string, more: Partial<Extract<Act, { do: 'kick' }>> = {}): Act => ({
  do: 'kick',
  id: idOf(name),
  reason: null,
  link: false,
  addresses: [],
  ...more,
})
const guest = idOf('guest')

/** Each act on somebody of this room whom it could be done to. */
const acts: [string, Act][] = [
  ['admit', { do: 'admit', ids: [idOf('waits')] }],
  ['admit all', { do: 'admit', ids: 'all' }],
  ['refuse', { do: 'refuse', ids: [idOf('waits')], reason: null }],
  ['refuse all', { do: 'refuse', ids: 'all', reason: 'Full' }],
  ['lock', { do: 'lock', message: 'Later' }],
  ['unlock', { do: 'unlock' }],
  ['end', { do: 'end' }],
  ['role', { do: 'role', id: guest, role: 'observer' }],
  ['permit', { do: 'permit', id: guest, permission: 'annotate', held: true }],
  ['take', { do: 'permit', id: guest, permission: 'message', held: false }],
  ['kick', kick('guest', { addresses: ['192.0.2.1'] })],
  ['kick with the link', kick('friend', { link: true })],
  ['pardon', { do: 'pardon', id: idOf('gone') }],
  ['close the link', { do: 'close-link', of: idOf('friend') }],
  ['set the timecode', { do: 'timecode', clock: CLOCK }],
  ['clear the timecode', { do: 'clear-timecode' }],
]

describe('who may not does nothing', () => {
  const others = [
    'guest',
    'presenter',
    'demoted',
    'removed host',
    'host of old',
    'waits',
    'their host',
    'their guest',
    'nobody',
  ]
  it.each(acts)('%s', async (_, act) => {
    for (const name of others)
      expect({ name, ...(await tried(act, idOf(name))) }).toEqual({
        name,
        outcome: { refused: 'forbidden' },
        changed: {},
      })
  })

  it('not even in a room that is locked or has somebody to let in', async () => {
    await database.db.execute('UPDATE rooms SET locked_at = 1')
    expect(await tried({ do: 'unlock' }, guest)).toEqual({ outcome: { refused: 'forbidden' }, changed: {} })
  })
})

describe('a host of one room reaches nobody of another', () => {
  const foreign: [string, Act][] = [
    ['admit', { do: 'admit', ids: [idOf('they wait')] }],
    ['refuse', { do: 'refuse', ids: [idOf('they wait')], reason: null }],
    ['role', { do: 'role', id: idOf('their guest'), role: 'observer' }],
    ['permit', { do: 'permit', id: idOf('their guest'), permission: 'annotate', held: true }],
    ['take', { do: 'permit', id: idOf('their host'), permission: 'op', held: false }],
    ['kick', kick('their guest', { addresses: ['192.0.2.1'] })],
    ['kick with the link', kick('their guest', { link: true })],
    ['pardon', { do: 'pardon', id: idOf('they are gone') }],
    ['close the link', { do: 'close-link', of: idOf('their guest') }],
  ]
  it.each(foreign)('%s', async (_, act) => {
    for (const by of [idOf('host'), 'staff'])
      expect(await tried(act, by)).toEqual({
        outcome: { refused: 'not_here' },
        changed: {},
      })
    // From the other side: the room is theirs, the host is not.
    expect(await tried(act, idOf('host'), OTHER)).toEqual({ outcome: { refused: 'forbidden' }, changed: {} })
  })

  it.each<[string, Act]>([
    ['a kick', kick('roamer', { link: true })],
    ['closing it', { do: 'close-link', of: idOf('roamer') }],
  ])('nor a link of another room by which somebody came here: %s', async (_, act) => {
    expect(await tried(act)).toEqual({ outcome: { refused: 'forbidden' }, changed: {} })
  })

  it('all who wait are those of this room', async () => {
    const { changed } = await tried({ do: 'admit', ids: 'all' })
    expect(Object.keys(changed).sort()).toEqual([`people ${idOf('waits')}`, `people ${idOf('waits too')}`])
  })
})

describe('nobody whom it cannot be done to', () => {
  it.each<[string, Act, string]>([
    ['let in who is in', { do: 'admit', ids: [guest] }, 'not_here'],
    ['let in who was removed', { do: 'admit', ids: [idOf('gone')] }, 'not_here'],
    ['refuse who is in', { do: 'refuse', ids: [guest], reason: null }, 'not_here'],
    ['give a role to who was removed', { do: 'role', id: idOf('gone'), role: 'observer' }, 'not_here'],
    ['permit who was removed', { do: 'permit', id: idOf('gone'), permission: 'op', held: false }, 'not_here'],
    ['remove who was removed', kick('gone'), 'not_here'],
    ['remove oneself', kick('host'), 'not_here'],
    ['close the own link with somebody’s', kick('demoted', { link: true }), 'own_link'],
    ['close the own link', { do: 'close-link', of: idOf('demoted') }, 'own_link'],
    ['pardon who was not removed', { do: 'pardon', id: guest }, 'not_here'],
    ['close the link of nobody', { do: 'close-link', of: idOf('nobody') }, 'not_here'],
  ])('%s', async (_, act, refused) => {
    expect(await tried(act)).toEqual({ outcome: { refused }, changed: {} })
  })
})

describe('what one does not hold one cannot give', () => {
  const cohost = idOf('cohost')

  it.each(grants.map((grant): [Grant, boolean] => [grant, ['op', 'message'].includes(grant)]))(
    '%s is given: %s',
    async (permission, may) => {
      await database.db.execute(sql("UPDATE people SET permissions = '[]' WHERE id = :guest", { guest }))
      const { outcome, changed } = await tried({ do: 'permit', id: guest, permission, held: true }, cohost)
      expect(outcome).toEqual(may ? { done: [{ id: guest, name: 'guest' }] } : { refused: 'not_held' })
      expect(changed).toEqual(
        may ? { [`people ${guest}`]: { permissions: JSON.stringify([permission]) } } : {},
      )
    },
  )

  it.each(grants)('%s is taken all the same', async permission => {
    const set = 'UPDATE people SET permissions = :all WHERE id = :guest'
    await database.db.execute(sql(set, { guest, all: JSON.stringify(grants) }))
    expect((await carry({ do: 'permit', id: guest, permission, held: false }, cohost)) as object).toEqual({
      done: [{ id: guest, name: 'guest' }],
    })
  })

  it.each<[Role, boolean]>(roleNames.map(role => [role, role === 'observer' || role === 'reviewer']))(
    'the role %s is given to a reviewer: %s',
    async (role, may) => {
      const { outcome, changed } = await tried({ do: 'role', id: guest, role }, cohost)
      expect(outcome).toEqual(may ? { done: [{ id: guest, name: 'guest' }] } : { refused: 'not_held' })
      expect(changed).toEqual(
        may ? { [`people ${guest}`]: { role, permissions: JSON.stringify(roles[role]) } } : {},
      )
    },
  )

  it('staff gives everything', async () => {
    expect((await tried({ do: 'role', id: guest, role: 'host' }, 'staff')).changed).toEqual({
      [`people ${guest}`]: { role: 'host', permissions: JSON.stringify(grants) },
    })
  })
})

describe('the timecode', () => {
  const stored = async () =>
    (await database.db.execute('SELECT * FROM room_timecodes ORDER BY room_id')).rows.map(row => ({ ...row }))
  const row = { room_id: ROOM, rate: '25', frame: 90_000, at: NOON, running: 1 }

  it('is what was said last, by whom', async () => {
    await carry({ do: 'timecode', clock: CLOCK })
    expect(await stored()).toEqual([{ ...row, set_by: idOf('host'), set_by_name: 'Host' }])
    const later = { ...CLOCK, rate: '29.97df', frame: 1, running: false, by: 'Desk' } as const
    await carry({ do: 'timecode', clock: later }, 'staff')
    expect(await stored()).toEqual([
      { ...row, rate: '29.97df', frame: 1, running: 0, set_by: 'staff', set_by_name: 'Desk' },
    ])
  })

  it('is taken away from this room alone, once or twice', async () => {
    await carry({ do: 'timecode', clock: CLOCK }, 'staff', OTHER)
    await carry({ do: 'timecode', clock: CLOCK })
    for (let i = 0; i < 2; i++) expect(await carry({ do: 'clear-timecode' })).toEqual({ done: [] })
    expect((await stored()).map(({ room_id }) => room_id)).toEqual([OTHER])
  })

  it('of a room that is not there is nobody’s', async () => {
    for (const act of [{ do: 'timecode', clock: CLOCK }, { do: 'clear-timecode' }] as const)
      expect(await carry(act, 'staff', idOf('nowhere'))).toEqual({ refused: 'not_here' })
    expect(await stored()).toEqual([])
  })
})

describe('permissions', () => {
  const permissionsOf = async (name: string) => {
    const { rows } = await database.db.execute(
      sql('SELECT role, permissions FROM people WHERE id = :id', { id: idOf(name) }),
    )
    return { role: rows[0]!.role, permissions: JSON.parse(String(rows[0]!.permissions)) }
  }

  it.each<[string, Grant, boolean, string | null, Grant[]]>([
    ['guest', 'caption', true, null, ['message', 'annotate', 'caption']],
    ['guest', 'present', true, 'presenter', ['present', 'message', 'annotate']],
    ['guest', 'message', true, 'reviewer', ['message', 'annotate']],
    ['guest', 'annotate', false, null, ['message']],
    ['presenter', 'token', false, 'presenter', ['present', 'message', 'annotate']],
    ['presenter', 'op', false, 'presenter', ['present', 'message', 'annotate']],
    ['cohost', 'op', false, null, ['message']],
    ['demoted', 'message', false, null, ['token', 'record']],
  ])('%s: %s %s is %s, %o', async (name, permission, held, role, permissions) => {
    await carry({ do: 'permit', id: idOf(name), permission, held })
    expect(await permissionsOf(name)).toEqual({ role, permissions })
  })

  it('a host who is one no more keeps neither token nor record', async () => {
    await carry({ do: 'permit', id: idOf('host'), permission: 'op', held: false }, 'staff')
    expect(await permissionsOf('host')).toEqual({
      role: null,
      permissions: ['present', 'message', 'annotate', 'caption'],
    })
    expect(await tried({ do: 'lock', message: '' })).toEqual({
      outcome: { refused: 'forbidden' },
      changed: {},
    })
  })

  it('who loses them loses the links that give them, and no others', async () => {
    const links = async () =>
      (
        await database.db.execute('SELECT id, revoked_at FROM links WHERE made_by IS NOT NULL ORDER BY id')
      ).rows
        .filter(row => row.revoked_at !== null)
        .map(row => row.id)
    const cohost = idOf('cohost')
    await fill(database.db, [
      addLink('as host', 'host', { made_by: cohost, permissions: '["op","message"]' }),
      addLink('as guest', 'reviewer', { made_by: cohost, permissions: '["message"]' }),
      addLink('to look', 'observer', { made_by: cohost }),
      addLink('of another', 'host', { made_by: idOf('host') }),
      addLink('of a room', 'host', { made_by: cohost, room_id: OTHER }),
    ])
    // Neither what is refused nor what takes nothing away changes a link.
    await carry({ do: 'role', id: cohost, role: 'observer' }, guest)
    await carry({ do: 'permit', id: cohost, permission: 'annotate', held: true })
    expect(await links()).toEqual([])
    await carry({ do: 'permit', id: cohost, permission: 'op', held: false })
    expect(await links()).toEqual(['as host'])
    await carry({ do: 'role', id: cohost, role: 'observer' })
    expect(await links()).toEqual(['as guest', 'as host'])
  })

  it('who loses them loses what was made through their links, as far as it is stronger', async () => {
    const cohost = idOf('cohost')
    const given = { permissions: '["op","message"]' }
    await fill(database.db, [
      addLink('as host', 'host', { made_by: cohost, ...given }),
      addPerson('again', { link: 'as host' }),
      addLink('beyond', 'host', { made_by: idOf('again'), ...given }),
      addLink('to look', 'observer', { made_by: idOf('again') }),
      addPerson('once more', { link: 'beyond' }),
      addLink('far beyond', 'host', { made_by: idOf('once more'), ...given }),
      addLink('of another', 'host', { made_by: idOf('guest') }),
    ])
    const { changed } = await tried({ do: 'permit', id: cohost, permission: 'op', held: false })
    expect(Object.keys(changed).sort()).toEqual([
      'links as host',
      'links beyond',
      'links far beyond',
      `people ${cohost}`,
    ])
  })

  it('a host who steps back loses theirs, too', async () => {
    const cohost = idOf('cohost')
    await fill(database.db, [addLink('as host', 'host', { made_by: cohost, permissions: '["op"]' })])
    const { changed } = await tried({ do: 'permit', id: cohost, permission: 'op', held: false }, cohost)
    expect(Object.keys(changed).sort()).toEqual(['links as host', `people ${cohost}`])
  })

  it('who was made a host has again what their link gives, when they are one no more', async () => {
    await carry({ do: 'role', id: guest, role: 'host' })
    await carry({ do: 'permit', id: guest, permission: 'op', held: false })
    expect(await permissionsOf('guest')).toEqual({ role: 'reviewer', permissions: ['message', 'annotate'] })
  })

  it('a link that is closed takes those that were made through it', async () => {
    await fill(database.db, [
      addLink('through it', 'observer', { made_by: idOf('friend') }),
      addPerson('third', { link: 'through it' }),
      addLink('and on', 'observer', { made_by: idOf('third') }),
      addLink('of the host', 'observer', { made_by: idOf('host') }),
    ])
    const { changed } = await tried({ do: 'close-link', of: idOf('friend') })
    expect(Object.keys(changed).sort()).toEqual(['links and on', 'links friends', 'links through it'])
  })

  it('a role takes what the one before brought', async () => {
    for (const role of roleNames) {
      await carry({ do: 'role', id: idOf('presenter'), role })
      expect(await permissionsOf('presenter')).toEqual({ role, permissions: [...roles[role]] })
    }
  })
})

describe('what is done', () => {
  const removed = (name: string, reason: string | null = null) => ({
    [`people ${idOf(name)}`]: { removed_at: NOON, ...(reason ? { removed_reason: reason } : {}) },
  })

  it.each<[string, Act, string[], object]>([
    [
      'admit',
      { do: 'admit', ids: [idOf('waits')] },
      ['waits'],
      { [`people ${idOf('waits')}`]: { admitted_at: NOON } },
    ],
    [
      'refuse all',
      { do: 'refuse', ids: 'all', reason: 'Full' },
      ['waits', 'waits too'],
      { ...removed('waits', 'Full'), ...removed('waits too', 'Full') },
    ],
    [
      'kick',
      kick('guest', { reason: 'Noise' }),
      ['guest'],
      { ...removed('guest', 'Noise'), 'leases lease of guest': 'gone' },
    ],
    [
      'kick with the link, and those that they made',
      kick('guest', { link: true }),
      ['guest'],
      {
        ...removed('guest'),
        'leases lease of guest': 'gone',
        'links clients': { revoked_at: NOON, version: 2, updated_at: NOON },
        'links friends': { revoked_at: NOON, version: 2, updated_at: NOON },
      },
    ],
    [
      'kick with addresses',
      kick('friend', { addresses: ['192.0.2.7', '2001:db8::1', 'unix'] }),
      ['friend'],
      {
        ...removed('friend'),
        'leases lease of friend': 'gone',
        [`bans ${idOf('friend')}4c0000207`]: 'added',
        [`bans ${idOf('friend')}620010db8000000000000000000000000`]: 'added',
      },
    ],
    [
      'pardon',
      { do: 'pardon', id: idOf('gone') },
      ['gone'],
      { [`people ${idOf('gone')}`]: { removed_at: null, removed_reason: null } },
    ],
    [
      'close the link',
      { do: 'close-link', of: guest },
      ['Link clients'],
      // The guest made the other one.
      {
        'links clients': { revoked_at: NOON, version: 2, updated_at: NOON },
        'links friends': { revoked_at: NOON, version: 2, updated_at: NOON },
      },
    ],
    [
      'lock',
      { do: 'lock', message: 'Later' },
      [],
      { [`rooms ${ROOM}`]: { locked_at: NOON, lock_message: 'Later', updated_at: NOON } },
    ],
    [
      'unlock what is not locked',
      { do: 'unlock' },
      [],
      {
        [`people ${idOf('waits')}`]: { admitted_at: NOON },
        [`people ${idOf('waits too')}`]: { admitted_at: NOON },
      },
    ],
    [
      'end',
      { do: 'end' },
      [],
      {
        [`rooms ${ROOM}`]: { ended_at: NOON, version: 2, updated_at: NOON },
        [`streams ${ROOM} stream`]: { hidden_name: expect.stringMatching(/./) },
        [`publications ${ROOM} publisher`]: 'gone',
        [`outbox ${ROOM} hidden`]: 'added',
      },
    ],
  ])('%s, by a host as by staff', async (_, act, names, changed) => {
    for (const by of [idOf('host'), 'staff']) {
      const done = await tried(act, by)
      expect({ ...done, outcome: namesOf(done.outcome) }).toEqual({ outcome: names, changed })
      await afresh()
    }
  })

  const namesOf = (outcome: Awaited<ReturnType<typeof carry>>) =>
    'done' in outcome ? outcome.done.map(({ name }) => name) : outcome

  it('locked again it is locked since the first time, with the new words', async () => {
    await database.db.execute(sql('UPDATE rooms SET locked_at = 7 WHERE id = :ROOM', { ROOM }))
    expect((await tried({ do: 'lock', message: 'Come at two' })).changed).toEqual({
      [`rooms ${ROOM}`]: { lock_message: 'Come at two', updated_at: NOON },
    })
  })

  it('unlocking lets in nobody whom a waiting room holds', async () => {
    await database.db.executeMultiple(
      "UPDATE rooms SET locked_at = 7, lock_message = 'x'; UPDATE links SET waiting_room = 1 WHERE id = 'friends'",
    )
    const unlocked = { [`rooms ${ROOM}`]: { locked_at: null, lock_message: '', updated_at: NOON } }
    expect((await tried({ do: 'unlock' })).changed).toEqual({
      ...unlocked,
      [`people ${idOf('waits')}`]: { admitted_at: NOON },
    })
    await database.db.executeMultiple(
      'UPDATE people SET admitted_at = NULL; UPDATE rooms SET locked_at = 7, updated_at = 0, waiting_room = 1',
    )
    expect((await tried({ do: 'unlock' })).changed).toEqual({
      [`rooms ${ROOM}`]: { locked_at: null, updated_at: NOON },
    })
  })

  it('pardon lifts the bans of this person and this room', async () => {
    await carry(kick('guest', { addresses: ['192.0.2.7'] }))
    await carry(kick('friend', { addresses: ['192.0.2.7'] }))
    expect((await tried({ do: 'pardon', id: guest })).changed).toEqual({
      [`people ${guest}`]: { removed_at: null },
      [`bans ${guest}4c0000207`]: 'gone',
    })
  })

  describe('somebody with an account who came through two links', () => {
    beforeEach(async () => {
      await fill(database.db, [
        addPerson('twin', { link: 'friends' }),
        addPerson('twin elsewhere', { room: OTHER, link: 'elsewhere' }),
        addLease('twin', 'friends'),
      ])
    })
    const asOne = (...names: string[]) =>
      fill(
        database.db,
        [...names, 'twin', 'twin elsewhere'].map(name =>
          sql(`UPDATE people SET account = 'user|a' WHERE id = :id`, { id: idOf(name) }),
        ),
      )

    it('is removed as both, with all seats and from this room alone', async () => {
      await asOne('guest')
      const { outcome, changed } = await tried(kick('guest', { reason: 'Noise' }))
      expect(outcome).toEqual({ done: [{ id: guest, name: 'guest' }] })
      expect(changed).toEqual({
        ...removed('guest', 'Noise'),
        ...removed('twin', 'Noise'),
        'leases lease of guest': 'gone',
        'leases lease of twin': 'gone',
      })
      expect((await tried({ do: 'pardon', id: idOf('twin') })).changed).toEqual({
        [`people ${guest}`]: { removed_at: null, removed_reason: null },
        [`people ${idOf('twin')}`]: { removed_at: null, removed_reason: null },
      })
    })

    it('is turned away as both', async () => {
      await asOne('waits')
      expect((await tried({ do: 'refuse', ids: [idOf('waits')], reason: null })).changed).toEqual({
        ...removed('waits'),
        ...removed('twin'),
        'leases lease of twin': 'gone',
      })
    })
  })

  it('a link that the host came through stays, even if somebody made it who is removed with theirs', async () => {
    await database.db.execute(sql("UPDATE links SET made_by = :guest WHERE id = 'hosts'", { guest }))
    const { changed } = await tried(kick('guest', { link: true }))
    expect(Object.keys(changed).filter(key => key.startsWith('links'))).toEqual([
      'links clients',
      'links friends',
    ])
  })

  it('a link is closed with what was made by those who came through it, and so on', async () => {
    await fill(database.db, [
      addLink('of presenter', 'observer', { made_by: idOf('presenter') }),
      addLink('of friend', 'observer', { made_by: idOf('friend') }),
      addPerson('beyond', { link: 'of friend' }),
      addLink('far beyond', 'observer', { made_by: idOf('beyond') }),
      addLink('of host', 'observer', { made_by: idOf('host') }),
      addLink('of theirs', 'observer', { made_by: idOf('roamer'), room_id: OTHER }),
    ])
    const { changed } = await tried(kick('guest', { link: true }))
    expect(
      Object.keys(changed)
        .filter(key => key.startsWith('links'))
        .sort(),
    ).toEqual(['links clients', 'links far beyond', 'links friends', 'links of friend', 'links of presenter'])
  })

  it('done twice it is done once', async () => {
    for (const [act, again] of [
      [kick('guest'), { refused: 'not_here' }],
      [{ do: 'close-link', of: idOf('friend') }, { done: [] }],
      [{ do: 'pardon', id: idOf('gone') }, { refused: 'not_here' }],
      [{ do: 'admit', ids: 'all' }, { done: [] }],
    ] as [Act, object][]) {
      await carry(act)
      expect(await tried(act)).toEqual({ outcome: again, changed: {} })
    }
  })

  it('of two hosts who remove each other one stays', async () => {
    const [host, cohost] = [idOf('host'), idOf('cohost')]
    const outcomes = await Promise.all([carry(kick('cohost'), host), carry(kick('host'), cohost)])
    expect(outcomes).toEqual([{ done: [{ id: cohost, name: 'cohost' }] }, { refused: 'forbidden' }])
  })
})

it('each is one round trip, by index but for what it brings along or has found itself', async () => {
  for (const [, act] of acts) {
    database.roundTrips()
    await carry(act, 'staff')
    const plans = await plansOf(database)
    expect([
      act.do,
      database.roundTrips(),
      plans.flatMap(scans).filter(step => !/^SCAN (\(subquery-\d+\)|made|\w+ VIRTUAL TABLE)/.test(step)),
    ]).toEqual([act.do, 1, []])
  }
})

it('a database that fails has done nothing', async () => {
  const before = await contents(database.db)
  database.state('down')
  await expect(carry(kick('guest', { link: true }))).rejects.toThrow()
  database.state('up')
  expect(changes(before, await contents(database.db))).toEqual({})
})
