import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, ingestKey, join, makeLink, makeRoom, publish, rows } from '../../test/support/api.ts'
import { NOON, omeError, type TestApp, testApp } from '../../test/support/app.ts'
import { webhook } from '../../test/support/ome.ts'
import { type OriginStream, originWith } from '../../test/support/origin.ts'
import type { RoomView } from '../people/schema.ts'
import type { Room } from '../rooms/schema.ts'
import { LOOK_PAUSES, SETTLING } from './watch.ts'

/** Belief (what admission let in) and truth (what the origin says), and how the one follows the other. */

let app: TestApp
let room: Room
let key: string
let bearer: string
let hidden: string
let streams: Record<string, OriginStream>
beforeEach(async () => {
  app = await testApp()
  room = await makeRoom(app, { slug: 'grade' })
  key = await ingestKey(app, room.id)
  bearer = (await join(app, await makeLink(app, room.id))).token
  hidden = (await rows(app, 'streams', 'hidden_name'))[0]!.hidden_name as string
  streams = {}
  app.origin.answer = originWith(streams)
})
afterEach(() => app.close())

const STREAM = () => `/v1/vhosts/default/apps/app/streams/${hidden}`
const STATS = () => `/v1/stats/current/vhosts/default/apps/app/streams/${hidden}`

/** What a viewer's page is told, without setting off a look of its own. */
async function seen() {
  const { body } = await ask<RoomView>(app, 'GET', '/api/room', { token: bearer })
  return [body.room.state, body.publishing, body.playable]
}
const asked = () => {
  const calls = [...app.origin.calls]
  app.origin.calls.length = 0
  return calls
}
const publishers = () => rows(app, 'publications', 'port')

describe('after an opening', () => {
  it('the origin is asked until the stream plays, which is when it has outputs', async () => {
    await publish(app, key)
    await app.pass(199)
    expect(asked()).toEqual([])
    expect(await seen()).toEqual(['live', true, false])

    streams[hidden] = {}
    await app.pass(401)
    expect(asked().every(call => call === `GET ${STREAM()}`)).toBe(true)
    expect(await seen()).toEqual(['live', true, false])

    streams[hidden] = { playable: true }
    await app.pass(200)
    expect(await seen()).toEqual(['live', true, true])
    asked()
    await app.pass(60_000)
    expect(asked()).toEqual([])
  })

  it('for fifteen seconds in all, and no longer', async () => {
    expect(LOOK_PAUSES.reduce((sum, ms) => sum + ms)).toBe(15_000)
    streams[hidden] = {}
    await publish(app, key)
    await app.pass(600_000)
    expect(asked()).toEqual(LOOK_PAUSES.map(() => `GET ${STREAM()}`))
  })

  it('a stream without sound, which OME lists after ten seconds only, is found', async () => {
    await publish(app, key)
    await app.pass(10_000)
    expect(await seen()).toEqual(['live', true, false])
    streams[hidden] = { playable: true }
    await app.pass(1_200)
    expect(await seen()).toEqual(['live', true, true])
  })

  it('nobody asks on when the publisher has gone meanwhile', async () => {
    await publish(app, key)
    await app.pass(500)
    await publish(app, key, { status: 'closing' })
    await app.settled()
    const calls = asked()
    await app.pass(15_000)
    expect(calls.length).toBeLessThan(6)
    expect(asked()).toEqual([])
    expect(await seen()).toEqual(['open', false, false])
  })

  it('nobody asks on when the origin cannot be asked; pages are told that nobody knows', async () => {
    app.origin.answer = () => omeError(500)
    await publish(app, key)
    await app.pass(200)
    expect(asked()).toEqual([`GET ${STREAM()}`])
    expect(await seen()).toEqual(['live', true, null])
    await app.pass(15_000)
    expect(asked()).toEqual([])
  })

  it('a new publisher is not believed to play because the last one did', async () => {
    streams[hidden] = { playable: true }
    await publish(app, key, { port: 1 })
    await app.pass(200)
    expect(await seen()).toEqual(['live', true, true])
    delete streams[hidden]
    await publish(app, key, { port: 1, status: 'closing' })
    await app.settled()
    await publish(app, key, { port: 2 })
    expect(await seen()).toEqual(['live', true, false])
  })

  it('a second publisher does not take the picture from the first', async () => {
    streams[hidden] = { playable: true, port: 1, lastReceived: NOON + 100_000 }
    await publish(app, key, { port: 1 })
    await app.pass(200)
    await publish(app, key, { port: 2 })
    expect(await seen()).toEqual(['live', true, true])
    await publish(app, key, { port: 2, status: 'closing' })
    await app.settled()
    expect(await seen()).toEqual(['live', true, true])
    expect(await publishers()).toEqual([{ port: 1 }])
  })
})

