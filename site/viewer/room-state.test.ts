import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { RoomOutcome } from './api.ts'
import { roomView } from './fixture.ts'
import { followRoom, type RoomNews, type RoomState } from './room-state.ts'

const start = Date.parse('2026-11-21T14:00:00Z')

/** A page's window and document, as far as following a room uses them. */
const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })

beforeEach(() => {
  vi.useFakeTimers({ now: start })
  vi.stubGlobal('document', page)
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A room that gives these answers in turn, the last one again and again. */
function following(...answers: RoomOutcome[]) {
  const asked: [at: number, etag: string | null][] = []
  const news: RoomNews[] = []
  const room = followRoom({
    async ask(etag) {
      asked.push([Date.now() - start, etag])
      return answers.length > 1 ? answers.shift()! : answers[0]!
    },
    pace: ({ refused, failures }) => (failures ? failures * 100 : refused ? 5000 : 1000),
    onNews: told => void news.push(told),
  })
  return { room, asked, news }
}

const view = roomView()

test('asks at its pace, with the version known, and tells only what changed', async () => {
  const later = roomView({ publishing: true })
  const { asked, news, room } = following({ view, etag: '"1"' }, 'unchanged', { view: later, etag: '"2"' })
  await vi.advanceTimersByTimeAsync(3000)
  room.stop()
  expect(asked).toEqual([
    [1000, null],
    [2000, '"1"'],
    [3000, '"1"'],
  ])
  expect(news).toEqual([
    { type: 'view', view },
    { type: 'view', view: later },
  ])
})

test('what it has just heard decides how soon it asks again', async () => {
  const asked: number[] = []
  let heard = 0
  const room = followRoom({
    async ask() {
      asked.push(Date.now() - start)
      return { view: roomView({ publishing: heard > 0 }), etag: null }
    },
    pace: () => (heard > 1 ? 400 : 1000),
    onNews: () => void heard++,
  })
  await vi.advanceTimersByTimeAsync(2900)
  room.stop()
  expect(asked).toEqual([1000, 2000, 2400, 2800])
})

test('asked for by its own news, it goes on once, not twice', async () => {
  const asked: number[] = []
  let pleas = 1
  const room: RoomState = followRoom({
    async ask() {
      asked.push(Date.now() - start)
      return { view, etag: null }
    },
    pace: () => 1000,
    onNews: () => void (pleas-- > 0 && room.askNow()),
  })
  await vi.advanceTimersByTimeAsync(3000)
  room.stop()
  expect(asked).toEqual([1000, 1000, 2000, 3000])
})

test('counts missed answers and says when it is back, changed or not', async () => {
  const { asked, news, room } = following({ view, etag: '"1"' }, 'unreachable', 'unreachable', 'unchanged')
  await vi.advanceTimersByTimeAsync(2300)
  room.stop()
  expect(asked.map(([at]) => at)).toEqual([1000, 2000, 2100, 2300])
  expect(news).toEqual([
    { type: 'view', view },
    { type: 'unreachable', failures: 1, nextTryAt: start + 2100 },
    { type: 'unreachable', failures: 2, nextTryAt: start + 2300 },
    { type: 'view', view },
  ])
})

test('a refusal is asked again slowly, and forgets the version', async () => {
  const { asked, news, room } = following(
    { view, etag: '"1"' },
    { refusal: { code: 'link_ended' } },
    {
      view,
      etag: '"1"',
    },
  )
  await vi.advanceTimersByTimeAsync(7000)
  room.stop()
  expect(asked).toEqual([
    [1000, null],
    [2000, '"1"'],
    [7000, null],
  ])
  expect(news.map(told => told.type)).toEqual(['view', 'refused', 'view'])
})

test('a token that no longer counts is told', async () => {
  const { news, room } = following('signed-out')
  await vi.advanceTimersByTimeAsync(1000)
  room.stop()
  expect(news).toEqual([{ type: 'signed-out' }])
})

test('asks at once when somebody wants to know, and then hears it even if nothing changed', async () => {
  const { asked, room } = following({ view, etag: '"1"' })
  await vi.advanceTimersByTimeAsync(1500)
  room.askNow()
  await vi.advanceTimersByTimeAsync(0)
  room.stop()
  expect(asked.slice(1)).toEqual([[1500, null]])
})

test('asks once more when somebody wanted to know in the middle of an answer', async () => {
  const { asked, room } = following({ view, etag: '"1"' })
  await vi.advanceTimersByTimeAsync(999)
  vi.advanceTimersByTime(1)
  room.askNow()
  room.askNow()
  await vi.advanceTimersByTimeAsync(0)
  await vi.advanceTimersByTimeAsync(0)
  room.stop()
  expect(asked).toEqual([
    [1000, null],
    [1000, null],
  ])
})

test.each(['online', 'visibilitychange'])('%s: at once', async name => {
  const { asked, room } = following({ view, etag: '"1"' })
  await vi.advanceTimersByTimeAsync(1200)
  page.dispatchEvent(new Event(name))
  await vi.advanceTimersByTimeAsync(0)
  room.stop()
  expect(asked.map(([at]) => at)).toEqual([1000, 1200])
})

test('after the end nothing is asked and nothing is told', async () => {
  const { asked, news, room } = following({ view, etag: '"1"' })
  await vi.advanceTimersByTimeAsync(999)
  vi.advanceTimersByTime(1)
  room.stop()
  room.askNow()
  page.dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(60_000)
  expect([asked.length, news]).toEqual([1, []])
})
