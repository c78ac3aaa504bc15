import { beforeEach, describe, expect, it } from 'vitest'
import { NOON } from '../../../test/support/app.ts'
import { addressOf, idOf, personFacts, TestRoom } from '../../../test/support/live.ts'
import { type Grant, grants, type Role, roleNames, roles } from '../../links/permissions.ts'
import type { Act, ActOutcome } from '../acts/acts.ts'
import { refusalDetails, type ToServer } from '../protocol.ts'
import { SIGNALS } from './allowance.ts'
import type { Ask } from './state.ts'

/** What operators say: who may, to whom, what is asked of the database, and what becomes of its answer. */

const ann = personFacts('Ann', ['op', 'message'])
const ben = personFacts('Ben', ['message'])
const cem = personFacts('Cem', [], { link: ann.link })
const dea = personFacts('Dea', ['message'], { admittedAt: null })

let room: TestRoom
beforeEach(() => {
  room = new TestRoom()
  for (const [socket, facts] of Object.entries({ a1: ann, b1: ben, c1: cem, d1: dea }))
    room.enter(socket, facts)
  for (const socket of ['a1', 'b1', 'c1', 'd1']) room.read(socket)
})

const refused = (about: string, code: keyof typeof refusalDetails, ref?: string) => ({
  type: 'refused',
  about,
  ...(ref ? { ref } : {}),
  code,
  detail: refusalDetails[code],
})
const by = (facts: typeof ann) => ({ id: facts.id, name: facts.name })

/** One of each that needs `op`, with what it asks of the database, if anything. */
const operators: [ToServer, Act?][] = [
  [
    { type: 'door.admit', who: { id: dea.id } },
    { do: 'admit', ids: [dea.id] },
  ],
  [
    { type: 'door.admit', who: { all: true } },
    { do: 'admit', ids: [dea.id] },
  ],
  [
    { type: 'door.refuse', who: { id: dea.id } },
    { do: 'refuse', ids: [dea.id], reason: null },
  ],
  [
    { type: 'door.refuse', who: { all: true }, reason: 'Full' },
    { do: 'refuse', ids: [dea.id], reason: 'Full' },
  ],
  [
    { type: 'room.lock', message: 'Later' },
    { do: 'lock', message: 'Later' },
  ],
  [{ type: 'room.lock' }, { do: 'lock', message: '' }],
  [{ type: 'room.unlock' }, { do: 'unlock' }],
  [{ type: 'room.end' }, { do: 'end' }],
  [
    { type: 'person.role', id: ben.id, role: 'observer' },
    { do: 'role', id: ben.id, role: 'observer' },
  ],
  [
    { type: 'person.permit', id: ben.id, permission: 'op', held: true },
    { do: 'permit', id: ben.id, permission: 'op', held: true },
  ],
  [
    { type: 'person.permit', id: ben.id, permission: 'record', held: false },
    { do: 'permit', id: ben.id, permission: 'record', held: false },
  ],
  [
    { type: 'person.kick', id: ben.id },
    { do: 'kick', id: ben.id, reason: null, link: false, addresses: [] },
  ],
  [
    { type: 'person.kick', id: ben.id, reason: 'Noise', ban: ['link', 'address'] },
    { do: 'kick', id: ben.id, reason: 'Noise', link: true, addresses: [addressOf('Ben')] },
  ],
  [
    { type: 'person.pardon', id: idOf('gone') },
    { do: 'pardon', id: idOf('gone') },
  ],
  [
    { type: 'link.close', of: ben.id },
    { do: 'close-link', of: ben.id },
  ],
  [
    { type: 'timecode.set', rate: '25', frame: 90_000, at: NOON + 30_000, running: true },
    { do: 'timecode', clock: { rate: '25', frame: 90_000, at: NOON + 30_000, running: true, by: 'Ann' } },
  ],
  [{ type: 'timecode.clear' }, { do: 'clear-timecode' }],
  [{ type: 'person.mute', who: { id: ben.id } }],
  [{ type: 'person.mute', who: { all: true } }],
  [{ type: 'person.warn', id: ben.id, text: 'x' }],
  [{ type: 'wall', text: 'x' }],
  [{ type: 'person.identify', id: ben.id }],
  [{ type: 'removed' }],
  [{ type: 'subrooms' }],
]
const withRef = (message: ToServer): ToServer => ({ ...message, ref: 'r' }) as ToServer

