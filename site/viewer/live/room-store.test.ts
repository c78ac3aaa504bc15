import { describe, expect, test } from 'vitest'
import type { ToClient } from '../../../worker/live/protocol.ts'
import * as rules from '../chat/chat.ts'
import { person, welcome } from './fixture.ts'
import type { Saying } from './outcome.ts'
import { createRoomStore } from './room-store.ts'

const from = { id: 'p2', name: 'Colourist' }
const chat = (ref: string, change: object = {}) =>
  ({
    type: 'chat',
    seq: 5,
    message: {
      id: 'm1',
      at: '2026-11-21T14:00:01.000Z',
      from: { id: 'p1', name: 'Client' },
      to: null,
      me: false,
      text: 'Yes',
      replyTo: null,
      editedAt: null,
      ref,
      ...change,
    },
  }) as const

function connected() {
  const store = createRoomStore('page', () => Promise.resolve(rules))
  const sent: unknown[] = []
  store.take(welcome())
  store.connect(text => void sent.push(JSON.parse(text)))
  return { ...store, sent }
}

describe('saying something', () => {
  test.each<[Saying, ToClient]>([
    [{ type: 'chat', text: 'Yes' }, chat('page-1')],
    [
      { type: 'chat.edit', id: 'm1', text: 'No' },
      { ...chat('x'), type: 'chat.edited' },
    ],
    [
      { type: 'chat.delete', which: { id: 'm1' } },
      { type: 'chat.deleted', seq: 5, which: { id: 'm1' } },
    ],
    [
      { type: 'history', before: '1.m' },
      { type: 'history', ref: 'page-1', items: [], next: null },
    ],
    [
      { type: 'wall', text: 'Lunch' },
      { type: 'done', about: 'wall', ref: 'page-1' },
    ],
    [{ type: 'removed' }, { type: 'removed', ref: 'page-1', items: [] }],
  ])('%o is done when the room says so', async (saying, answer) => {
    const { live, take, sent } = connected()
    const outcome = live.send(saying)
    expect(sent).toEqual([{ ref: 'page-1', ...saying }])
    take({ type: 'done', about: 'wall', ref: 'page-2' })
    take(chat('page-2', { id: 'm2' }))
    take({ type: 'chat.deleted', seq: 6, which: { id: 'm2' } })
    take(answer)
    expect(await outcome).toEqual({ done: answer })
  })

  test('refused, by its own name only', async () => {
    const { live, take } = connected()
    const outcome = live.send({ type: 'wall', text: 'Lunch' })
    take({ type: 'refused', about: 'wall', code: 'too_fast', detail: 'Nobody asked.' })
    take({ type: 'refused', about: 'wall', ref: 'page-1', code: 'forbidden', detail: 'No.' })
    expect(await outcome).toEqual({ refused: 'forbidden', detail: 'No.' })
  })

  test('each has its own answer, in whatever order', async () => {
    const { live, take } = connected()
    const first = live.send({ type: 'removed' })
    const second = live.send({ type: 'subrooms' })
    take({ type: 'subrooms', ref: 'page-2', items: [] })
    take({ type: 'removed', ref: 'page-1', items: [] })
    expect([await first, await second]).toMatchObject([
      { done: { type: 'removed' } },
      { done: { type: 'subrooms' } },
    ])
  })

  test('what nobody answers is said and that is all', async () => {
    const { live } = connected()
    expect(await live.send({ type: 'hand', raised: true })).toEqual({ done: null })
    expect(await live.send({ type: 'state', health: 'good' })).toEqual({ done: null })
  })

  test('a name that is given stays, so that it can be said again', async () => {
    const { live, take, sent } = connected()
    const outcome = live.send({ type: 'chat', text: 'Yes', ref: 'mine' })
    take(chat('mine'))
    expect([sent, 'done' in (await outcome)]).toEqual([[{ type: 'chat', text: 'Yes', ref: 'mine' }], true])
  })

  test('a line that breaks loses what was not answered, and takes nothing more', async () => {
    const { live, connect, sent } = connected()
    const outcome = live.send({ type: 'wall', text: 'Lunch' })
    connect(null)
    expect([await outcome, live.connected.value]).toEqual([{ lost: true }, false])
    expect(await live.send({ type: 'hand', raised: true })).toEqual({ lost: true })
    expect(sent).toHaveLength(1)
  })
})

