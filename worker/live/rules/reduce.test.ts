import { beforeEach, describe, expect, it } from 'vitest'
import { NOON } from '../../../test/support/app.ts'
import { idOf, personFacts, roomFacts, TestRoom } from '../../../test/support/live.ts'
import { grants } from '../../links/permissions.ts'
import { refusalDetails, type ToServer } from '../protocol.ts'
import { MESSAGES, PATIENCE, PINGS } from './allowance.ts'
import { GONE_AFTER, MAX_SOCKETS } from './presence.ts'
import { REPLAY_MAX, REPLAY_MS } from './telling.ts'

const ann = personFacts('Ann', ['message'])
const ben = personFacts('Ben', [...grants], { role: 'host' })
const cem = personFacts('Cem', [], { role: 'observer' })

let room: TestRoom
beforeEach(() => {
  room = new TestRoom()
})

const shown = (facts: typeof ann, change: object = {}) => ({
  id: facts.id,
  name: facts.name,
  role: facts.role,
  permissions: facts.permissions,
  since: '2026-11-21T12:00:00.000Z',
  hand: false,
  microphone: 'off',
  camera: 'off',
  health: 'unknown',
  displayChecked: false,
  ...change,
})
const roomShown = (change: object = {}) => ({
  room: {
    slug: 'nordlicht',
    title: 'Nordlicht',
    state: 'open',
    startsAt: null,
    endsAt: null,
    maxViewers: null,
    lock: null,
    waitingRoom: false,
  },
  publishing: false,
  playable: false,
  streams: [],
  demo: false,
  ...change,
})
const said = (from: typeof ann, text: string, change: object = {}) => ({
  id: expect.stringMatching(/^[a-z2-7]{16}$/),
  at: '2026-11-21T12:00:00.000Z',
  from: { id: from.id, name: from.name },
  to: null,
  me: false,
  text,
  replyTo: null,
  editedAt: null,
  ref: text,
  ...change,
})
const refused = (about: string | null, code: keyof typeof refusalDetails, ref?: string) => ({
  type: 'refused',
  about,
  ...(ref ? { ref } : {}),
  code,
  detail: refusalDetails[code],
})
const chat = (text: string, change: object = {}): ToServer => ({ type: 'chat', text, ref: text, ...change })