describe('needs op', () => {
  it.each(operators)('%j', (message, act) => {
    for (const permission of [undefined, ...grants.filter(grant => grant !== 'op')]) {
      room.look([ann, { ...ben, permissions: permission ? [permission] : [] }, cem, dea])
      for (const socket of ['a1', 'b1', 'c1', 'd1']) room.read(socket)
      room.says('b1', withRef(message))
      const seen = ['a1', 'b1', 'c1', 'd1'].map(socket => room.read(socket))
      expect([permission, ...seen, room.asks, room.records]).toEqual([
        permission,
        [],
        [refused(message.type, 'forbidden', 'r')],
        [],
        [],
        [],
        [],
      ])
      room.now += 10_000
    }
    room.says('d1', message)
    expect(room.read('d1')).toEqual([refused(message.type, 'waiting')])
    room.says('a1', withRef(message))
    expect(room.asks).toEqual(
      act
        ? [{ kind: 'act', socket: 'a1', by: by(ann), ref: 'r', about: message.type, act, at: room.now }]
        : message.type === 'removed' || message.type === 'subrooms'
          ? [{ kind: message.type, socket: 'a1', by: by(ann), ref: 'r' }]
          : [],
    )
    expect(room.read('a1').filter(({ type }) => type === 'refused')).toEqual([])
  })

  it.each(['subrooms', 'everything'] as const)(
    'but for the list of sub-rooms a link that opens %s will do',
    opens => {
      room.look([ann, { ...ben, opens }, cem, dea])
      room.read('b1')
      room.says('b1', { type: 'subrooms' })
      expect(room.asks).toEqual([{ kind: 'subrooms', socket: 'b1', by: by(ben), ref: undefined }])
      room.settle()
      expect(room.read('b1')).toEqual([refused('subrooms', 'not_available')])
    },
  )

  it('caption needs caption, and a signal message, of both', () => {
    for (const permission of grants) {
      room.look([ann, { ...ben, permissions: [permission] }, cem, dea])
      room.read('b1')
      room.says('b1', { type: 'caption', text: 'x' })
      room.says('b1', { type: 'signal', to: ann.id, data: 'x' })
      room.says('b1', { type: 'signal', to: cem.id, data: 'x' })
      const codes = room.read('b1').filter(({ type }) => type === 'refused' || type === 'done')
      expect([
        permission,
        ...codes.map(message => ('code' in message ? message.code : message.type)),
      ]).toEqual([
        permission,
        permission === 'caption' ? 'done' : 'forbidden',
        permission === 'message' ? 'done' : 'forbidden',
        'forbidden',
      ])
      room.now += 10_000
    }
  })
})

