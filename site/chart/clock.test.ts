import { expect, test } from 'vitest'
import { type Clock, EVERY, keepClock } from './clock.ts'

const NOON = 1_795_521_600_000

/** A page whose time passes when told, and a server behind a way of 5 ms each. */
function setUp(token: string | null = 'token', begins: { up?: boolean; link?: 'ended' } = {}) {
  const server = { up: true, link: 7 as number | 'ended', ahead: NOON, ...begins }
  let now = 0
  let next: (() => void) | undefined
  const asked = { chart: 0, clock: 0 }
  const clock = keepClock(
    {
      async chart() {
        asked.chart += 1
        return server.up ? server.link : null
      },
      async clock() {
        asked.clock += 1
        if (!server.up) return null
        now += 5
        const answer = now + server.ahead
        now += 5
        return answer
      },
    },
    token,
    {
      steady: () => now,
      after(ms, then) {
        expect(ms).toBe(EVERY)
        next = then
      },
    },
  )
  const settled = () => new Promise<void>(done => setImmediate(done))
  return {
    server,
    asked,
    ...clock,
    settled,
    waits: () => next !== undefined,
    async pass(ms = EVERY) {
      now += ms
      const then = next
      next = undefined
      then?.()
      await settled()
    },
    now: () => now,
  }
}

test('opened with a link: the clock is there, and is asked for again and again', async () => {
  const page = setUp()
  expect([page.state.value, page.at(0)]).toEqual([{ is: 'checking' }, null])
  await page.settled()
  expect(page.state.value).toEqual({ is: 'fine', chartId: 7, uncertainty: 5 })
  expect([page.at(page.now()), page.asked]).toEqual([NOON + page.now(), { chart: 1, clock: 6 }])
  await page.pass()
  expect([page.state.value.is, page.asked]).toEqual(['fine', { chart: 1, clock: 9 }])
})

test('without a link nobody is asked, and there is no clock', async () => {
  const page = setUp(null)
  await page.settled()
  expect([page.state.value, page.at(0), page.asked, page.waits()]).toEqual([
    { is: 'no-link' },
    null,
    { chart: 0, clock: 0 },
    false,
  ])
})

test('with a link that has ended there is no clock, and nobody is asked again', async () => {
  const page = setUp('token', { link: 'ended' })
  await page.settled()
  expect([page.state.value, page.at(0), page.asked.clock, page.waits()]).toEqual([
    { is: 'ended' },
    null,
    0,
    false,
  ])
})

test('a server that is away at the beginning is tried again', async () => {
  const page = setUp('token', { up: false })
  await page.settled()
  expect([page.state.value, page.at(0)]).toEqual([{ is: 'away' }, null])
  page.server.up = true
  await page.pass()
  expect(page.state.value).toMatchObject({ is: 'fine', chartId: 7 })
})

test('a server that goes away leaves a clock that runs free, for hours, ever less certain', async () => {
  const page = setUp()
  await page.settled()
  const last = NOON + page.now() - 5
  page.server.up = false
  await page.pass()
  expect(page.state.value).toEqual({ is: 'free', chartId: 7, uncertainty: 6, since: last })
  await page.pass(3 * 3600_000)
  expect(page.state.value).toMatchObject({ is: 'free', since: last })
  const { uncertainty } = page.state.value as Extract<Clock, { is: 'free' }>
  expect(uncertainty).toBeGreaterThan(1000)
  expect(page.at(page.now())).toBe(NOON + page.now())
  page.server.up = true
  await page.pass()
  expect(page.state.value).toEqual({ is: 'fine', chartId: 7, uncertainty: 5 })
})

test('a device that slept has the right time after the next answer', async () => {
  const page = setUp()
  await page.settled()
  page.server.ahead += 3600_000
  await page.pass()
  expect(page.at(page.now())).toBe(NOON + 3600_000 + page.now())
})
