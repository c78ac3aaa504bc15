import type { Client } from '@libsql/client'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { memoryDatabase } from '../../test/support/database.ts'
import { blockKey, readBounds } from '../blocks/bounds.ts'
import { newId } from '../crypto/id.ts'
import { all } from '../db.ts'
import { inBlock } from '../net/address.ts'
import { decidePlay, MIN_LIFETIME } from './decide.ts'
import { closePlay, openPlay } from './store.ts'

/**
 * Seats under random sequences of openings, closings, edits and time, beside a model that knows nothing of SQL: the
 * statement, the rule and the model must agree about every single opening and about what is written down after it.
 */

interface Lease {
  session: string
  person_id: string
  room_id: string
  link_id: string
  protocol: string
  address: string
  generation: number
  openings: number
  opened_at: number
  expires_at: number
}
interface Row {
  startsAt: number | null
  endsAt: number | null
  endedAt: number | null
  limit: number | null
  leaseMs: number | null
}

const START = 1_000_000
const USUAL_LEASE = 40_000
const ROOMS = ['a', 'b'] as const
const LINKS = { a1: 'a', a2: 'a', b1: 'b' } as const
type LinkId = keyof typeof LINKS
const PEOPLE = { p1: 'a1', p2: 'a1', p3: 'a1', p4: 'a2', p5: 'a2', p6: 'b1' } as const
type PersonId = keyof typeof PEOPLE

/** Where people are. A hotel tells no address that can be read, and is never blocked. */
const ADDRESSES = { home: '192.0.2.7', away: '2001:db8:1:2::7', train: '::ffff:192.0.2.99', hotel: 'hotel' }
type Place = keyof typeof ADDRESSES

interface Block {
  block: string
  until: number | null
}

class Model {
  now = START
  leases = new Map<string, Lease>()
  removed = new Set<string>()
  /** Who stands before the door, who are hosts, and which rooms want one there and have none. */
  outside = new Set<PersonId>()
  hosts = new Set<PersonId>()
  hostless = new Set<string>()
  bans: { room: string; place: Place }[] = []
  blocks: Block[] = []
  rows: Record<string, Row> = Object.fromEntries(
    [...ROOMS, ...Object.keys(LINKS)].map(id => [
      id,
      { startsAt: null, endsAt: null, endedAt: null, limit: null, leaseMs: null },
    ]),
  )

  live(where: (lease: Lease) => boolean): Lease[] {
    return [...this.leases.values()].filter(lease => lease.expires_at > this.now && where(lease))
  }

  seats(of: 'room_id' | 'link_id', id: string, but?: string): number {
    return new Set(this.live(l => l[of] === id && l.person_id !== but).map(l => l.person_id)).size
  }

  blocked(place: Place): boolean {
    return this.blocks.some(
      ({ block, until }) => (until === null || until > this.now) && inBlock(ADDRESSES[place], block),
    )
  }

  banned({ room, address }: Opening): boolean {
    return address !== 'hotel' && this.bans.some(ban => ban.room === room && ban.place === address)
  }

  /** When a lease would end, or undefined when the opening is to be refused. */
  open(o: Opening): number | undefined {
    const room = this.rows[o.room]!
    const link = this.rows[o.link]!
    if (this.blocked(o.address) || this.banned(o)) return undefined
    if (!this.hosts.has(o.person) && (this.outside.has(o.person) || this.hostless.has(o.room)))
      return undefined
    if (PEOPLE[o.person] !== o.link || LINKS[o.link] !== o.room || o.stream !== o.room) return undefined
    if (!o.rightSlug || !o.rightOrigin || this.removed.has(o.person)) return undefined
    if (room.endedAt !== null || link.endedAt !== null) return undefined
    if ([room.startsAt, link.startsAt].some(at => at !== null && at > this.now)) return undefined
    const until = Math.min(
      this.now + (room.leaseMs ?? USUAL_LEASE),
      room.endsAt ?? Infinity,
      link.endsAt ?? Infinity,
    )
    if (until - this.now < MIN_LIFETIME) return undefined
    const mine = this.live(l => l.person_id === o.person)
    const elsewhere = mine.filter(l => l.address !== o.address)
    const here = mine.filter(l => l.address === o.address)
    const moved = elsewhere.some(
      l =>
        l.generation > o.generation ||
        (l.generation === o.generation && here.some(own => own.opened_at < l.opened_at)),
    )
    const spread = new Set(elsewhere.map(l => l.address)).size >= 2
    if (moved || spread) return undefined
    if (room.limit !== null && this.seats('room_id', o.room, o.person) >= room.limit) return undefined
    if (link.limit !== null && this.seats('link_id', o.link, o.person) >= link.limit) return undefined
    return until
  }

