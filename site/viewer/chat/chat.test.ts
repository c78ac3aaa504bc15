import { expect, test } from 'vitest'
import type { ChatMessage, RefusedCode, ToClient, ToServer } from '../../../worker/live/protocol.ts'
import { person } from '../live/fixture.ts'
import { type ChatEvent, reduceChat, unreadOf } from './chat.ts'
import { said, welcome, you } from './fixture.ts'
import { shownOf } from './log.ts'
import { type Chat, emptyChat } from './state.ts'

/** A page after these events, and what it said to the room. */
function after(...events: (ChatEvent | ToClient)[]): { chat: Chat; sent: ToServer[] } {
  let chat = emptyChat
  const sent: ToServer[] = []
  for (const event of events) {
    const step = reduceChat(chat, own(event) ? event : { type: 'told', message: event, people: here, at: 7 })
    chat = step.chat
    sent.push(...step.send)
  }
  return { chat, sent }
}
const here = [person('p2', { name: 'DoP' }), person('p3', { name: 'Agency' })]
const types = ['told', 'lost', 'write', 'again', 'discard', 'older', 'look', 'aside']
const own = (event: ChatEvent | ToClient): event is ChatEvent => types.includes(event.type)

const page = (items: ChatMessage[] = [], next: string | null = null) => ({ items, next })
const hello = welcome(page())
const write = (ref: string, text = 'Darker'): ChatEvent => ({
  type: 'write',
  draft: { kind: 'chat', ref, text, to: null, replyTo: null, me: false },
})
const asked = (ref: string, text = 'Darker'): ToServer => ({ type: 'chat', ref, text })
const chat = (message: ChatMessage, seq = 1): ToClient => ({ type: 'chat', seq, message })
const refuse = (ref: string, code: RefusedCode, about = 'chat'): ToClient => ({
  type: 'refused',
  about,
  ref,
  code,
  detail: '',
})
const mine = (n: number, ref: string) => said(n, { from: you, ref, text: 'Darker' })
const shown = ({ chat }: { chat: Chat }) => shownOf(chat.log).map(({ id }) => id)
const waiting = ({ chat }: { chat: Chat }) => chat.unsent.map(({ ref, state }) => `${ref} ${state}`)

test('a message is on its way until it is stored, then it is there once', () => {
  const before = after(hello, write('a'))
  expect([before.sent, waiting(before)]).toEqual([[asked('a')], ['a sending']])
  const done = after(hello, write('a'), chat(mine(1, 'a')))
  expect([shown(done), waiting(done)]).toEqual([['m1'], []])
})

test('the same ref of somebody else is another message', () => {
  expect(waiting(after(hello, write('r1'), chat(said(1))))).toEqual(['r1 sending'])
})

test('private, in reply, about oneself: all of it is said', () => {
  const draft = { kind: 'chat' as const, ref: 'a', text: 'x', to: you, replyTo: 'm1', me: true }
  expect(after(hello, { type: 'write', draft }).sent).toEqual([
    { type: 'chat', ref: 'a', text: 'x', to: 'p1', replyTo: 'm1', me: true },
  ])
})

test.each<RefusedCode>([
  'not_saved',
  'too_fast',
  'forbidden',
  'not_here',
  'waiting',
  'unreadable',
  'too_large',
])('%s: shown as not sent, and sent again under the same name', code => {
  const failed = after(hello, write('a'), refuse('a', code))
  expect(waiting(failed)).toEqual([`a ${code}`])
  const again = after(hello, write('a'), refuse('a', code), { type: 'again', ref: 'a' })
  expect([waiting(again), again.sent]).toEqual([['a sending'], [asked('a'), asked('a')]])
})

test('already sent is sent', () => {
  expect(waiting(after(hello, write('a'), refuse('a', 'already_sent')))).toEqual([])
})

test('what is on its way is not sent once more by impatience; what is unknown neither', () => {
  const { sent } = after(hello, write('a'), { type: 'again', ref: 'a' }, { type: 'again', ref: 'b' })
  expect(sent).toEqual([asked('a')])
})

test('a refusal of something else changes nothing', () => {
  expect(waiting(after(hello, write('a'), refuse('b', 'not_saved')))).toEqual(['a sending'])
  const unnamed: ToClient = { type: 'refused', about: null, code: 'unreadable', detail: '' }
  expect(waiting(after(hello, write('a'), unnamed))).toEqual(['a sending'])
})

test('what is discarded is gone, and does not go out later', () => {
  const { chat, sent } = after(
    hello,
    { type: 'lost' },
    write('a'),
    write('b'),
    { type: 'discard', ref: 'a' },
    hello,
  )
  expect([chat.unsent.map(({ ref }) => ref), sent]).toEqual([['b'], [asked('b')]])
})