test('who listens hears messages of that type, after the signals changed, until they stop', () => {
  const { live, take } = connected()
  const heard: number[] = []
  const stop = live.on('person.joined', () => heard.push(live.people.value.length))
  take({ type: 'person.joined', seq: 5, person: person('p2') })
  take({ type: 'person.left', seq: 6, id: 'p2' })
  stop()
  take({ type: 'person.joined', seq: 7, person: person('p3') })
  expect(heard).toEqual([2])
})

describe('the chat', () => {
  /** The conversation's rules are there by now. */
  const settled = () => Promise.resolve()

  const write = { kind: 'chat' as const, ref: 'mine', text: 'Yes', to: null, replyTo: null, me: false }
  const asked = { type: 'chat', ref: 'mine', text: 'Yes' }

  test('counts what others said while nobody looked', async () => {
    const { live, take } = connected()
    await settled()
    take(chat('a', { id: 'm1', from }))
    take(chat('b', { id: 'm2' }))
    take(chat('c', { id: 'm3', at: '2026-11-21T14:00:02.000Z', from }))
    expect(live.unread.value).toBe(2)
    live.talk({ type: 'look', looking: true })
    expect(live.unread.value).toBe(0)
  })

  test('what is written goes out, and is there when the room says so', async () => {
    const { live, take, sent } = connected()
    await settled()
    live.talk({ type: 'write', draft: write })
    expect([sent, live.chat.value.unsent]).toEqual([[asked], [{ ...write, state: 'sending' }]])
    take(chat('mine'))
    expect([live.chat.value.unsent, live.chat.value.log.items.length]).toEqual([[], 1])
  })

  test('what is written while the line is down goes out when it is back, once', async () => {
    const { live, take, connect, sent } = connected()
    await settled()
    connect(null)
    connect(null)
    live.talk({ type: 'write', draft: write })
    expect([sent, live.chat.value.unsent]).toEqual([[], [{ ...write, state: 'offline' }]])
    connect(text => void sent.push(JSON.parse(text)))
    take({ type: 'resumed', seq: 4, now: '2026-11-21T14:00:00.000Z', watermark: null })
    take(chat('mine'))
    expect([sent, live.chat.value.unsent]).toEqual([[asked], []])
  })

  test('who leaves is named by the name that they had', async () => {
    const { live, take } = connected()
    await settled()
    take({ type: 'person.joined', seq: 5, person: person('p2', { name: 'DoP' }) })
    take({ type: 'person.left', seq: 6, id: 'p2' })
    expect(live.chat.value.asides.map(({ what }) => what)).toEqual([
      { is: 'came', names: ['DoP'] },
      { is: 'went', names: ['DoP'] },
    ])
  })

  test('names for what is said are never the same', async () => {
    const { live } = connected()
    await settled()
    expect([live.newRef(), live.newRef()]).toEqual(['page-1', 'page-2'])
  })
})

describe('a raised hand', () => {
  const you = { ...welcome().you }
  const raised: ToClient = { type: 'person.changed', seq: 5, person: person('p1', { hand: true }) }

  test('is raised again where a server began anew and knows nothing of it', () => {
    const { take, sent } = connected()
    take(raised)
    take(welcome({ epoch: 'e2' }))
    expect(sent).toEqual([{ ref: 'page-1', type: 'hand', raised: true }])
  })

  test.each<[string, Parameters<typeof welcome>[0]]>([
    ['the same server, which lowered it', {}],
    ['a new one, which knows', { epoch: 'e2', you: { ...you, hand: true } }],
    ['a new one, before its door', { epoch: 'e2', you: { ...you, state: 'waiting' } }],
    ['a new one, as somebody else', { epoch: 'e2', you: { ...you, id: 'p9' } }],
  ])('%s: not', (_, change) => {
    const { take, sent } = connected()
    take(raised)
    take(welcome(change))
    expect(sent).toEqual([])
  })
})

test('a notice of somebody else stands until it is put away', () => {
  const { live, take } = connected()
  const notice = { type: 'notice', seq: 5, kind: 'warn', from, text: 'Quiet' } as const
  take(notice)
  take({ ...notice, seq: 6, kind: 'mute', text: '' })
  take({ ...notice, seq: 7, kind: 'wall', from: { id: 'p1', name: 'Client' } })
  live.dismiss(notice)
  expect(live.notices.value.map(({ seq }) => seq)).toEqual([6])
})