  /** A closing ends one opening of its session, over LL-HLS all of them; the last one frees the seat. */
  close(session: string, protocol: string): void {
    const lease = this.leases.get(session)
    if (lease && (--lease.openings <= 0 || protocol === 'llhls')) this.leases.delete(session)
  }

  take(o: Opening, until: number): void {
    const session = sessionOf(o)
    const before = this.leases.get(session)
    const again = before && before.expires_at > this.now
    this.leases.set(session, {
      session,
      person_id: o.person,
      room_id: o.room,
      link_id: o.link,
      protocol: o.protocol,
      address: o.address,
      generation: o.generation,
      openings: again ? before.openings + 1 : 1,
      opened_at: again ? before.opened_at : this.now,
      expires_at: until,
    })
  }
}

interface Opening {
  person: PersonId
  link: LinkId
  room: (typeof ROOMS)[number]
  stream: string
  rightSlug: boolean
  rightOrigin: boolean
  address: Place
  port: number
  protocol: string
  generation: number
}
const sessionOf = (o: Pick<Opening, 'address' | 'port' | 'protocol' | 'person'>) =>
  `out|${o.address}|${o.port}|${o.protocol}|${o.person}`

// Mostly what fits together, seldom what does not: else hardly anything would be admitted.
const mostly = <T>(usual: fc.Arbitrary<T>, seldom: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: seldom })
const people = fc.constantFrom(...(Object.keys(PEOPLE) as PersonId[]))
const opening: fc.Arbitrary<Opening> = people.chain(person => {
  const link = PEOPLE[person]
  const room = LINKS[link]
  return fc.record({
    person: fc.constant(person),
    link: mostly<LinkId>(fc.constant(link), fc.constantFrom('a1', 'a2', 'b1')),
    room: mostly<'a' | 'b'>(fc.constant(room), fc.constantFrom(...ROOMS)),
    stream: mostly<string>(fc.constant(room), fc.constantFrom('a', 'b', 'none')),
    rightSlug: mostly(fc.constant(true), fc.constant(false)),
    rightOrigin: mostly(fc.constant(true), fc.constant(false)),
    address: mostly<Place>(fc.constant('home'), fc.constantFrom('away', 'train', 'hotel')),
    port: fc.integer({ min: 1, max: 3 }),
    protocol: mostly(fc.constant('webrtc'), fc.constant('llhls')),
    generation: mostly(fc.constant(1), fc.constantFrom(0, 2)),
  })
})
const closing = fc.record({
  person: people,
  address: mostly<Place>(fc.constant('home'), fc.constantFrom('away', 'train', 'hotel')),
  port: fc.integer({ min: 1, max: 3 }),
  protocol: mostly(fc.constant('webrtc'), fc.constant('llhls')),
})
const offset = fc.option(fc.integer({ min: -20_000, max: 90_000 }))
const edit = fc.oneof(
  fc.record({ what: fc.constant('limit' as const), value: fc.option(fc.integer({ min: 1, max: 3 })) }),
  fc.record({
    what: fc.constant('leaseMs' as const),
    value: fc.option(fc.integer({ min: 900, max: 60_000 })),
  }),
  fc.record({ what: fc.constant('startsAt' as const), value: offset }),
  fc.record({ what: fc.constant('endsAt' as const), value: offset }),
  fc.record({ what: fc.constant('endedAt' as const), value: fc.constantFrom(null, null, null, 0) }),
)
const blocking = fc.record({
  block: fc.constantFrom(
    '192.0.2.7',
    '192.0.2.0/26',
    '192.0.2.64/26',
    '192.0.0.0/8',
    '2001:db8:1:2::/64',
    '2001:db9::/32',
  ),
  until: mostly<number | null>(fc.integer({ min: 0, max: 30_000 }), fc.constant(null)),
})