describe('coming and going', () => {
  it('a welcome says everything, and others learn who came', () => {
    room.enter('a1', ann)
    expect(room.read('a1')).toEqual([
      {
        type: 'welcome',
        epoch: idOf('epoch'),
        seq: 1,
        now: '2026-11-21T12:00:00.000Z',
        you: { ...shown(ann), state: 'admitted', opensAt: null, waiting: null, watermark: null },
        people: [shown(ann)],
        waiting: [],
        ...roomShown(),
        chat: { items: [], next: null },
        marks: [],
      },
    ])
    room.enter('b1', ben)
    expect(room.read('a1')).toEqual([{ type: 'person.joined', seq: 2, person: shown(ben) }])
    expect(room.read('b1')).toEqual([expect.objectContaining({ seq: 2, people: [shown(ann), shown(ben)] })])
  })

  it('two tabs of one person are one person, who leaves 10 s after the last', () => {
    room.enter('a1', ann)
    room.enter('b1', ben)
    room.enter('b2', ben)
    room.read('a1')
    room.happens({ type: 'closed', socket: 'b1' })
    room.pass(GONE_AFTER * 2)
    room.happens({ type: 'closed', socket: 'b2' })
    room.pass(GONE_AFTER - 1)
    expect(room.read('a1')).toEqual([])
    room.pass(1)
    expect(room.read('a1')).toEqual([{ type: 'person.left', seq: 3, id: ben.id }])
  })

  it('who comes back within 10 s never left', () => {
    room.enter('a1', ann)
    room.enter('b1', ben)
    room.read('a1')
    room.happens({ type: 'closed', socket: 'b1' })
    room.pass(GONE_AFTER - 1)
    room.enter('b2', ben)
    room.pass(GONE_AFTER * 2)
    expect(room.read('a1')).toEqual([])
  })

  it('a connection that is silent for 10 s is ended, and its person has left at once', () => {
    room.enter('a1', ann)
    room.enter('b1', ben)
    room.read('a1')
    room.read('b1')
    room.pass(GONE_AFTER - 1, ['b1'])
    expect(room.read('b1')).toEqual([])
    room.now--
    room.pass(1)
    room.pass(GONE_AFTER, ['b1'])
    expect(room.read('b1')).toEqual([{ type: 'bye', code: 'silent' }])
    expect(room.read('a1')).toEqual([{ type: 'person.left', seq: 3, id: ben.id }])
  })

  it('a connection outlives no token', () => {
    room.enter('b1', ben)
    room.open('a1', ann, room.now + 1_000)
    room.pass(999)
    expect(room.read('a1')).toEqual([])
    room.pass(1)
    expect(room.read('a1')).toEqual([{ type: 'bye', code: 'token_ended' }])
  })

  it('one page too many takes the place of the oldest', () => {
    for (let i = 0; i <= MAX_SOCKETS; i++) room.enter(`a${i}`, ann)
    expect(room.read('a0').at(-1)).toEqual({ type: 'bye', code: 'replaced' })
    expect(room.state.sockets.size).toBe(MAX_SOCKETS)
  })

  it('before the doors open one waits, sees nobody, and comes in by itself', () => {
    room.enter('b1', ben)
    room.read('b1')
    const late = { ...ann, linkStartsAt: room.now + 5_000 }
    room.enter('a1', late)
    expect(room.read('a1')).toEqual([
      expect.objectContaining({
        type: 'welcome',
        people: [],
        chat: null,
        waiting: [],
        you: {
          ...shown(ann),
          state: 'waiting',
          opensAt: '2026-11-21T12:00:05.000Z',
          waiting: { for: 'start', message: null },
          watermark: null,
        },
      }),
    ])
    for (const message of [chat('let me in'), { type: 'hand', raised: true }] satisfies ToServer[])
      room.says('a1', message)
    room.says('b1', chat('not for you', { to: ann.id }))
    room.says('b1', chat('nor this'))
    room.settle()
    expect(room.read('a1')).toEqual([refused('chat', 'waiting', 'let me in'), refused('hand', 'waiting')])
    expect(room.read('b1')).toEqual([
      refused('chat', 'not_here', 'not for you'),
      { type: 'chat', seq: 2, message: said(ben, 'nor this') },
    ])
    room.pass(5_000)
    room.settle()
    expect(room.read('a1').at(-1)).toMatchObject({
      type: 'welcome',
      you: { state: 'admitted' },
      people: [shown(ben), shown(ann)],
      chat: { items: [said(ben, 'nor this')] },
    })
    expect(room.read('b1')).toEqual([{ type: 'person.joined', seq: 3, person: shown(ann) }])
  })

  it.each<[string, object, object, string]>([
    ['the room has ended', { endedAt: 1 }, {}, 'room_ended'],
    ['the link was revoked', {}, { linkRevokedAt: 1 }, 'link_revoked'],
    ['the link has ended', {}, { linkEndsAt: 1 }, 'link_ended'],
    ['they were removed', {}, { removedAt: 1 }, 'removed'],
  ])('when %s nobody comes in, and who is in goes', (_, ofRoom, ofPerson, code) => {
    room.enter('b1', ben)
    room.enter('a1', ann)
    room.look([ben, { ...ann, ...ofPerson }], roomFacts(ofRoom))
    expect(room.read('a1').at(-1)).toEqual({ type: 'bye', code })
    expect(room.state.people.has(ann.id)).toBe(false)
    room.open('a2', { ...ann, ...ofPerson })
    expect(room.read('a2')).toEqual([{ type: 'bye', code }])
    room.says('a2', { type: 'hello' })
    room.says('a1', chat('still here?'))
    expect([room.read('a1'), room.read('a2'), room.asks]).toEqual([[], [], []])
  })

  it('a link’s end comes by the clock, without anybody asking', () => {
    room.enter('a1', { ...ann, linkEndsAt: room.now + 60_000 })
    room.read('a1')
    room.pass(58_000)
    expect(room.read('a1')).toEqual([])
    room.pass(2_000)
    expect(room.read('a1')).toEqual([{ type: 'bye', code: 'link_ended' }])
  })

  it('a room that is deleted ends for all', () => {
    room.enter('a1', ann)
    room.enter('b1', ben)
    room.look([], null)
    expect([room.read('a1').at(-1), room.read('b1').at(-1)]).toEqual([
      { type: 'bye', code: 'gone' },
      { type: 'bye', code: 'gone' },
    ])
    expect([room.state.people.size, room.state.sockets.size]).toEqual([0, 0])
  })

  it('the room’s end is told before the goodbye', () => {
    room.enter('a1', ann)
    room.read('a1')
    room.look([ann], roomFacts({ endedAt: room.now }))
    expect(room.read('a1').map(message => message.type)).toEqual(['room.changed', 'bye'])
  })

  it('a server that stops says so', () => {
    room.enter('a1', ann)
    room.read('a1')
    room.happens({ type: 'stopping' })
    expect(room.read('a1')).toEqual([{ type: 'bye', code: 'stopping' }])
  })
})

