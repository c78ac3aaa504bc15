import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { RoomOutcome } from '../api.ts'
import { roomView } from '../fixture.ts'
import { fakeWires, person, welcome } from './fixture.ts'
import { followRoom } from './follow.ts'
import type { RoomNews } from './news.ts'
import { createRoomStore } from './room-store.ts'

const start = Date.parse('2026-11-21T14:00:00Z')
const view = roomView()
let page: EventTarget & { visibilityState: string }

beforeEach(() => {
  vi.useFakeTimers({ now: start })
  page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  vi.stubGlobal('document', page)
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms)

function following(outcome: RoomOutcome = 'unreachable') {
  const wires = fakeWires()
  const store = createRoomStore('page')
  const news: RoomNews[] = []
  let asked = 0
  const room = followRoom({
    token: 't1',
    store,
    view,
    async ask() {
      asked++
      return outcome
    },
    open: wires.open,
    beat: () => () => {},
    onNews: told => void news.push(told),
    spread: 0.5,
  })
  return { wires, store, live: store.live, news, room, asked: () => asked }
}

test('connects at once, says hello, and brings the welcome to store and visit', () => {
  const { wires, live, news } = following()
  expect([wires.last().token, live.connected.value]).toEqual(['t1', false])
  wires.welcome({ publishing: true, people: [person('p1'), person('p2')] })
  expect(wires.last().sent).toEqual([{ type: 'hello' }])
  expect(live.people.value.map(({ id }) => id)).toEqual(['p1', 'p2'])
  expect([live.connected.value, live.you.value?.name]).toEqual([true, 'Client'])
  expect(news).toEqual([{ type: 'view', view: { ...view, publishing: true } }])
})

test('pings each 3 s; a line on which nothing is heard is ended after 10', async () => {
  const { wires, live, news } = following()
  wires.welcome()
  await pass(9_900)
  expect(wires.last().sent.slice(1)).toEqual(Array(3).fill({ type: 'ping' }))
  await pass(100)
  expect([wires.wires[0]!.closed, live.connected.value]).toEqual([true, false])
  expect(news.at(-1)).toEqual({ type: 'unreachable', failures: 1, nextTryAt: start + 10_500 })
  await pass(500)
  wires.last().events.opened()
  expect(wires.wires).toHaveLength(2)
  expect(wires.last().sent).toEqual([{ type: 'hello', since: { epoch: 'e1', seq: 4 } }])
})

test('no connection: the true reason is asked for once a try', async () => {
  const { wires, news, asked } = following({ refusal: { code: 'link_revoked' } })
  wires.last().events.closed()
  await pass()
  expect([asked(), news]).toEqual([1, [{ type: 'refused', refusal: { code: 'link_revoked' } }]])
  await pass(14_000)
  expect([asked(), wires.wires.length]).toEqual([1, 1])
})

test('an answer that a message overtook is old', async () => {
  const { wires, news, room } = following({ view: roomView({ now: '2026-11-21T13:59:59.000Z' }) })
  wires.welcome()
  room.askNow()
  await pass()
  expect(news).toHaveLength(1)
})

test.each(['online', 'visibilitychange'])('%s: tries at once', async name => {
  const { wires } = following()
  wires.last().events.closed()
  await pass(100)
  expect(wires.wires).toHaveLength(1)
  page.dispatchEvent(new Event(name))
  expect(wires.wires).toHaveLength(2)
})

test('a page that is put away tries nothing more for it', async () => {
  const { wires } = following()
  wires.last().events.closed()
  await pass(100)
  page.visibilityState = 'hidden'
  page.dispatchEvent(new Event('visibilitychange'))
  expect(wires.wires).toHaveLength(1)
})

describe('what comes from outside is not trusted to make sense', () => {
  test.each(['', 'null', '5', '[]', '{}', '{"type":5}', '{"type":"new in version 2"}', 'x'.repeat(9)])(
    '%j changes nothing',
    text => {
      const { wires, live, news } = following()
      wires.welcome()
      wires.last().events.heard(text)
      expect([live.connected.value, live.people.value.length, news.length]).toEqual([true, 1, 1])
    },
  )
})

test('the clock of the room is the server’s', () => {
  const { wires, live } = following()
  wires.welcome({ now: '2026-11-21T14:00:07.000Z' })
  expect(live.now()).toBe(start + 7000)
})

test('ended from within its own news, it does nothing more', async () => {
  const wires = fakeWires()
  const room = followRoom({
    token: 't1',
    store: createRoomStore('page'),
    view,
    ask: async () => 'unreachable',
    open: wires.open,
    beat: () => () => {},
    onNews: () => room.stop(),
    spread: 0.5,
  })
  wires.welcome()
  wires.last().events.heard(JSON.stringify(welcome({ publishing: true })))
  page.dispatchEvent(new Event('online'))
  await pass(60_000)
  expect([wires.wires.length, wires.last().closed]).toEqual([1, true])
})