test.each<[string, ToClient]>([
  ['resumed', { type: 'resumed', seq: 5, now: '2026-11-21T14:00:00.000Z', watermark: null }],
  ['a new welcome', hello],
])('written without a connection: kept, then sent in order (%s)', (_, back) => {
  const off = after(hello, write('a'), { type: 'lost' }, write('b'))
  expect([waiting(off), off.sent]).toEqual([['a offline', 'b offline'], [asked('a')]])
  const on = after(hello, write('a'), { type: 'lost' }, write('b'), back)
  expect([waiting(on), on.sent]).toEqual([
    ['a sending', 'b sending'],
    [asked('a'), asked('a'), asked('b')],
  ])
})

test('what arrived before the connection broke is not sent again', () => {
  const { chat, sent } = after(hello, write('a'), { type: 'lost' }, welcome(page([mine(1, 'a')])))
  expect([chat.unsent, sent]).toEqual([[], [asked('a')]])
})

test('what was refused waits for whoever wrote it, not for the connection', () => {
  const { chat, sent } = after(hello, write('a'), refuse('a', 'not_here'), { type: 'lost' }, hello)
  expect([waiting({ chat }), sent]).toEqual([['a not_here'], [asked('a')]])
})

test('whoever stands before the door says nothing', () => {
  const before = { ...hello, chat: null }
  const closed = { ...before, you: { ...before.you, state: 'waiting' as const } }
  const { chat, sent } = after(closed, write('a'))
  expect([chat.you, waiting({ chat }), sent]).toEqual([null, ['a offline'], []])
})

test('an edit is shown when it is stored, and gone when its message is', () => {
  const edit: ChatEvent = { type: 'write', draft: { kind: 'edit', ref: 'e', id: 'm1', text: 'Warmer' } }
  const begun = [welcome(page([mine(1, 'a')])), edit]
  expect(waiting(after(...begun))).toEqual(['e sending'])
  expect(after(...begun).chat.log.items[0]!.text).toBe('Darker')
  const message = { ...mine(1, 'a'), text: 'Warmer', editedAt: '2026-11-21T14:01:00.000Z' }
  const done = after(...begun, { type: 'chat.edited', seq: 1, message })
  expect([waiting(done), done.chat.log.items]).toEqual([[], [message]])
  const deleted = after(...begun, { type: 'chat.deleted', seq: 1, which: { id: 'm1' } })
  expect([waiting(deleted), deleted.chat.log.items]).toEqual([[], []])
  expect(waiting(after(...begun, refuse('e', 'not_saved', 'chat.edit')))).toEqual(['e not_saved'])
})

test('older pages: one at a time, only what was asked for, until there is nothing', () => {
  const older: ChatEvent = { type: 'older', ref: 'h' }
  const some = welcome(page([said(5)], '5.x'))
  const loading = after(some, older, { type: 'older', ref: 'i' })
  expect(loading.sent).toEqual([{ type: 'history', before: '5.x', ref: 'h' }])
  const stranger = after(some, older, { type: 'history', ref: 'z', items: [said(1)], next: null })
  expect([shown(stranger), stranger.chat.older.state]).toEqual([['m5'], 'loading'])
  const unasked = after(some, { type: 'history', items: [said(1)], next: null })
  expect(shown(unasked)).toEqual(['m5'])
  const got = after(some, older, { type: 'history', ref: 'h', items: [said(4)], next: null }, older)
  expect([shown(got), got.chat.older.state, got.sent.length]).toEqual([['m4', 'm5'], 'idle', 1])
})

test('older pages that cannot be had: said, and asked for again', () => {
  const some = welcome(page([said(5)], '5.x'))
  const older: ChatEvent = { type: 'older', ref: 'h' }
  const failed = after(some, older, refuse('h', 'not_available', 'history'))
  expect(failed.chat.older).toEqual({ state: 'failed' })
  expect(after(some, older, refuse('h', 'not_available', 'history'), older).sent.length).toBe(2)
  expect(after(some, older, { type: 'lost' }).chat.older).toEqual({ state: 'idle' })
  expect(after(some, older, refuse('x', 'too_fast', 'history')).chat.older.state).toBe('loading')
  expect(after(some, { type: 'lost' }, older).sent).toEqual([])
})

test('a chat that cannot be read at first: the newest part is asked for', () => {
  const { chat: missing } = after(welcome(page([said(1), said(2)])), welcome(null))
  expect([missing.missing, missing.log.items.length]).toEqual([true, 2])
  const back = after(
    welcome(page([said(1), said(2)])),
    welcome(null),
    chat(said(4)),
    { type: 'older', ref: 'h' },
    // The first was deleted meanwhile.
    { type: 'history', ref: 'h', items: [said(2), said(3)], next: null },
  )
  expect(back.sent).toEqual([{ type: 'history', before: '8640000000000000.7777777777777777', ref: 'h' }])
  expect([shown(back), back.chat.missing]).toEqual([['m2', 'm3', 'm4'], false])
})

test('a welcome replaces what was known, so that nothing deleted stays', () => {
  expect(shown(after(welcome(page([said(1), said(2)])), welcome(page([said(2), said(3)]))))).toEqual([
    'm2',
    'm3',
  ])
})