describe('what is seen', () => {
  it('hands, devices and the picture are told once, when they change', () => {
    room.enter('a1', ann)
    room.enter('c1', cem)
    room.read('a1')
    for (const message of [
      { type: 'hand', raised: true },
      { type: 'hand', raised: true },
      { type: 'state', microphone: 'on', health: 'poor' },
      { type: 'state', microphone: 'on' },
    ] satisfies ToServer[])
      room.says('c1', message)
    room.look([ann, cem], roomFacts({ publishing: true, playable: null }))
    room.look([ann, cem], roomFacts({ publishing: true, playable: null }))
    const hand = { hand: true }
    expect(room.read('a1')).toEqual([
      { type: 'person.changed', seq: 3, person: shown(cem, hand) },
      {
        type: 'person.changed',
        seq: 4,
        person: shown(cem, { ...hand, microphone: 'on', health: 'poor' }),
      },
      {
        type: 'room.changed',
        seq: 5,
        now: '2026-11-21T12:00:00.000Z',
        ...roomShown({
          room: { ...roomShown().room, state: 'live' },
          publishing: true,
          playable: null,
        }),
      },
    ])
  })

  it('other permissions are told, and count from that moment', () => {
    room.enter('a1', ann)
    room.enter('b1', ben)
    room.read('a1')
    room.look([ben, { ...ann, permissions: [] }])
    expect(room.read('a1')).toEqual([
      { type: 'person.changed', seq: 3, person: shown({ ...ann, permissions: [] }) },
    ])
    room.says('a1', chat('muted'))
    expect(room.read('a1')).toEqual([refused('chat', 'forbidden', 'muted')])
  })
})

