import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ingestKey, join, makeLink, makeRoom, omeDown, publish } from '../../../test/support/api.ts'
import { type TestApp, testApp } from '../../../test/support/app.ts'
import { Page, personFacts, TestRoom } from '../../../test/support/live.ts'
import { connectedPage, type TestPage } from '../../../test/support/live-page.ts'
import { originWith } from '../../../test/support/origin.ts'
import type { Link } from '../../links/schema.ts'
import type { Room } from '../../rooms/schema.ts'
import { LOOK_EVERY } from '../conductor.ts'
import { GONE_AFTER } from './presence.ts'

/** Who is here is right within 10 s, however connections end; and so is what can be seen. */

const ann = personFacts('Ann')
const ben = personFacts('Ben')

describe('a laptop that sleeps', () => {
  let room: TestRoom
  beforeEach(() => {
    room = new TestRoom()
    room.enter('a1', ann)
    room.enter('b1', ben)
    room.read('a1')
  })

  /** Second by second, while one connection is silent. */
  const silent = (socket: string, ms: number) => {
    for (let at = 0; at < ms; at += 1_000) {
      const since = room.now - at
      room.now += 1_000
      const heard = new Map([...room.state.sockets.keys()].map(id => [id, id === socket ? since : room.now]))
      room.happens({ type: 'ticked', heard })
    }
  }

  it('is gone after 10 s, and not before', () => {
    silent('b1', GONE_AFTER - 1_000)
    expect(room.read('a1')).toEqual([])
    silent('b1', GONE_AFTER)
    expect(room.read('a1').map(message => message.type)).toEqual(['person.left'])
  })

  it('wakes up and gets what it missed, itself coming back included, each once', () => {
    const page = new Page()
    for (const message of room.read('b1')) page.take(message)
    silent('b1', GONE_AFTER)
    room.says('a1', { type: 'chat', text: 'meanwhile', ref: '1' })
    room.settle()
    room.pass(60_000)
    room.open('b2', ben)
    room.says('b2', { type: 'hello', since: page.place! })
    const told = room.read('b2')
    for (const message of told) page.take(message)
    expect(told.map(message => message.type)).toEqual(['resumed', 'person.left', 'chat', 'person.joined'])
    expect([...page.people.values()].map(({ name }) => name)).toEqual(['Ann', 'Ben'])
  })

  it('loses no page beside it: of two pages the half-open one is ended, and the person stays', () => {
    room.enter('b2', ben)
    for (const socket of ['b1', 'b2']) room.read(socket)
    silent('b1', GONE_AFTER)
    room.pass(GONE_AFTER)
    expect([room.read('b1'), room.read('b2'), room.read('a1')]).toEqual([
      [{ type: 'bye', code: 'silent' }],
      [],
      [],
    ])
  })

  it('that closed its lid before the room heard of its goodbye is not counted twice', () => {
    silent('b1', GONE_AFTER)
    room.happens({ type: 'closed', socket: 'b1' })
    room.pass(GONE_AFTER * 2)
    expect(room.read('a1').map(message => message.type)).toEqual(['person.left'])
  })
})

describe('over a whole process', () => {
  let app: TestApp
  let room: Room
  let link: Link
  beforeEach(async () => {
    app = await testApp()
    room = await makeRoom(app)
    link = await makeLink(app, room.id, { role: 'reviewer', askName: true })
  })
  afterEach(() => app.close())

  const token = async (name: string) => (await join(app, link, { name })).token
  const names = (page: TestPage) =>
    page.read().flatMap(message => (message.type === 'welcome' ? message.people.map(({ name }) => name) : []))

  it('one that is killed and begins again has everybody back, once, with all that was said', async () => {
    const [first, second] = [await token('Ann'), await token('Ben')]
    const before = await connectedPage(app, first)
    await connectedPage(app, second)
    before.says({ type: 'chat', text: 'before', ref: '1' })
    await app.hub.settled()
    const again = await testApp({}, { db: app.db })
    again.clock.now = app.clock.now
    await connectedPage(again, second)
    await connectedPage(again, second)
    const page = await connectedPage(again, first)
    const [welcome] = page.read()
    expect(welcome).toMatchObject({
      type: 'welcome',
      people: [{ name: 'Ben' }, { name: 'Ann' }],
      chat: { items: [{ text: 'before' }] },
    })
    // Who does not come back is not there.
    again.clock.now += GONE_AFTER
    page.says({ type: 'ping' })
    await again.hub.tick()
    expect(names(await connectedPage(again, await token('Cem')))).toEqual(['Ann', 'Cem'])
    again.close()
  })

  it('an origin that restarts loses its publisher: the picture is gone for everybody within 10 s', async () => {
    app.origin.answer = originWith({})
    await publish(app, await ingestKey(app, room.id))
    await app.settled()
    const page = await connectedPage(app, await token('Ann'))
    const wait = async (ms: number) => {
      app.clock.now += ms
      page.says({ type: 'ping' })
      await app.hub.tick()
      await app.settled()
      return page.read().flatMap(message => (message.type === 'room.changed' ? [message] : []))
    }
    page.read()
    app.origin.answer = omeDown
    expect(await wait(LOOK_EVERY)).toMatchObject([{ publishing: true, playable: null }])
    app.origin.answer = originWith({})
    expect(await wait(LOOK_EVERY)).toMatchObject([{ publishing: false, playable: false }])
  })
})