describe('what does not go', () => {
  it.each<[string, ToServer, keyof typeof refusalDetails]>([
    ['letting in who is in', { type: 'door.admit', who: { id: ben.id } }, 'not_here'],
    ['letting in nobody', { type: 'door.admit', who: { id: idOf('nobody') } }, 'not_here'],
    ['refusing who is in', { type: 'door.refuse', who: { id: ben.id } }, 'not_here'],
    ['a role for who waits', { type: 'person.role', id: dea.id, role: 'observer' }, 'not_here'],
    [
      'a permission for who waits',
      { type: 'person.permit', id: dea.id, permission: 'op', held: true },
      'not_here',
    ],
    ['removing who waits', { type: 'person.kick', id: dea.id }, 'not_here'],
    ['removing nobody', { type: 'person.kick', id: idOf('nobody') }, 'not_here'],
    ['removing oneself', { type: 'person.kick', id: ann.id }, 'yourself'],
    ['closing one’s own link with somebody', { type: 'person.kick', id: cem.id, ban: ['link'] }, 'own_link'],
    ['closing one’s own link', { type: 'link.close', of: cem.id }, 'own_link'],
    ['closing the link of nobody', { type: 'link.close', of: idOf('nobody') }, 'not_here'],
    ['muting oneself', { type: 'person.mute', who: { id: ann.id } }, 'yourself'],
    ['muting who waits', { type: 'person.mute', who: { id: dea.id } }, 'not_here'],
    ['warning oneself', { type: 'person.warn', id: ann.id, text: 'x' }, 'yourself'],
    ['warning who waits', { type: 'person.warn', id: dea.id, text: 'x' }, 'not_here'],
    ['identifying oneself', { type: 'person.identify', id: ann.id }, 'yourself'],
    ['identifying who waits', { type: 'person.identify', id: dea.id }, 'not_here'],
    ['a signal to oneself', { type: 'signal', to: ann.id, data: 'x' }, 'yourself'],
    ['a signal to who waits', { type: 'signal', to: dea.id, data: 'x' }, 'not_here'],
  ])('%s', (_, message, code) => {
    room.says('a1', message)
    expect([room.read('a1'), room.asks, room.records]).toEqual([[refused(message.type, code)], [], []])
    for (const socket of ['b1', 'c1', 'd1']) expect(room.read(socket)).toEqual([])
  })

  it('keeping out an address that one has oneself, or that nobody knows', () => {
    const open = (socket: string, person: typeof ann, address: string | null) => {
      room.inbox.set(socket, [])
      room.happens({
        type: 'opened',
        socket,
        until: NOON * 2,
        address,
        userAgent: null,
        room: room.room,
        person,
      })
    }
    open('e1', personFacts('Eli'), '2001:db8::1')
    open('f1', personFacts('Fay'), null)
    open('a2', ann, '2001:db8::ffff')
    for (const [name, code] of [
      ['Eli', 'own_address'],
      ['Fay', 'address_unknown'],
    ] as const) {
      room.read('a1')
      room.says('a1', { type: 'person.kick', id: idOf(name), ban: ['address'] })
      expect(room.read('a1')).toEqual([refused('person.kick', code)])
    }
    expect(room.asks).toEqual([])
  })
})

describe('what one does not hold one cannot give', () => {
  const tried = (message: ToServer): boolean => {
    room.says('a1', message)
    room.now += 1_000
    const isAsked = room.asks.splice(0).length > 0
    expect(room.read('a1')).toEqual(isAsked ? [] : [refused(message.type, 'not_held')])
    return isAsked
  }

  it.each(grants)('%s', permission => {
    const message = { type: 'person.permit' as const, id: ben.id, permission }
    expect([tried({ ...message, held: true }), tried({ ...message, held: false })]).toEqual([
      ['op', 'message'].includes(permission),
      true,
    ])
  })

  it.each<[Role, Grant[]]>(
    roleNames.flatMap(role => [
      [role, [...grants]],
      [role, ['op', 'message']],
      [role, ['op', 'message', 'annotate']],
      [role, ['op', 'caption']],
    ]),
  )('the role %s by who holds %j', (role, held) => {
    room.look([{ ...ann, permissions: held }, ben, cem, dea])
    room.read('a1')
    // What they have already is not given.
    const given = roles[role].filter(grant => grant !== 'message')
    expect(tried({ type: 'person.role', id: ben.id, role })).toBe(given.every(grant => held.includes(grant)))
  })
})