describe('chat', () => {
  beforeEach(() => {
    room.enter('a1', ann)
    room.enter('b1', ben)
    room.enter('c1', cem)
    for (const socket of ['a1', 'b1', 'c1']) room.read(socket)
  })
  const everybody = () => ['a1', 'b1', 'c1'].map(socket => room.read(socket))

  it('that is said in one moment has an order', () => {
    for (const text of ['first', 'second', 'third']) room.says('a1', chat(text))
    room.settle()
    expect(room.read('c1').map(told => 'message' in told && told.message.at)).toEqual([
      '2026-11-21T12:00:00.000Z',
      '2026-11-21T12:00:00.001Z',
      '2026-11-21T12:00:00.002Z',
    ])
  })

  it('is shown when it is stored, not before', () => {
    room.says('a1', chat('hello'))
    expect(everybody()).toEqual([[], [], []])
    room.settle()
    const told = [{ type: 'chat', seq: 4, message: said(ann, 'hello') }]
    expect(everybody()).toEqual([told, told, told])
  })

  it('that cannot be stored is told to its sender alone', () => {
    room.says('a1', chat('lost'))
    room.settle(false)
    expect(everybody()).toEqual([[refused('chat', 'not_saved', 'lost')], [], []])
    room.enter('d1', personFacts('Dea'))
    expect(room.read('d1')).toEqual([expect.objectContaining({ chat: { items: [], next: null } })])
  })

  it('that is private reaches the two, on all their pages', () => {
    room.enter('b2', ben)
    room.read('b2')
    room.says('a1', chat('psst', { to: ben.id, me: true }))
    room.settle()
    const message = said(ann, 'psst', { to: { id: ben.id, name: 'Ben' }, me: true })
    const told = [{ type: 'chat', seq: 4, message }]
    expect([...everybody(), room.read('b2')]).toEqual([told, told, [], told])
  })

  it.each<[string, ToServer, 'forbidden' | 'not_here']>([
    ['without the permission', chat('x'), 'forbidden'],
    ['an edit without it', { type: 'chat.edit', id: idOf('x'), text: 'x' }, 'forbidden'],
    ['all of a person, no operator', { type: 'chat.delete', which: { of: ann.id } }, 'forbidden'],
    ['everything, no operator', { type: 'chat.delete', which: { all: true } }, 'forbidden'],
  ])('%s is refused without asking the database', (_, message, code) => {
    room.says('c1', message)
    const ref = 'ref' in message ? message.ref : undefined
    expect([room.read('c1'), room.asks]).toEqual([[refused(message.type, code, ref)], []])
  })

  it('to nobody, or to oneself, is refused', () => {
    for (const to of [idOf('nobody'), ann.id]) room.says('a1', chat('x', { to }))
    expect(room.read('a1')).toEqual([refused('chat', 'not_here', 'x'), refused('chat', 'not_here', 'x')])
  })

  it('sent twice is stored and shown once', () => {
    room.says('a1', chat('once'))
    room.says('a1', chat('once'))
    room.settle()
    expect(everybody().map(seen => seen.map(message => message.type))).toEqual([
      ['chat', 'refused'],
      ['chat'],
      ['chat'],
    ])
    expect(room.chat.rows).toHaveLength(1)
  })

  it('is edited by its author alone, and deleted by its author or an operator', () => {
    room.says('a1', chat('draft'))
    room.settle()
    const { id } = room.chat.rows[0]!
    everybody()
    room.says('b1', { type: 'chat.edit', id, text: 'forged', ref: 'e' })
    room.says('c1', { type: 'chat.delete', which: { id }, ref: 'd' })
    room.settle()
    expect(everybody()).toEqual([
      [],
      [refused('chat.edit', 'not_found', 'e')],
      [refused('chat.delete', 'not_found', 'd')],
    ])
    room.says('a1', { type: 'chat.edit', id, text: 'final' })
    room.says('b1', { type: 'chat.delete', which: { id } })
    room.settle()
    const told = [
      {
        type: 'chat.edited',
        seq: 5,
        message: said(ann, 'final', { editedAt: '2026-11-21T12:00:00.000Z', ref: 'draft' }),
      },
      { type: 'chat.deleted', seq: 6, which: { id } },
    ]
    expect(everybody()).toEqual([told, told, told])
  })

  it('private ones are edited and deleted before the same two', () => {
    room.says('a1', chat('psst', { to: ben.id }))
    room.settle()
    const { id } = room.chat.rows[0]!
    room.says('a1', { type: 'chat.edit', id, text: 'psst!' })
    room.says('a1', { type: 'chat.delete', which: { id } })
    room.settle()
    expect(everybody().map(seen => seen.map(message => message.type))).toEqual([
      ['chat', 'chat.edited', 'chat.deleted'],
      ['chat', 'chat.edited', 'chat.deleted'],
      [],
    ])
  })

  it('an operator deletes all of a person, or everything', () => {
    for (const which of [{ of: ann.id }, { all: true as const }]) {
      room.says('b1', { type: 'chat.delete', which })
      room.settle()
      expect(room.read('c1')).toEqual([{ type: 'chat.deleted', seq: expect.any(Number), which }])
    }
  })

  it.each([
    ['four hours', 4 * 3600_000, NOON - 4 * 3600_000],
    ['a minute', 60_000, NOON - 60_000],
    ['the room’s whole life', null, 0],
  ])(
    'that is shown for %s is asked for by that age, by a welcome and page by page',
    (_, historyMs, since) => {
      room.look([ann, ben, cem], roomFacts({ historyMs }))
      const before = `1763726400000.${idOf('x')}`
      room.says('c1', { type: 'history', before, ref: 'h' })
      room.open('c2', cem)
      room.says('c2', { type: 'hello' })
      const asked = { kind: 'page', by: { id: cem.id, name: 'Cem' }, since }
      expect(room.asks).toEqual([
        { ...asked, socket: 'c1', ref: 'h', before, welcome: false },
        { ...asked, socket: 'c2', before: null, welcome: true },
      ])
      room.settle(false)
      expect(room.read('c1')).toEqual([refused('history', 'not_available', 'h')])
    },
  )

  it('without the database one still comes in, and is told that there is no chat to be had', () => {
    room.open('d1', personFacts('Dea'))
    room.says('d1', { type: 'hello' })
    room.settle(false)
    expect(room.read('d1')).toEqual([expect.objectContaining({ type: 'welcome', chat: null })])
  })
})

