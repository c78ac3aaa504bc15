import fc from 'fast-check'
import { expect, it } from 'vitest'
import { idOf, Page, TestRoom } from '../../../test/support/live.ts'
import { World } from '../../../test/support/world.ts'
import { type Grant, grants, roleNames, roles } from '../../links/permissions.ts'
import type { Act } from '../acts/acts.ts'
import type { ToClient, ToServer } from '../protocol.ts'
import { GONE_AFTER } from './presence.ts'

/**
 * Random meetings of people who come, go, knock, let in, lock, give and take rights, remove and pardon, while staff does
 * the same behind the room's back. After every step: nothing was asked of the database, and nobody was told anything,
 * that the permissions of that moment forbid. At the end everybody is where the database says, and what a page shows that
 * was there all the time is what one shows that only comes now.
 */

const PEOPLE = {
  Ann: 'hosts',
  Ben: 'hosts',
  Cem: 'clients',
  Dea: 'clients',
  Eli: 'friends',
  Fay: 'guests',
} as const
type Name = keyof typeof PEOPLE
const NAMES = Object.keys(PEOPLE) as Name[]

const who = fc.constantFrom(...NAMES)
const id = who.map(idOf)
const whom = fc.oneof(fc.record({ id }), fc.constant({ all: true as const }))
const ban = fc.constantFrom<('link' | 'address')[]>([], [], ['link'], ['address'])
const permission = fc.constantFrom('op' as const, 'message' as const, 'token' as const, ...grants)
const said: fc.Arbitrary<ToServer> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('door.admit' as const), who: whom }) },
  fc.record({ type: fc.constant('door.refuse' as const), who: whom }),
  { weight: 2, arbitrary: fc.constant<ToServer>({ type: 'room.lock', message: 'Later' }) },
  { weight: 2, arbitrary: fc.constant<ToServer>({ type: 'room.unlock' }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('person.role' as const),
      id,
      role: fc.constantFrom(...roleNames),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant('person.permit' as const), id, permission, held: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('person.kick' as const), id, ban }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('person.pardon' as const), id }) },
  fc.record({ type: fc.constant('link.close' as const), of: id }),
  fc.record({ type: fc.constant('person.mute' as const), who: whom }),
  fc.record({ type: fc.constant('person.warn' as const), id, text: fc.constant('x') }),
  fc.constant<ToServer>({ type: 'wall', text: 'x' }),
  fc.record({ type: fc.constant('person.identify' as const), id }),
  fc.constant<ToServer>({ type: 'removed' }),
  fc.constant<ToServer>({ type: 'caption', text: 'x' }),
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('signal' as const), to: id, data: fc.constant('x') }),
  },
  fc.constant<ToServer>({ type: 'hand', raised: true }),
)

