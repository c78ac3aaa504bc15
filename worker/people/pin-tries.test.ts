import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, joinRequest, makeLink, makeRoom, rows } from '../../test/support/api.ts'
import { NOON, type TestApp, testApp } from '../../test/support/app.ts'
import { LIMITS } from '../limits/rules.ts'
import type { Link } from '../links/schema.ts'

/** Guessing PINs through the whole app, by the clock of the tests. */

const { tries, window } = LIMITS.pin
const LINK = LIMITS['pin-link']
const PACE = LIMITS['pin-pace'].window

let app: TestApp
let roomId: string
let link: Link
beforeEach(async () => {
  app = await testApp()
  roomId = (await makeRoom(app)).id
  link = await makeLink(app, roomId, { pin: '1234' })
})
afterEach(async () => {
  await app.settled()
  app.close()
})

const RIGHT = '1234'
const WRONG = '4321'
const at = (ms: number) => new Date(NOON + ms).toISOString()
const HOME = '192.0.2.7'
/** One of many addresses. */
const from = (n: number) => `198.51.100.${n}`

const guess = (pin: string | undefined, address = HOME, fields: object = {}, through = link) =>
  ask(app, 'POST', '/api/join', {
    token: null,
    address,
    json: joinRequest(through, { ...(pin === undefined ? {} : { pin }), ...fields }),
  })
async function guessWrong(times: number, address = HOME) {
  for (let i = 0; i < times; i++) await guess(WRONG, address)
}
/** What tells answers apart: the status and the code. */
const seen = ({ status, body }: { status: number; body: Record<string, unknown> }) =>
  `${status} ${body.code ?? ''}`.trim()
const counts = (answers: Parameters<typeof seen>[0][]) => {
  const all: Record<string, number> = {}
  for (const answer of answers) all[seen(answer)] = (all[seen(answer)] ?? 0) + 1
  return all
}
const counters = async () =>
  Object.fromEntries(
    (await rows(app, "limits WHERE key LIKE 'pin%'", 'key, count')).map(row => [
      String(row.key).replace(link.id, 'LINK'),
      row.count,
    ]),
  )