describe('coming back', () => {
  const place = (seq: number, epoch = idOf('epoch')) => ({ epoch, seq })
  const back = (socket: string, facts: typeof ann, since: { epoch: string; seq: number }) => {
    room.open(socket, facts)
    room.says(socket, { type: 'hello', since })
    room.settle()
    return room.read(socket)
  }

  beforeEach(() => {
    room.enter('a1', ann)
    room.enter('b1', ben)
    room.enter('c1', cem)
  })

  it('gives exactly what was missed, and nothing that was for others', () => {
    room.happens({ type: 'closed', socket: 'c1' })
    room.says('a1', chat('public'))
    room.says('a1', chat('private', { to: ben.id }))
    room.says('b1', { type: 'hand', raised: true })
    room.settle()
    expect(back('c2', cem, place(3))).toEqual([
      { type: 'resumed', seq: 6, now: '2026-11-21T12:00:00.000Z', watermark: null },
      { type: 'person.changed', seq: 4, person: shown(ben, { hand: true }) },
      { type: 'chat', seq: 5, message: said(ann, 'public') },
    ])
    expect(back('c3', cem, place(6))).toEqual([expect.objectContaining({ type: 'resumed', seq: 6 })])
  })

  it.each<[string, ToServer, string[]]>([
    ['one', { type: 'chat.delete', which: { id: 'FIRST' } }, ['second', 'third']],
    ['all of a person', { type: 'chat.delete', which: { of: ann.id } }, ['third']],
    ['everything', { type: 'chat.delete', which: { all: true } }, []],
  ])('does not give what was deleted: %s', (_, message, left) => {
    room.says('a1', chat('first'))
    room.says('a1', chat('second'))
    room.says('b1', chat('third'))
    room.settle()
    const id = room.read('a1').flatMap(told => (told.type === 'chat' ? [told.message.id] : []))[0]!
    room.says('a1', { type: 'chat.edit', id, text: 'first, again' })
    room.says('b1', JSON.parse(JSON.stringify(message).replace('FIRST', id)) as ToServer)
    room.settle()
    const told = back('d1', personFacts('Dea', []), place(0))
    expect(told.flatMap(news => ('message' in news ? [news.message.text] : []))).toEqual(left)
    expect(told).toContainEqual(expect.objectContaining({ type: 'chat.deleted' }))
  })

  it.each<[string, { epoch: string; seq: number }]>([
    ['of another numbering', place(3, idOf('other'))],
    ['from the future', place(4_000)],
  ])('with a place %s begins from scratch', (_, since) => {
    expect(back('c2', cem, since).map(message => message.type)).toEqual(['welcome'])
  })

  it('after too long, or too much, begins from scratch', () => {
    room.pass(REPLAY_MS)
    expect(back('c2', cem, place(2)).map(message => message.type)).toEqual(['welcome'])
    const seq = room.state.seq
    for (let i = 0; i <= REPLAY_MAX; i++) room.look([{ ...ann, name: `Ann ${i}` }, ben, cem])
    expect(back('c3', cem, place(seq)).map(message => message.type)).toEqual(['welcome'])
    expect(back('c4', cem, place(seq + 1)).map(message => message.type)).toContain('resumed')
  })
})