const step = fc.oneof(
  { weight: 7, arbitrary: fc.record({ kind: fc.constant('come' as const), who, again: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('drop' as const), who }) },
  { weight: 24, arbitrary: fc.record({ kind: fc.constant('say' as const), who, message: said }) },
  // Hosts do more than others.
  {
    weight: 16,
    arbitrary: fc.record({
      kind: fc.constant('say' as const),
      who: fc.constantFrom<Name>('Ann', 'Ben', 'Cem'),
      message: said,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('staff' as const),
      act: fc.oneof(
        fc.record({ do: fc.constant('role' as const), id, role: fc.constantFrom(...roleNames) }),
        fc.record({ do: fc.constant('pardon' as const), id }),
        fc.record({
          do: fc.constant('kick' as const),
          id,
          reason: fc.constant(null),
          link: fc.constant(false),
          addresses: fc.constant([]),
        }),
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('waiting room' as const), on: fc.boolean() }) },
  {
    weight: 14,
    arbitrary: fc.record({
      kind: fc.constant('settle' as const),
      up: fc.constantFrom(true, true, true, true, false),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 4_000 }) }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

class Meeting {
  world = new World()
  room = new TestRoom()
  pages = new Map<Name, { page: Page; socket: string | undefined }>()
  seen: Record<string, number> = {}
  /** What the last message was, and who may have heard what because of it. */
  #said: { by: Name; message: ToServer } | undefined
  #n = 0

  constructor() {
    this.room.world = this.world
    for (const [id, role] of [
      ['hosts', 'host'],
      ['clients', 'reviewer'],
      ['friends', 'captioner'],
    ] as const)
      this.world.links.set(id, { id, role })
    this.world.links.set('guests', { id: 'guests', role: 'observer', waitingRoom: true })
  }

  count(what: string): void {
    this.seen[what] = (this.seen[what] ?? 0) + 1
  }

  facts = () => [...this.world.people.keys()].map(id => this.world.facts(id))

  /** The room reads the database, as often as it was told to. */
  look(): void {
    this.room.looks = 0
    this.room.look(this.facts(), { ...this.world.roomFacts(), hostSince: this.room.room.hostSince })
  }

  /** What the room believes of somebody: whether they are in, and what they may. */
  believed(name: Name): readonly Grant[] | undefined {
    const member = this.room.state.people.get(idOf(name))
    return member && member.waiting === null ? member.facts.permissions : undefined
  }

  /** Cem is an operator who holds little. */
  #join(name: Name): void {
    this.world.join(name, PEOPLE[name], this.room.now)
    if (name === 'Cem') this.world.people.get(idOf(name))!.permissions = ['op', 'message']
  }

  come(name: Name, again: boolean): void {
    if (!this.world.people.has(idOf(name))) this.#join(name)
    const before = this.pages.get(name)
    if (before?.socket) this.drop(name)
    const known = again && before?.page.place && !before.page.waiting ? before.page.place : undefined
    const page = known ? before!.page : new Page()
    const socket = `s${++this.#n}`
    this.pages.set(name, { page, socket })
    this.room.room = { ...this.world.roomFacts(), hostSince: this.room.room.hostSince }
    this.room.open(socket, this.world.facts(idOf(name)))
    this.room.says(socket, known ? { type: 'hello', since: { ...known } } : { type: 'hello' })
  }

  drop(name: Name): void {
    const own = this.pages.get(name)
    if (!own?.socket) return
    this.read(name)
    if (own.socket) this.room.happens({ type: 'closed', socket: own.socket })
    own.socket = undefined
  }

  say(name: Name, message: ToServer): void {
    const socket = this.pages.get(name)?.socket
    if (!socket) return
    const held = this.believed(name)
    const before = this.room.asks.length
    for (const reader of NAMES) this.read(reader)
    this.#said = { by: name, message }
    this.room.says(socket, message)
    for (const ask of this.room.asks.slice(before)) {
      if (ask.kind !== 'act' && ask.kind !== 'removed') continue
      // Whatever is asked is asked by an operator who is in, of whom it can be asked.
      expect(held).toContain('op')
      expect(ask.by.id).toBe(idOf(name))
      if (ask.kind === 'act') this.checkAct(ask.act, held!)
    }
    for (const reader of NAMES) this.read(reader)
    this.#said = undefined
  }

  checkAct(act: Act, held: readonly Grant[]): void {
    const member = 'id' in act ? this.room.state.people.get(act.id) : undefined
    const given =
      act.do === 'role' ? roles[act.role] : act.do === 'permit' && act.held ? [act.permission] : []
    if (act.do === 'role' || act.do === 'permit' || act.do === 'kick') expect(member?.waiting).toBeNull()
    for (const grant of given) expect([...held, ...member!.facts.permissions]).toContain(grant)
    if (act.do === 'admit' || act.do === 'refuse')
      for (const id of act.ids) expect(this.room.state.people.get(id)!.waiting).not.toBeNull()
  }

  read(name: Name): void {
    const own = this.pages.get(name)
    if (!own?.socket) return
    for (const message of this.room.read(own.socket)) {
      this.check(name, message)
      own.page.take(message)
      if (message.type === 'bye') own.socket = undefined
    }
  }

  /** Holds what somebody was told against what may be told. */
  check(reader: Name, message: ToClient): void {
    const said = this.#said
    this.count(message.type === 'refused' ? message.code : message.type)
    if (message.type === 'notice' || message.type === 'caption' || message.type === 'signal') {
      // Notices may also come from what was missed; others only from what has just been said.
      if (message.type !== 'notice' || said) expect(message.from.id).toBe(idOf(said!.by))
      if (!said) return
      const needs = { notice: 'op', caption: 'caption', signal: 'message' } as const
      expect(this.believed(said.by)).toContain(needs[message.type])
      expect(this.believed(reader)).toBeDefined()
      if (message.type === 'signal') expect(this.believed(reader)).toContain('message')
    }
    if (message.type === 'identity') expect(this.believed(reader)).toContain('op')
    if (message.type === 'waiting.joined' || (message.type === 'welcome' && message.waiting.length))
      this.count('told of the door')
    if (message.type === 'welcome' && message.you.state === 'waiting')
      expect([message.people, message.waiting, message.chat]).toEqual([[], [], null])
    if (message.type === 'welcome' && !message.you.permissions.includes('op'))
      expect(message.waiting).toEqual([])
  }

  take(s: Step): void {
    const { room, world } = this
    if (s.kind === 'come') this.come(s.who, s.again)
    if (s.kind === 'drop') this.drop(s.who)
    if (s.kind === 'say') this.say(s.who, s.message)
    if (s.kind === 'staff') world.act(s.act, 'staff', room.now)
    if (s.kind === 'waiting room') world.waitingRoom = s.on
    if (s.kind === 'settle') {
      const rights = new Map(NAMES.map(name => [name, this.world.held(idOf(name))]))
      const acts = room.asks.flatMap(ask => (ask.kind === 'act' ? [ask.act] : []))
      room.settle(s.up)
      this.checkLosses(acts, rights)
      if (room.looks) this.look()
      room.settle(s.up)
    }
    if (s.kind === 'pass') room.pass(s.ms)
    for (const name of NAMES) this.read(name)
  }

  /** Who is an operator no more has nothing left of what only operators have, unless it was given once more. */
  checkLosses(acts: readonly Act[], before: ReadonlyMap<Name, readonly Grant[]>): void {
    const regained = acts.some(act => act.do === 'permit' && act.held && act.permission !== 'op')
    for (const [name, held] of before) {
      const now = this.world.held(idOf(name))
      if (!held.includes('op') || now.includes('op') || regained) continue
      this.count('lost op')
      expect(now).not.toContain('token')
      expect(now).not.toContain('record')
    }
  }

  /** After everything has been read: who is in, and who is not. */
  checkPlaces(): void {
    const { world, room } = this
    for (const [id, { waiting, facts }] of room.state.people) {
      const person = world.people.get(id)!
      expect([id, person.removedAt, world.links.get(person.link)!.revokedAt ?? null]).toEqual([
        id,
        null,
        null,
      ])
      expect([id, facts.permissions]).toEqual([id, world.held(id)])
      expect([id, waiting === null]).toEqual([
        id,
        person.admittedAt !== null || world.held(id).includes('op'),
      ])
    }
  }
}

it('no meeting lets anybody do what they may not, and everybody ends up where the database says', () => {
  const seen: Record<string, number> = {}
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 70 }), steps => {
      const meeting = new Meeting()
      const { room } = meeting
      for (const name of NAMES.slice(0, 4)) meeting.come(name, false)
      room.settle()
      for (const s of steps) meeting.take(s)
      room.settle()
      meeting.look()
      // The allowance is full again, so that everybody may say hello.
      for (let i = 0; i < 8; i++) room.pass(GONE_AFTER - 1)
      room.settle()
      for (const name of NAMES) {
        meeting.read(name)
        if (!meeting.pages.get(name)?.socket) meeting.come(name, true)
        room.settle()
      }
      meeting.checkPlaces()
      for (const name of NAMES) {
        meeting.read(name)
        const { page, socket } = meeting.pages.get(name)!
        if (!socket) continue
        const late = new Page()
        room.open(`late ${name}`, meeting.world.facts(idOf(name)))
        room.says(`late ${name}`, { type: 'hello' })
        room.settle()
        meeting.read(name)
        for (const message of room.read(`late ${name}`)) late.take(message)
        expect({ ...late.view(), chat: [] }).toEqual({ ...page.view(), chat: [] })
      }
      for (const [what, n] of Object.entries(meeting.seen)) seen[what] = (seen[what] ?? 0) + n
    }),
    { numRuns: 200 },
  )
  // The meetings are worth something only when each happens often.
  for (const what of [
    'done',
    'forbidden',
    'not_held',
    'not_here',
    'notice',
    'caption',
    'signal',
    'identity',
    'removed',
    'bye',
    'resumed',
    'told of the door',
    'lost op',
    'not_saved',
  ])
    expect([what, seen[what]]).toEqual([what, expect.toSatisfy((n: number) => n > 5)])
})