const step = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('open' as const), opening }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('close' as const), closing }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 25_000 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      row: fc.constantFrom(...ROOMS, ...(Object.keys(LINKS) as LinkId[])),
      edit,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('remove' as const), person: people, back: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('block' as const), blocking }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lift' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('door' as const),
      person: people,
      admitted: mostly(fc.constant(true), fc.constant(false)),
      permissions: fc.constantFrom(null, null, '["message"]', '["op","message"]'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('host' as const),
      room: fc.constantFrom(...ROOMS),
      autokick: fc.boolean(),
      there: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('ban' as const),
      room: fc.constantFrom(...ROOMS),
      place: fc.constantFrom<Place>('home', 'away', 'train', 'hotel'),
    }),
  },
)

let db: Client
beforeAll(async () => {
  db = await memoryDatabase()
  await settle()
})
afterAll(() => db.close())

const sql = (text: string, args: Record<string, string | bigint | null> = {}) => ({ sql: text, args })
const big = (n: number | null) => (n === null ? null : BigInt(n))

/** Two rooms, three links and six people, once; every sequence begins with them as they were. */
async function settle(): Promise<void> {
  await db.batch([
    ...ROOMS.flatMap(id => [
      sql(
        "INSERT INTO rooms (id, slug, title, created_at, updated_at) VALUES (:id, 'slug-' || :id, 'x', 0, 0)",
        {
          id,
        },
      ),
      sql(
        "INSERT INTO streams (id, room_id, hidden_name, created_at) VALUES (:id, :id, 'hidden-' || :id, 0)",
        {
          id,
        },
      ),
    ]),
    ...Object.entries(LINKS).map(([id, room]) =>
      sql(
        "INSERT INTO links (id, room_id, label, permissions, created_at, updated_at) VALUES (:id, :room, 'x', '[]', 0, 0)",
        { id, room },
      ),
    ),
    ...Object.entries(PEOPLE).map(([id, link]) =>
      sql(
        "INSERT INTO people (id, room_id, link_id, name, joined_at, admitted_at) VALUES (:id, :room, :link, 'x', 0, 0)",
        {
          id,
          link,
          room: LINKS[link],
        },
      ),
    ),
  ])
}

const begin = () =>
  db.batch([
    'DELETE FROM leases',
    'DELETE FROM blocks',
    'DELETE FROM bans',
    'UPDATE people SET removed_at = NULL, admitted_at = 0, permissions = NULL',
    'UPDATE links SET starts_at = NULL, ends_at = NULL, revoked_at = NULL, max_devices = NULL',
    'UPDATE rooms SET starts_at = NULL, ends_at = NULL, ended_at = NULL, max_viewers = NULL, lease_ms = NULL, autokick = 0, host_since = NULL',
  ])

const COLUMNS = {
  room: {
    limit: 'max_viewers',
    leaseMs: 'lease_ms',
    startsAt: 'starts_at',
    endsAt: 'ends_at',
    endedAt: 'ended_at',
  },
  link: {
    limit: 'max_devices',
    leaseMs: undefined,
    startsAt: 'starts_at',
    endsAt: 'ends_at',
    endedAt: 'revoked_at',
  },
} as const

async function change(model: Model, id: string, what: keyof Row, value: number | null): Promise<void> {
  const kind = id in LINKS ? 'link' : 'room'
  const column = COLUMNS[kind][what]
  if (!column) return
  const absolute = what === 'limit' || what === 'leaseMs' || value === null ? value : model.now + value
  model.rows[id]![what] = absolute
  await db.execute(sql(`UPDATE ${kind}s SET ${column} = :value WHERE id = :id`, { id, value: big(absolute) }))
}

/** `until` is told from now on, as the model's clock goes. */
async function block(model: Model, { block: text, until }: Block): Promise<void> {
  const ends = until === null ? null : model.now + until
  model.blocks.push({ block: text, until: ends })
  await db.execute(
    sql(
      `INSERT INTO blocks (id, low, high, block, source, until, created_at)
       VALUES (:id, :low, :high, :block, 'admin', :until, 0)`,
      { id: newId(), ...readBounds(text)!, until: big(ends) },
    ),
  )
}

const written = async (): Promise<Lease[]> => all(await db.execute('SELECT * FROM leases ORDER BY session'))