describe('an act', () => {
  const answer = (answered: ActOutcome | 'failed') => {
    const [ask] = room.asks.splice(0) as [Ask]
    room.happens({ type: 'answered', ask, answer: answered === 'failed' ? answered : { acted: answered } })
  }
  const effects = () => [room.looks, room.drains, room.records.length]
  const kick: ToServer = { type: 'person.kick', id: ben.id, reason: 'Noise', ref: 'k' }

  it('that is done is told to who asked; all else is told when it has been read', () => {
    room.says('a1', kick)
    expect(['a1', 'b1'].map(socket => room.read(socket))).toEqual([[], []])
    answer({ done: [by(ben)] })
    expect([room.read('a1'), room.read('b1'), ...effects()]).toEqual([
      [{ type: 'done', about: 'person.kick', ref: 'k' }],
      [],
      1,
      0,
      1,
    ])
    expect(room.records).toEqual([
      {
        action: 'person.kick',
        by: by(ann),
        address: addressOf('Ann'),
        userAgent: 'Ann’s browser',
        target: { kind: 'person', ...by(ben) },
        params: { reason: 'Noise' },
      },
    ])
    room.look([ann, { ...ben, removedAt: room.now, removedReason: 'Noise' }, cem, dea])
    expect([room.read('b1'), room.read('a1')]).toEqual([
      [{ type: 'bye', code: 'removed', reason: 'Noise' }],
      [{ type: 'person.left', seq: expect.any(Number), id: ben.id }],
    ])
  })

  it.each(['forbidden', 'not_held', 'not_here', 'own_link'] as const)(
    'that the database refuses (%s) is recorded nowhere; the room learns how it is',
    code => {
      room.says('a1', kick)
      answer({ refused: code })
      expect([room.read('a1'), ...effects()]).toEqual([[refused('person.kick', code, 'k')], 1, 0, 0])
    },
  )

  it('that cannot be saved is not done', () => {
    room.says('a1', kick)
    answer('failed')
    expect([room.read('a1'), ...effects()]).toEqual([[refused('person.kick', 'not_saved', 'k')], 0, 0, 0])
  })

  it('whose page is gone is done and recorded all the same', () => {
    room.says('a1', kick)
    room.happens({ type: 'closed', socket: 'a1' })
    answer({ done: [by(ben)] })
    expect([room.read('a1'), ...effects()]).toEqual([[], 1, 0, 1])
  })

  it('on all of nobody is done without asking', () => {
    room.look([ann, ben, cem, { ...dea, admittedAt: NOON }])
    room.settle()
    room.read('a1')
    for (const type of ['door.admit', 'door.refuse'] as const) {
      room.says('a1', { type, who: { all: true } })
      expect([room.read('a1'), room.asks]).toEqual([[{ type: 'done', about: type }], []])
    }
  })

  it('that ends the room has the publisher dropped', () => {
    room.says('a1', { type: 'room.end' })
    answer({ done: [] })
    expect(effects()).toEqual([1, 1, 1])
  })

  it.each<[ToServer, ActOutcome, object[]]>([
    [
      { type: 'door.admit', who: { all: true } },
      { done: [by(dea), by(cem)] },
      [dea, cem].map(one => ({ action: 'person.admit', target: { kind: 'person', ...by(one) }, params: {} })),
    ],
    [
      { type: 'door.refuse', who: { id: dea.id } },
      { done: [by(dea)] },
      [{ action: 'person.turn-away', target: { kind: 'person', ...by(dea) }, params: {} }],
    ],
    [
      { type: 'room.lock', message: 'Later' },
      { done: [] },
      [{ action: 'room.lock', target: { kind: 'room', id: null }, params: { message: 'Later' } }],
    ],
    [
      { type: 'room.unlock' },
      { done: [] },
      [{ action: 'room.unlock', target: { kind: 'room', id: null }, params: {} }],
    ],
    [
      { type: 'room.end' },
      { done: [] },
      [{ action: 'room.end', target: { kind: 'room', id: null }, params: {} }],
    ],
    [
      { type: 'person.role', id: ben.id, role: 'observer' },
      { done: [by(ben)] },
      [{ action: 'person.role', target: { kind: 'person', ...by(ben) }, params: { role: 'observer' } }],
    ],
    [
      { type: 'person.permit', id: ben.id, permission: 'op', held: true },
      { done: [by(ben)] },
      [
        {
          action: 'person.permit',
          target: { kind: 'person', ...by(ben) },
          params: { permission: 'op', held: true },
        },
      ],
    ],
    [
      { type: 'person.kick', id: ben.id, ban: ['link', 'address'] },
      { done: [by(ben)] },
      [
        {
          action: 'person.kick',
          target: { kind: 'person', ...by(ben) },
          params: { link: 'closed', addresses: [addressOf('Ben')] },
        },
      ],
    ],
    [
      { type: 'person.pardon', id: idOf('gone') },
      { done: [{ id: idOf('gone'), name: 'Gone' }] },
      [{ action: 'person.pardon', target: { kind: 'person', id: idOf('gone'), name: 'Gone' }, params: {} }],
    ],
    [
      { type: 'link.close', of: ben.id },
      { done: [{ id: 'link', name: 'Clients' }] },
      [{ action: 'link.revoke', target: { kind: 'link', id: 'link', name: 'Clients' }, params: {} }],
    ],
  ])('%j is recorded', (message, outcome, entries) => {
    room.says('a1', message)
    answer(outcome)
    expect(room.records.map(({ action, target, params }) => ({ action, target, params }))).toEqual(entries)
  })

  it('of who lost op counts for nothing from that moment', () => {
    room.look([{ ...ann, permissions: ['message', 'token'] }, ben, cem, dea])
    room.read('a1')
    room.says('a1', kick)
    expect([room.read('a1'), room.asks]).toEqual([[refused('person.kick', 'forbidden', 'k')], []])
  })
})