test('unread: what others said while nobody looked, and "New" before the first of it', () => {
  const told = (...events: (ChatEvent | ToClient)[]) => {
    const { chat } = after(welcome(page([said(1)])), ...events)
    return [unreadOf(chat), chat.newFrom]
  }
  const look = (looking: boolean): ChatEvent => ({ type: 'look', looking })
  expect(told()).toEqual([0, null])
  expect(told(chat(said(2)), chat(said(3)))).toEqual([2, 'm2'])
  expect(told(chat(mine(2, 'elsewhere')))).toEqual([0, null])
  expect(told(chat(said(2)), look(true))).toEqual([0, 'm2'])
  expect(told(look(true), chat(said(2)))).toEqual([0, null])
  expect(told(chat(said(2)), look(true), chat(said(3)))).toEqual([0, 'm2'])
  expect(told(chat(said(2)), look(true), look(false), chat(said(3)), chat(said(4)))).toEqual([2, 'm3'])
  expect(told(chat(said(2)), write('a'))).toEqual([0, null])
  expect(told(chat(said(2)), { type: 'chat.deleted', seq: 2, which: { id: 'm2' } })).toEqual([0, 'm2'])
  expect(told({ type: 'lost' }, welcome(page([said(1), said(2)])))).toEqual([1, 'm2'])
})

test('another room has its own conversation, and is not told what was written in this one', () => {
  const sub = { ...welcome(page([said(5)])), sub: { name: 'colour', title: 'Colour' } }
  const edit: ChatEvent = { type: 'write', draft: { kind: 'edit', ref: 'e', id: 'm1', text: 'Warmer' } }
  const before = [welcome(page([said(1)])), { type: 'lost' }, write('a'), edit] as const
  const there = after(...before, sub)
  expect([shown(there), waiting(there), unreadOf(there.chat), there.sent]).toEqual([
    ['m5'],
    ['a elsewhere'],
    0,
    [],
  ])
  expect(after(...before, sub, { type: 'again', ref: 'a' }).sent).toEqual([asked('a')])
  expect(shown(after(...before, sub, welcome(page([said(1), said(2)]))))).toEqual(['m1', 'm2'])
  const door = { ...sub, chat: null, you: { ...sub.you, state: 'waiting' as const } }
  expect(shown(after(...before, door))).toEqual([])
})

test('for another person nothing is new at first', () => {
  const again = welcome(page([said(1), said(2)]))
  const { chat: known } = after(hello, chat(said(1)), { ...again, you: { ...again.you, id: 'p9' } })
  expect([known.you, unreadOf(known), known.newFrom]).toEqual(['p9', 0, null])
})

test('what was said in a room that was silent before counts as new', () => {
  const { chat: known } = after(hello, { type: 'lost' }, welcome(page([said(1)])))
  expect([unreadOf(known), known.newFrom]).toEqual([1, 'm1'])
})

test('an aside stands behind what was said last; the hundred last are kept', () => {
  const aside = (id: string): ChatEvent => ({
    type: 'aside',
    aside: { id, at: 5, what: { is: 'answer', lines: ['Only here'] } },
  })
  const { chat: one } = after(welcome(page([said(1)])), aside('x'), chat(said(2)))
  expect(one.asides).toEqual([
    { id: 'x', at: 5, what: { is: 'answer', lines: ['Only here'] }, after: `${said(1).at} m1` },
  ])
  const many = after(...Array.from({ length: 103 }, (_, i) => aside(`${i}`))).chat.asides
  expect([many.length, many[0]!.id]).toEqual([100, '3'])
})

test('who comes and goes stands in a line, together if nothing was said between', () => {
  const came = (id: string, name: string): ToClient => ({
    type: 'person.joined',
    seq: 1,
    person: person(id, { name }),
  })
  const went = (id: string): ToClient => ({ type: 'person.left', seq: 1, id })
  const lines = (...events: ToClient[]) => after(hello, ...events).chat.asides.map(({ what }) => what)
  expect(lines(came('p4', 'Editor'), came('p5', 'Client'), came('p4', 'Editor'))).toEqual([
    { is: 'came', names: ['Client', 'Editor'] },
  ])
  expect(lines(came('p4', 'Editor'), chat(said(1)), came('p5', 'Client'), went('p2'))).toEqual([
    { is: 'came', names: ['Editor'] },
    { is: 'came', names: ['Client'] },
    { is: 'went', names: ['DoP'] },
  ])
  expect(lines(came('p1', 'Client'), went('p1'), went('nobody'))).toEqual([])
})

test('in a crowd nobody is told who comes', () => {
  const people = Array.from({ length: 31 }, (_, i) => person(`x${i}`))
  const message: ToClient = { type: 'person.left', seq: 1, id: 'x3' }
  const { chat } = reduceChat(after(hello).chat, { type: 'told', message, people, at: 7 })
  expect(chat.asides).toEqual([])
})