/** One opening, held against the model: what the statement did, what the rule says, and what is written then. */
async function check(model: Model, o: Opening): Promise<boolean> {
  const { now } = model
  const asked = {
    session: sessionOf(o),
    personId: o.person,
    roomId: o.room,
    linkId: o.link,
    streamId: o.stream,
    originId: o.rightOrigin ? 'default' : 'second',
    slug: o.rightSlug ? `slug-${o.room}` : 'slug-x',
    protocol: o.protocol,
    address: o.address,
    blockKey: blockKey(ADDRESSES[o.address]),
    generation: o.generation,
    leaseMs: USUAL_LEASE,
  }
  const until = model.open(o)
  const facts = await openPlay(db, asked, now)
  const decision = decidePlay(facts, { slug: asked.slug, originId: asked.originId, wantsSeat: true }, now)

  // Statement and rule: the rule never admits whom the statement gave no seat, nor refuses whom it gave one.
  expect(decision.allowed).toBe(facts?.seated ?? false)
  expect(facts?.blocked ?? false).toBe(facts !== undefined && (model.blocked(o.address) || model.banned(o)))
  // Both and the model.
  expect(decision.allowed ? now + decision.lifetime! : undefined).toBe(until)
  if (until === undefined) return false
  model.take(o, until)
  const { limit: viewers } = model.rows[o.room]!
  const { limit: devices } = model.rows[o.link]!
  expect(model.seats('room_id', o.room)).toBeLessThanOrEqual(viewers ?? Infinity)
  expect(model.seats('link_id', o.link)).toBeLessThanOrEqual(devices ?? Infinity)
  return true
}

it('no sequence seats too many, leaks a seat past its lease, or frees one that is not its own', async () => {
  const seen = { admitted: 0, refused: 0, blocked: 0 }
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async steps => {
      await begin()
      const model = new Model()
      for (const s of steps) {
        if (s.kind === 'open') {
          seen[(await check(model, s.opening)) ? 'admitted' : 'refused']++
          if (model.blocked(s.opening.address)) seen.blocked++
        }
        if (s.kind === 'block') await block(model, s.blocking)
        if (s.kind === 'door') {
          const { person, admitted, permissions } = s
          model.outside[admitted ? 'delete' : 'add'](person)
          model.hosts[permissions?.includes('op') ? 'add' : 'delete'](person)
          await db.execute(
            sql('UPDATE people SET admitted_at = :at, permissions = :permissions WHERE id = :id', {
              id: person,
              at: admitted ? 0n : null,
              permissions,
            }),
          )
        }
        if (s.kind === 'host') {
          model.hostless[s.autokick && !s.there ? 'add' : 'delete'](s.room)
          await db.execute(
            sql('UPDATE rooms SET autokick = :autokick, host_since = :since WHERE id = :id', {
              id: s.room,
              autokick: BigInt(s.autokick),
              since: s.there ? 0n : null,
            }),
          )
        }
        if (s.kind === 'ban') {
          model.bans.push(s)
          const key = blockKey(ADDRESSES[s.place])
          if (key !== null)
            await db.execute(
              sql(
                `INSERT INTO bans (id, room_id, low, high, address, person_id, created_at)
                 VALUES (:id, :room, :key, :key, 'x', 'x', 0)`,
                { id: newId(), room: s.room, key },
              ),
            )
        }
        if (s.kind === 'lift') {
          model.blocks = []
          await db.execute('DELETE FROM blocks')
        }
        if (s.kind === 'close') {
          model.close(sessionOf(s.closing), s.closing.protocol)
          await closePlay(db, sessionOf(s.closing), s.closing.protocol)
        }
        if (s.kind === 'pass') model.now += s.ms
        if (s.kind === 'edit') await change(model, s.row, s.edit.what, s.edit.value)
        if (s.kind === 'remove') {
          model.removed[s.back ? 'delete' : 'add'](s.person)
          const removedAt = s.back ? null : BigInt(model.now)
          await db.execute(
            sql('UPDATE people SET removed_at = :removedAt WHERE id = :id', { id: s.person, removedAt }),
          )
        }
      }
      expect(await written()).toEqual(
        [...model.leases.values()].toSorted((x, y) => (x.session < y.session ? -1 : 1)),
      )
    }),
    { numRuns: 70 },
  )
  // The sequences are worth something only when each happens often.
  expect(Math.min(seen.admitted, seen.refused)).toBeGreaterThan(80)
  expect(seen.blocked).toBeGreaterThan(20)
})