describe('those who were removed', () => {
  const asked = () => {
    room.says('a1', { type: 'removed', ref: 'x' })
    return room.asks.splice(0)[0]!
  }

  it('are listed for who asked', () => {
    const removed = [{ id: idOf('gone'), name: 'Gone', at: NOON, reason: null }]
    room.happens({ type: 'answered', ask: asked(), answer: { removed } })
    expect(room.read('a1')).toEqual([
      { type: 'removed', ref: 'x', items: [{ ...removed[0], at: '2026-11-21T12:00:00.000Z' }] },
    ])
  })

  it('cannot be read while the database is away', () => {
    room.happens({ type: 'answered', ask: asked(), answer: 'failed' })
    expect(room.read('a1')).toEqual([refused('removed', 'not_available', 'x')])
  })

  it('are of no interest to a page that is gone', () => {
    const ask = asked()
    room.happens({ type: 'closed', socket: 'a1' })
    room.happens({ type: 'answered', ask, answer: { removed: [] } })
    room.happens({ type: 'answered', ask, answer: 'failed' })
    expect(room.read('a1')).toEqual([])
  })
})

describe('words and signals', () => {
  const everybody = () => ['a1', 'b1', 'c1', 'd1'].map(socket => room.read(socket))
  const notice = (kind: string, text = '') => ({
    type: 'notice',
    seq: expect.any(Number),
    kind,
    from: by(ann),
    text,
  })
  const finished = (about: string) => ({ type: 'done', about })

  it('a warning reaches one, words to the room all who are in, a request to mute all but who asks', () => {
    room.says('a1', { type: 'person.warn', id: ben.id, text: 'One at a time' })
    expect(everybody()).toEqual([[finished('person.warn')], [notice('warn', 'One at a time')], [], []])
    room.says('a1', { type: 'wall', text: 'Five minutes' })
    const wall = notice('wall', 'Five minutes')
    expect(everybody()).toEqual([[wall, finished('wall')], [wall], [wall], []])
    room.says('a1', { type: 'person.mute', who: { id: cem.id } })
    expect(everybody()).toEqual([[finished('person.mute')], [], [notice('mute')], []])
    room.says('a1', { type: 'person.mute', who: { all: true } })
    expect(everybody()).toEqual([[finished('person.mute')], [notice('mute')], [notice('mute')], []])
    expect(room.records.map(({ action, target, params }) => [action, target.id, params])).toEqual([
      ['person.warn', ben.id, { text: 'One at a time' }],
      ['room.wall', null, { text: 'Five minutes' }],
      ['person.mute', cem.id, {}],
      ['person.mute', null, { people: 2 }],
    ])
  })

  it('who was away for a moment is warned when they come back', () => {
    const { epoch, seq } = room.state
    room.happens({ type: 'closed', socket: 'b1' })
    room.says('a1', { type: 'person.warn', id: ben.id, text: 'x' })
    room.open('b2', ben)
    room.says('b2', { type: 'hello', since: { epoch, seq } })
    expect(room.read('b2')).toEqual([expect.objectContaining({ type: 'resumed' }), notice('warn', 'x')])
  })

  it('an address is told to who asks, and its owner is told by whom', () => {
    room.says('a1', { type: 'person.identify', id: ben.id, ref: 'i' })
    expect(everybody()).toEqual([
      [
        {
          type: 'identity',
          ref: 'i',
          person: by(ben),
          address: addressOf('Ben'),
          userAgent: 'Ben’s browser',
          link: ben.link,
          joinedAt: '2026-11-21T12:00:00.000Z',
        },
      ],
      [notice('identified')],
      [],
      [],
    ])
    expect(room.records).toMatchObject([{ action: 'person.identify', target: by(ben), params: {} }])
  })

  it('is not known of who has no page open just now', () => {
    room.happens({ type: 'closed', socket: 'b1' })
    room.says('a1', { type: 'person.identify', id: ben.id })
    expect(room.read('a1')).toMatchObject([{ type: 'identity', address: null, userAgent: null }])
  })

  it('a caption reaches all who are in, has no number and is not kept', () => {
    room.look([ann, { ...ben, permissions: ['caption'] }, cem, dea])
    everybody()
    const { seq, replay } = room.state
    room.says('b1', { type: 'caption', text: 'Grün' })
    const caption = { type: 'caption', from: by(ben), text: 'Grün' }
    expect(everybody()).toEqual([[caption], [caption, finished('caption')], [caption], []])
    expect([room.state.seq, room.state.replay, room.asks, room.records]).toEqual([seq, replay, [], []])
  })

  it('a signal reaches every page of one person as it is, and nobody else', () => {
    room.enter('b2', ben)
    everybody()
    room.read('b2')
    room.says('a1', { type: 'signal', to: ben.id, data: '{"ice":1}', ref: 's' })
    const signal = { type: 'signal', from: by(ann), data: '{"ice":1}' }
    expect([...everybody(), room.read('b2')]).toEqual([
      [{ type: 'done', about: 'signal', ref: 's' }],
      [signal],
      [],
      [],
      [signal],
    ])
  })

  it('a signal to who has no page open just now is refused: nobody would hear it', () => {
    room.happens({ type: 'closed', socket: 'b1' })
    room.says('a1', { type: 'signal', to: ben.id, data: 'x' })
    expect(room.read('a1')).toEqual([refused('signal', 'not_here')])
  })

  it('signals have an allowance of their own, which does not use up what may be said', () => {
    for (let i = 0; i < SIGNALS.burst; i++) room.says('a1', { type: 'signal', to: ben.id, data: `${i}` })
    expect(room.read('b1')).toHaveLength(SIGNALS.burst)
    room.read('a1')
    room.says('a1', { type: 'signal', to: ben.id, data: 'one more' })
    room.says('a1', { type: 'wall', text: 'x' })
    expect(room.read('a1').map(({ type }) => type)).toEqual(['refused', 'notice', 'done'])
    // The one too many has to be filled up first.
    room.now += 1_100
    for (let i = 0; i <= SIGNALS.perSecond; i++) room.says('a1', { type: 'signal', to: ben.id, data: 'x' })
    expect(room.read('b1').filter(({ type }) => type === 'signal')).toHaveLength(SIGNALS.perSecond)
  })

  it('chat that an operator deletes of others is recorded, not what people take back', () => {
    for (const [socket, text] of [
      ['a1', 'own'],
      ['b1', 'theirs'],
    ] as const)
      room.says(socket, { type: 'chat', text, ref: text })
    room.settle()
    const [own, theirs] = room.chat.rows
    for (const which of [{ id: own!.id }, { id: theirs!.id }, { of: ben.id }, { all: true as const }])
      room.says('a1', { type: 'chat.delete', which })
    room.settle()
    expect(room.records.map(({ action, target, params }) => [action, target, params])).toEqual([
      ['chat.delete', { kind: 'message', id: theirs!.id }, { from: ben.id }],
      ['chat.delete', { kind: 'person', id: ben.id }, {}],
      ['chat.delete', { kind: 'room', id: null }, {}],
    ])
  })
})
