import fc from 'fast-check'
import { expect, it } from 'vitest'
import { idOf, Page, personFacts, TestRoom } from '../../../test/support/live.ts'
import { type Grant, grants } from '../../links/permissions.ts'
import type { ToClient, ToServer } from '../protocol.ts'
import { GONE_AFTER } from './presence.ts'
import type { PersonFacts } from './state.ts'

/**
 * Random meetings of several people, held against a second, plain account of who may do what at which moment. After every
 * step: nobody did what their permissions of that moment forbid, nothing private reached a third, nothing was told twice.
 * At the end: a page that was there all the time, one that was away and came back, and one that only comes now show the
 * same.
 */

const NAMES = ['Ann', 'Ben', 'Cem', 'Dea', 'Eli'] as const
type Name = (typeof NAMES)[number]

const who = fc.constantFrom(...NAMES)
const permissions = fc.constantFrom<Grant[]>(
  [],
  ['message'],
  ['message'],
  ['op', 'message'],
  ['op'],
  [...grants],
)
const nth = fc.nat(30)

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('come' as const), who, again: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('drop' as const), who }) },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('say' as const),
      who,
      to: fc.option(who, { freq: 2 }),
      twice: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('edit' as const), who, nth }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('erase' as const),
      who,
      nth,
      what: fc.constantFrom('id' as const, 'id' as const, 'of' as const, 'all' as const),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('hand' as const), who, raised: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('grant' as const), who, permissions }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), who }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('delay' as const),
      who,
      ms: fc.integer({ min: -5_000, max: 9_000 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('picture' as const), publishing: fc.boolean() }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('settle' as const),
      up: fc.constantFrom(true, true, true, false),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 4_000 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('sleep' as const), who }) },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** One sequence, its room, and the plain account of it. */
class Meeting {
  room = new TestRoom()
  facts = new Map<Name, PersonFacts>(NAMES.map(name => [name, personFacts(name)]))
  /** Each person's page, which lives on while its connection changes. */
  pages = new Map<Name, { page: Page; socket: string | undefined }>()
  /** What each text was said by, to whom, and whether it was allowed just then. */
  account = new Map<string, { from: string; to: string | undefined; allowed: boolean }>()
  /** Deletions that somebody was not allowed to ask for, and edits of others' messages, by their targets. */
  forbidden: { erased: object[]; edits: string[] } = { erased: [], edits: [] }
  seen = { told: 0, private: 0, refused: 0, resumed: 0, welcomed: 0 }
  #n = 0

  /** Whether they are in at this moment by the plain rules. */
  isIn(name: Name): boolean {
    const { id } = this.facts.get(name)!
    const member = this.room.state.people.get(id)
    const { linkStartsAt, removedAt } = this.facts.get(name)!
    return member !== undefined && removedAt === null && (linkStartsAt === null || member.waiting === null)
  }

  may(name: Name, grant: Grant): boolean {
    return this.isIn(name) && this.facts.get(name)!.permissions.includes(grant)
  }

  come(name: Name, again: boolean): void {
    const before = this.pages.get(name)
    if (before?.socket) this.drop(name)
    const known = again && before && !before.page.waiting ? before.page.place : undefined
    const page = known ? before!.page : new Page()
    const socket = `s${++this.#n}`
    this.pages.set(name, { page, socket })
    this.room.open(socket, this.facts.get(name)!)
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
    if (socket) this.room.says(socket, message)
  }

  /** Has a page take in what it was sent, and holds that against the account. */
  read(name: Name): void {
    const own = this.pages.get(name)
    if (!own?.socket) return
    const { id } = this.facts.get(name)!
    for (const message of this.room.read(own.socket)) {
      this.check(id, message)
      own.page.take(message)
      if (message.type === 'bye') own.socket = undefined
    }
  }

  check(reader: string, message: ToClient): void {
    if (message.type === 'refused') this.seen.refused++
    if (message.type === 'resumed') this.seen.resumed++
    if (message.type === 'welcome') this.seen.welcomed++
    if (message.type === 'chat.deleted') expect(this.forbidden.erased).not.toContainEqual(message.which)
    const shown =
      message.type === 'chat' || message.type === 'chat.edited'
        ? [message.message]
        : message.type === 'welcome'
          ? (message.chat?.items ?? [])
          : []
    for (const { text, from, to } of shown) {
      const said = this.account.get(text)
      // An edit is its author's, or it was never made.
      expect(this.forbidden.edits).not.toContain(text)
      expect(said).toMatchObject({ allowed: true, from: from.id })
      expect(to?.id).toBe(said!.to)
      this.seen.told++
      if (to === null) continue
      this.seen.private++
      expect([from.id, to.id]).toContain(reader)
    }
  }