describe('wrong PINs from one address', () => {
  test('are counted down, and the fifth locks', async () => {
    const left: unknown[] = []
    for (let i = 0; i < tries; i++) {
      const { status, body, headers } = await guess(WRONG)
      left.push([status, body.code, body.triesLeft, body.detail, body.retryAt, headers['retry-after']])
      app.clock.now += 1_000
    }
    expect(left).toEqual([
      [403, 'pin_wrong', 4, 'That PIN is not right. 4 tries left.', undefined, undefined],
      [403, 'pin_wrong', 3, 'That PIN is not right. 3 tries left.', undefined, undefined],
      [403, 'pin_wrong', 2, 'That PIN is not right. 2 tries left.', undefined, undefined],
      [403, 'pin_wrong', 1, 'That PIN is not right. 1 try left.', undefined, undefined],
      [403, 'pin_wrong', 0, 'That PIN is not right. Try again in 15 minutes.', at(window), '896'],
    ])
    const { status, headers, body } = await guess(WRONG)
    expect({ status, retry: headers['retry-after'], body }).toEqual({
      status: 429,
      retry: '895',
      body: {
        type: 'urn:sightline:problem:pin_locked',
        title: 'Too many tries',
        status: 429,
        code: 'pin_locked',
        detail: 'Too many wrong PINs. Try again in 15 minutes.',
        needs: { name: false, pin: true },
        retryAt: at(window),
      },
    })
  })

  test('lock the right one out too, for 15 minutes and not a millisecond longer', async () => {
    await guessWrong(tries)
    app.clock.now = NOON + window - 1
    expect(await guess(RIGHT)).toMatchObject({
      status: 429,
      body: { code: 'pin_locked', detail: 'Too many wrong PINs. Try again in 1 second.' },
    })
    app.clock.now = NOON + window
    expect(seen(await guess(RIGHT))).toBe('200')
  })

  test('are not counted while it is locked: knocking does not make it longer', async () => {
    await guessWrong(tries)
    for (let i = 1; i < 10; i++) {
      app.clock.now = NOON + (i * window) / 10
      expect(seen(await guess(WRONG))).toBe('429 pin_locked')
    }
    app.clock.now = NOON + window
    expect(await guess(WRONG)).toMatchObject({ status: 403, body: { triesLeft: 4 } })
  })

  test('of a hundred at once five are compared', async () => {
    // From one /64, which may join sixty times a minute.
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => guess(WRONG, `2001:db8::${n.toString(16)}`)),
    )
    expect(counts(answers)).toEqual({
      '403 pin_wrong': tries,
      '429 pin_locked': LIMITS.join.tries - tries,
      '429 too_many': 100 - LIMITS.join.tries,
    })
    expect(await counters()).toEqual({
      'pin|LINK|2001:db8::/64': tries,
      'pin-link|LINK': tries,
    })
  })

  test('do not tell the right one from others after the fifth', async () => {
    const pins = [...Array.from({ length: tries }, () => WRONG), RIGHT, WRONG]
    const answers: string[] = []
    for (const pin of pins) answers.push(seen(await guess(pin)))
    expect(answers.slice(tries)).toEqual(['429 pin_locked', '429 pin_locked'])
    expect(await rows(app, 'people')).toEqual([])
  })

  test('lock neither another address, nor another link, nor the page that is in already', async () => {
    const inside = await guess(RIGHT)
    const other = await makeLink(app, roomId, { pin: RIGHT })
    await guessWrong(tries)
    expect(seen(await guess(RIGHT, '192.0.2.8'))).toBe('200')
    expect(seen(await guess(RIGHT, HOME, {}, other))).toBe('200')
    const again = await ask(app, 'POST', '/api/join', {
      token: String(inside.body.token),
      address: HOME,
      json: joinRequest(link),
    })
    expect(seen(again)).toBe('200')
  })

  test('count for a whole /64, and an IPv4 address is the same in either spelling', async () => {
    await guessWrong(3, '2001:db8:1:2::1')
    await guessWrong(2, '2001:db8:1:2:ffff::2')
    expect(seen(await guess(RIGHT, '2001:db8:1:2::3'))).toBe('429 pin_locked')
    expect(seen(await guess(RIGHT, '2001:db8:1:3::1'))).toBe('200')
    await guessWrong(3, HOME)
    await guessWrong(2, `::ffff:${HOME}`)
    expect(seen(await guess(RIGHT, '::ffff:c000:207'))).toBe('429 pin_locked')
  })
})

describe('a right PIN', () => {
  test('clears what its address had used up', async () => {
    await guessWrong(tries - 1)
    expect(await counters()).toEqual({ [`pin|LINK|${HOME}`]: tries - 1, 'pin-link|LINK': tries - 1 })
    expect(seen(await guess(RIGHT))).toBe('200')
    expect(await counters()).toEqual({ 'pin-link|LINK': tries - 1 })
    expect(await guess(WRONG)).toMatchObject({ body: { triesLeft: 4 } })
  })

  test('does so also when a name is still missing, and is not counted for that', async () => {
    link = await makeLink(app, roomId, { pin: RIGHT, askName: true })
    for (let i = 0; i < tries + 2; i++) expect(seen(await guess(RIGHT))).toBe('400 name_required')
    expect(await counters()).toEqual({ 'pin-link|LINK': 0 })
    expect(seen(await guess(RIGHT, HOME, { name: 'Anna' }))).toBe('200')
  })

  test('many at once from one address all come in', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => guess(RIGHT)))
    expect(counts(answers)).toEqual({ '200': 50 })
    expect(await counters()).toEqual({ 'pin-link|LINK': 0 })
  })
})