describe('what does not belong', () => {
  it('before hello, and a second hello, are refused', () => {
    room.open('a1', ann)
    room.says('a1', chat('early'))
    room.says('a1', { type: 'hello' })
    room.says('a1', { type: 'hello' })
    room.settle()
    expect(room.read('a1')).toEqual([
      refused('chat', 'hello_first', 'early'),
      refused('hello', 'hello_first'),
      expect.objectContaining({ type: 'welcome' }),
    ])
  })

  it('a connection that is not there says nothing', () => {
    room.enter('a1', ann)
    const before = room.state
    room.says('zz', chat('x'))
    room.says('zz', { type: 'ping' })
    room.happens({ type: 'closed', socket: 'zz' })
    expect(room.state).toBe(before)
  })

  it('an answer to somebody who has gone reaches nobody', () => {
    room.enter('a1', ann)
    room.says('a1', chat('x'))
    room.happens({ type: 'closed', socket: 'a1' })
    room.read('a1')
    room.settle(false)
    expect(room.read('a1')).toEqual([])
  })

  it('10,000 messages in a second end their sender, and hardly reach the others', () => {
    room.enter('b1', ben)
    room.enter('a1', ann)
    room.enter('a2', ann)
    room.read('b1')
    room.read('a1')
    for (let i = 0; i < 10_000; i++) {
      room.now += i % 10 ? 0 : 1
      room.says(i % 2 ? 'a1' : 'a2', chat(`m${i}`))
    }
    room.settle()
    const codes = room.read('a1').map(message => ('code' in message ? message.code : message.type))
    expect(codes.filter(code => code === 'too_fast').length).toBeLessThanOrEqual(PATIENCE)
    expect(codes).toContain('flooding')
    expect(room.read('a2').map(message => message.type)).toContain('bye')
    expect(room.read('b1').length).toBeLessThanOrEqual(MESSAGES.burst + 6)
    expect([...room.state.sockets.keys()]).toEqual(['b1'])
  })

  it('pings are answered as long as there are not too many, from all of a person’s pages together', () => {
    room.enter('a1', ann)
    room.enter('a2', ann)
    room.read('a1')
    for (let i = 0; i < PINGS.burst + PATIENCE; i++) room.says(i % 2 ? 'a1' : 'a2', { type: 'ping' })
    // The last of each is the goodbye.
    expect([room.read('a1').length, room.read('a2').slice(1).length]).toEqual([
      PINGS.burst / 2 + 1,
      PINGS.burst / 2 + 1,
    ])
    expect([...room.state.sockets.keys()]).toEqual([])
  })

  it('eight pages that ping each 3 s are never too many', () => {
    for (let i = 0; i < MAX_SOCKETS; i++) room.enter(`a${i}`, ann)
    for (let s = 0; s < 600; s += 3) {
      room.pass(3_000)
      for (let i = 0; i < MAX_SOCKETS; i++) {
        room.read(`a${i}`)
        room.says(`a${i}`, { type: 'ping' })
        expect(room.read(`a${i}`)).toEqual([{ type: 'pong' }])
      }
    }
  })

  it('what cannot be read counts like what can', () => {
    room.enter('a1', ann)
    room.read('a1')
    const refusal = {
      type: 'refused' as const,
      about: null,
      code: 'unreadable' as const,
      detail: refusalDetails.unreadable,
    }
    for (let i = 0; i < MESSAGES.burst; i++) room.happens({ type: 'unreadable', socket: 'a1', refusal })
    const seen = room.read('a1')
    expect(seen.slice(0, -1)).toEqual(Array(MESSAGES.burst - 1).fill(refusal))
    expect(seen.at(-1)).toEqual(refused(null, 'too_fast'))
  })

  it('the allowance comes back, and a clock that goes back gives none', () => {
    room.enter('a1', ann)
    room.read('a1')
    for (let i = 0; i < MESSAGES.burst; i++) room.says('a1', chat(`a${i}`))
    room.now -= 3600_000
    room.says('a1', chat('b'))
    expect(room.read('a1').at(-1)).toEqual(refused('chat', 'too_fast', 'b'))
    room.now += 3600_000 + 1_000
    room.says('a1', chat('c'))
    room.settle()
    expect(room.read('a1').at(-1)).toMatchObject({ type: 'chat', message: { text: 'c' } })
  })
})