describe('a frozen publisher', () => {
  /** A second publisher comes while the first last sent something so many ms ago. */
  async function second(silentMs: number) {
    await publish(app, key, { port: 1 })
    await app.settled()
    streams[hidden] = { playable: true, port: 1, lastReceived: app.clock.now - silentMs }
    asked()
    expect(await publish(app, key, { port: 2 })).toMatchObject({ allowed: true })
    await app.quiet()
  }

  it('that has sent nothing for longer than three seconds is dropped, so that the encoder gets in', async () => {
    await second(3_001)
    expect(asked()).toEqual([`GET ${STATS()}`])
    await app.pass(1_000)
    expect(asked()).toEqual([`GET ${STATS()}`, `DELETE ${STREAM()}`])
    expect(streams).toEqual({})
    // OME closes both; the encoder tries again, and nothing is in its way.
    for (const port of [1, 2]) await publish(app, key, { port, status: 'closing' })
    streams[hidden] = { playable: true, port: 3, lastReceived: app.clock.now }
    await publish(app, key, { port: 3 })
    await app.settled()
    expect(asked().filter(call => call.startsWith('DELETE'))).toEqual([])
    expect(await publishers()).toEqual([{ port: 3 }])
    expect(await seen()).toEqual(['live', true, true])
  })

  it('that has sent something within three seconds is not', async () => {
    await second(3_000)
    await app.settled()
    expect(asked().filter(call => call.startsWith('DELETE'))).toEqual([])
  })

  it('that sends on under a clock that is wrong is not', async () => {
    await second(60_000)
    streams[hidden]!.lastReceived! += 1_000
    await app.settled()
    expect(asked().filter(call => call.startsWith('DELETE'))).toEqual([])
  })

  it.each([
    ['cannot be asked', () => omeError(500)],
    ['has no such stream', () => omeError(404)],
    ['says nonsense', () => Response.json({ response: { lastRecvTime: 'yesterday' } })],
  ])('is not dropped when the origin %s', async (_, answer) => {
    await publish(app, key, { port: 1 })
    app.origin.answer = answer
    await publish(app, key, { port: 2 })
    await app.settled()
    expect(asked().filter(call => call.startsWith('DELETE'))).toEqual([])
  })

  it('is not looked for when there is no other publisher', async () => {
    await publish(app, key, { port: 1 })
    await app.settled()
    expect(asked().filter(call => call.includes('stats'))).toEqual([])
  })
})

describe('what the origin says is the truth', () => {
  const live = async (port: number) => {
    streams[hidden] = { playable: true, port, lastReceived: app.clock.now + 600_000 }
    await publish(app, key, { port })
    await app.settled()
  }
  /** A page polls; four seconds after the last look it sets off another one. */
  const poll = async () => {
    app.clock.now += 4_000
    await seen()
    await app.settled()
  }

  it('a publisher that vanished without a closing is gone at the next look', async () => {
    await live(1)
    await app.pass(SETTLING)
    delete streams[hidden]
    expect(await seen()).toEqual(['live', true, true])
    await poll()
    expect(await seen()).toEqual(['open', false, false])
  })

  it('but not in its first fifteen seconds, when it may be on its way', async () => {
    await publish(app, key, { port: 1 })
    await app.settled()
    expect(app.clock.now).toBe(NOON + 15_000)
    expect(await publishers()).toEqual([{ port: 1 }])
    await poll()
    expect(await publishers()).toEqual([])
  })

  it('of two publishers the one that is there stays, once the other had its time', async () => {
    await live(1)
    await publish(app, key, { port: 2 })
    await app.settled()
    expect(await publishers()).toEqual([{ port: 1 }, { port: 2 }])
    await app.pass(SETTLING)
    await poll()
    expect(await publishers()).toEqual([{ port: 1 }])
  })

  it('publishers stay when the origin names none of them', async () => {
    await live(1)
    streams[hidden] = { playable: true, address: '198.51.100.1', port: 7 }
    await app.pass(SETTLING)
    await poll()
    expect(await publishers()).toEqual([{ port: 1 }])
  })

  it('while it cannot be asked, what is believed stays believed', async () => {
    await live(1)
    app.origin.answer = () => Promise.reject(new TypeError('fetch failed'))
    await app.pass(SETTLING)
    await poll()
    expect(await seen()).toEqual(['live', true, null])
    app.origin.answer = originWith(streams)
    await poll()
    expect(await seen()).toEqual(['live', true, true])
  })

  it('a stream that lost its outputs does not play any more', async () => {
    await live(1)
    streams[hidden] = { port: 1 }
    await poll()
    expect(await seen()).toEqual(['live', true, false])
  })

  it('is asked for at most every four seconds, however many pages poll', async () => {
    await live(1)
    asked()
    const [stream] = await rows(app, 'streams', 'checked_at')
    app.clock.now = Number(stream!.checked_at) + 3_999
    for (let i = 0; i < 5; i++) await seen()
    await app.quiet()
    expect(asked()).toEqual([])
    app.clock.now += 1
    await Promise.all([seen(), seen(), seen(), seen(), seen()])
    await app.quiet()
    expect(asked()).toEqual([`GET ${STREAM()}`])
  })

  it('is not asked for by pages of a room where nobody publishes', async () => {
    await seen()
    await app.settled()
    expect(asked()).toEqual([])
  })
})

it('after a closing the origin is asked once, a second later', async () => {
  await webhook(app, {
    direction: 'incoming',
    protocol: 'RTMP',
    status: 'closing',
    url: `rtmp://origin.test:1935/app/${key}`,
  })
  await app.pass(999)
  expect(asked()).toEqual([])
  await app.pass(1)
  expect(asked()).toEqual([`GET ${STREAM()}`])
  await app.pass(60_000)
  expect(asked()).toEqual([])
})

describe('an origin that does not answer', () => {
  it('is believed nothing of: what was playing is now unknown, until it answers', async () => {
    streams[hidden] = { playable: true }
    await publish(app, key)
    await app.pass(1000)
    expect(await seen()).toEqual(['live', true, true])
    app.origin.answer = () => Promise.reject(new Error('refused'))
    app.clock.now += 60_000
    await app.minute()
    expect(await seen()).toEqual(['live', true, null])
  })
})