describe('a link that is guessed at from many addresses', () => {
  beforeEach(async () => {
    for (let n = 0; n < LINK.tries / 4; n++) await guessWrong(4, from(n))
    expect(await counters()).toMatchObject({ 'pin-link|LINK': LINK.tries })
  })

  test('is slowed for all: one try each five seconds', async () => {
    expect(seen(await guess(WRONG, from(100)))).toBe('403 pin_wrong')
    for (const [ms, n] of [
      [0, 101],
      [PACE - 1, 102],
    ] as const) {
      app.clock.now = NOON + ms
      const { status, headers, body } = await guess(RIGHT, from(n))
      const seconds = Math.ceil((PACE - ms) / 1000)
      expect({ status, code: body.code, retryAt: body.retryAt, retry: headers['retry-after'] }).toEqual({
        status: 429,
        code: 'pin_locked',
        retryAt: at(PACE),
        retry: String(seconds),
      })
    }
    app.clock.now = NOON + PACE
    expect(seen(await guess(WRONG, from(103)))).toBe('403 pin_wrong')
    expect(seen(await guess(RIGHT, from(104)))).toBe('429 pin_locked')
    app.clock.now = NOON + 2 * PACE
    expect(seen(await guess(RIGHT, from(105)))).toBe('200')
  })

  test('a try that has to wait is not counted, for its address nor for the link', async () => {
    await guess(WRONG, from(100))
    const before = await rows(app, "limits WHERE key LIKE 'pin%'")
    for (let i = 0; i < tries + 1; i++) await guess(WRONG, from(101))
    expect(await rows(app, "limits WHERE key LIKE 'pin%'")).toEqual(before)
  })

  test('of a hundred addresses at once one is compared', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => guess(WRONG, from(100 + n))))
    expect(counts(answers)).toEqual({ '403 pin_wrong': 1, '429 pin_locked': 99 })
  })

  test('a right PIN does not keep the next one waiting', async () => {
    for (let n = 100; n < 110; n++) expect(seen(await guess(RIGHT, from(n)))).toBe('200')
  })

  test('an address that is locked does not take the turn of another', async () => {
    await guess(WRONG, from(0))
    app.clock.now = NOON + PACE
    for (let i = 0; i < 3; i++)
      expect(await guess(WRONG, from(0))).toMatchObject({ body: { retryAt: at(window) } })
    expect(seen(await guess(RIGHT, from(100)))).toBe('200')
  })

  test('is as before when the window has ended', async () => {
    app.clock.now = NOON + window
    for (let n = 0; n < LINK.tries; n++) expect(seen(await guess(WRONG, from(n)))).toBe('403 pin_wrong')
    expect(seen(await guess(WRONG, from(100)))).toBe('403 pin_wrong')
    expect(seen(await guess(WRONG, from(101)))).toBe('429 pin_locked')
  })

  test('does not keep anybody from another link', async () => {
    const other = await makeLink(app, roomId, { pin: RIGHT })
    await guess(WRONG, from(100))
    expect(seen(await guess(WRONG, from(101), {}, other))).toBe('403 pin_wrong')
  })
})

describe('nothing is counted, and nothing told, for', () => {
  const locked = () => guessWrong(tries)

  test('a link without a PIN', async () => {
    const open = await makeLink(app, roomId)
    for (let i = 0; i < tries + 1; i++) expect(seen(await guess(WRONG, HOME, {}, open))).toBe('200')
    expect(await counters()).toEqual({})
  })

  test('no PIN at all', async () => {
    for (let i = 0; i < tries + 1; i++) expect(seen(await guess(undefined))).toBe('403 pin_required')
    expect(await counters()).toEqual({})
    await locked()
    expect(seen(await guess(undefined))).toBe('403 pin_required')
  })

  test.each([
    ['a wrong secret', { secret: 'x'.repeat(48) }],
    ['another room', { slug: 'elsewhere' }],
  ])('%s', async (_, fields) => {
    for (let i = 0; i < tries + 1; i++) expect(seen(await guess(WRONG, HOME, fields))).toBe('404 not_found')
    expect(await counters()).toEqual({})
    await locked()
    expect(seen(await guess(WRONG, HOME, fields))).toBe('404 not_found')
  })

  test('a replaced secret', async () => {
    await app.db.execute('UPDATE links SET key_version = 2')
    expect(seen(await guess(WRONG))).toBe('404 not_found')
    expect(await counters()).toEqual({})
  })
})

test('what stands against everybody is told before a lock', async () => {
  await guessWrong(tries)
  await ask(app, 'PATCH', `/api/rooms/${roomId}`, { json: { state: 'ended' } })
  expect(seen(await guess(RIGHT))).toBe('410 room_ended')
})

test('a join with a PIN is one round trip, right, wrong or locked', async () => {
  for (const pin of [RIGHT, WRONG, WRONG, WRONG, WRONG, WRONG, WRONG]) {
    app.roundTrips()
    await guess(pin)
    expect(app.roundTrips()).toBe(1)
  }
})