  take(s: Step): void {
    const { room } = this
    const isConnected = (name: Name) => this.pages.get(name)?.socket !== undefined
    if (s.kind === 'come') this.come(s.who, s.again)
    if (s.kind === 'drop') this.drop(s.who)
    if (s.kind === 'say') {
      const text = `t${++this.#n}`
      const to = s.to ? idOf(s.to) : undefined
      const allowed =
        isConnected(s.who) && this.may(s.who, 'message') && (!s.to || (s.to !== s.who && this.isIn(s.to)))
      this.account.set(text, { from: idOf(s.who), to, allowed })
      for (let i = 0; i < (s.twice ? 2 : 1); i++)
        this.say(s.who, { type: 'chat', text, ref: text, ...(to && { to }) })
    }
    const target = 'nth' in s ? room.chat.rows[s.nth % Math.max(1, room.chat.rows.length)] : undefined
    if (s.kind === 'edit' && target) {
      const text = `t${++this.#n}`
      const own = target.from.id === idOf(s.who)
      if (!own || !this.may(s.who, 'message')) this.forbidden.edits.push(text)
      this.account.set(text, { from: target.from.id, to: target.to?.id, allowed: own })
      this.say(s.who, { type: 'chat.edit', id: target.id, text })
    }
    if (s.kind === 'erase' && target) {
      const which =
        s.what === 'id'
          ? { id: target.id }
          : s.what === 'of'
            ? { of: target.from.id }
            : { all: true as const }
      const own = s.what === 'id' && target.from.id === idOf(s.who)
      // The same may be asked for again by somebody who may: then it tells nothing.
      const forbidden = !this.may(s.who, 'op') && !own
      if (forbidden && isConnected(s.who) && !room.asks.some(ask => ask.kind === 'delete')) {
        this.say(s.who, { type: 'chat.delete', which, ref: 'no' })
        const rows = room.chat.rows.length
        if (!room.asks.some(ask => ask.kind === 'say' || ask.kind === 'page')) {
          room.settle()
          expect(room.chat.rows).toHaveLength(rows)
        }
      } else if (!forbidden) this.say(s.who, { type: 'chat.delete', which })
    }
    if (s.kind === 'hand') this.say(s.who, { type: 'hand', raised: s.raised })
    if (s.kind === 'grant') this.learn(s.who, { permissions: s.permissions })
    if (s.kind === 'remove') this.learn(s.who, { removedAt: room.now })
    if (s.kind === 'delay') this.learn(s.who, { linkStartsAt: room.now + s.ms })
    if (s.kind === 'picture') {
      room.room = { ...room.room, publishing: s.publishing }
      room.look([...this.facts.values()])
    }
    if (s.kind === 'settle') room.settle(s.up)
    if (s.kind === 'pass') room.pass(s.ms)
    if (s.kind === 'sleep') {
      const socket = this.pages.get(s.who)?.socket
      room.pass(GONE_AFTER, socket ? [socket] : [])
    }
    for (const name of NAMES) this.read(name)
    // A person is there once, and everybody who is there is known to the account.
    for (const { person } of room.state.sockets.values()) expect(room.state.people.has(person)).toBe(true)
  }

  learn(name: Name, change: Partial<PersonFacts>): void {
    this.facts.set(name, { ...this.facts.get(name)!, ...change })
    this.room.look([...this.facts.values()])
  }
}

it('no meeting lets anybody do what they may not, and all its pages agree in the end', () => {
  const seen = { told: 0, private: 0, refused: 0, resumed: 0, welcomed: 0 }
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), steps => {
      const meeting = new Meeting()
      for (const name of NAMES.slice(0, 3)) meeting.come(name, false)
      meeting.room.settle()
      for (const s of steps) meeting.take(s)
      meeting.room.settle()
      // The allowance is full again, so that everybody may say hello.
      for (let i = 0; i < 8; i++) meeting.room.pass(GONE_AFTER - 1)
      meeting.room.settle()
      for (const name of NAMES) {
        meeting.read(name)
        if (!meeting.pages.get(name)?.socket) meeting.come(name, true)
        meeting.room.settle()
      }
      for (const name of NAMES) {
        meeting.read(name)
        const { page, socket } = meeting.pages.get(name)!
        if (!socket) continue
        const late = new Page()
        meeting.room.open(`late ${name}`, meeting.facts.get(name)!)
        meeting.room.says(`late ${name}`, { type: 'hello' })
        meeting.room.settle()
        meeting.read(name)
        for (const message of meeting.room.read(`late ${name}`)) late.take(message)
        // Who came in while the database was away has no chat to compare.
        expect(late.view()).toEqual(page.chatKnown ? page.view() : { ...page.view(), chat: late.view().chat })
      }
      for (const key of Object.keys(seen) as (keyof typeof seen)[]) seen[key] += meeting.seen[key]
    }),
    { numRuns: 300 },
  )
  // The meetings are worth something only when each happens often.
  expect(Math.min(seen.told, seen.refused, seen.welcomed)).toBeGreaterThan(300)
  expect(Math.min(seen.private, seen.resumed)).toBeGreaterThan(50)
})
