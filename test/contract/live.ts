import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { Runtime } from '../../worker/deps.ts'
import type { ToClient, ToServer } from '../../worker/live/protocol.ts'
import { WEBHOOK_SECRET } from '../runtimes/origin-api.ts'
import { signature, webhookBody } from '../support/ome.ts'
import { call, type Server } from './call.ts'

type Of<T extends ToClient['type']> = Extract<ToClient, { type: T }>

/** A page on the live channel, over a real socket. */
class LivePage {
  #came: ToClient[] = []
  #waiting: (() => void) | undefined
  readonly closed: Promise<unknown[]>

  constructor(readonly socket: WebSocket) {
    socket.on('message', data => {
      this.#came.push(JSON.parse(String(data)))
      this.#waiting?.()
    })
    this.closed = once(socket, 'close')
  }

  says(message: ToServer | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  }

  /** The next message of a type; what comes before it is passed over. */
  async next<T extends ToClient['type']>(type: T): Promise<Of<T>> {
    for (;;) {
      const message = this.#came.shift()
      if (message?.type === type) return message as Of<T>
      if (!message)
        await new Promise<void>(come => {
          this.#waiting = come
        })
    }
  }

  /** What has come up to the answer to a ping. */
  async all(): Promise<ToClient[]> {
    this.says('{"type":"ping"}')
    const before: ToClient[] = []
    for (;;) {
      const message = this.#came.shift()
      if (message?.type === 'pong') return before
      if (message) before.push(message)
      else
        await new Promise<void>(come => {
          this.#waiting = come
        })
    }
  }
}

/** The room's live channel over real sockets: who gets in, what they are told, and what they missed. */
export function liveCases(server: Server, runtime: Runtime): void {
  const pages: LivePage[] = []
  afterEach(() => {
    for (const { socket } of pages.splice(0)) socket.terminate()
  })

  const admin = (method: string, path: string, json?: unknown) =>
    call(server(), method, path, { token: server().adminToken, ...(json === undefined ? {} : { json }) })

  async function makeRoom(slug: string, link: object = { role: 'reviewer' }) {
    const { body: room } = await admin('POST', '/api/rooms', { title: slug, slug })
    const { body: made } = await admin('POST', `/api/rooms/${room.id}/links`, {
      label: 'x',
      askName: true,
      ...link,
    })
    const { origin, hash } = new URL(made.url)
    return { id: room.id as string, slug, linkId: made.id as string, secret: hash.slice(1), origin }
  }
  type Room = Awaited<ReturnType<typeof makeRoom>>

  async function join({ slug, secret }: Room, name: string): Promise<string> {
    const { status, body } = await call(server(), 'POST', '/api/join', { json: { slug, secret, name } })
    expect(status).toBe(200)
    return body.token
  }

  const open = (protocols: string[], headers: Record<string, string> = {}, query = '') =>
    new WebSocket(`${server().url.replace('http', 'ws')}/api/live${query}`, protocols, { headers })

  async function connect(
    token: string,
    since?: { epoch: string; seq: number },
    query = '',
  ): Promise<LivePage> {
    const socket = open(['sightline.1', `bearer.${token}`], {}, query)
    const page = new LivePage(socket)
    pages.push(page)
    await once(socket, 'open')
    expect(socket.protocol).toBe('sightline.1')
    page.says(since ? { type: 'hello', since } : { type: 'hello' })
    return page
  }

  async function refusal(protocols: string[], headers: Record<string, string> = {}, query = '') {
    const socket = open(protocols, headers, query)
    socket.on('error', () => {})
    const [, answer] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage]
    const parts: Buffer[] = []
    for await (const part of answer) parts.push(part)
    return [answer.statusCode, JSON.parse(Buffer.concat(parts).toString()).code]
  }

  test('who knocks is seen by hosts and by staff, and let in by staff', async () => {
    const room = await makeRoom('contract-door')
    const at = `/api/rooms/${room.id}`
    await admin('PATCH', at, { waitingRoom: true })
    const { body: link } = await admin('POST', `${at}/links`, { label: 'Hosts', role: 'host' })
    const host = await connect(await join({ ...room, secret: new URL(link.url).hash.slice(1) }, 'Host'))
    expect((await host.next('welcome')).you.state).toBe('admitted')
    const ann = await connect(await join(room, 'Ann'))
    expect((await ann.next('welcome')).you).toMatchObject({ state: 'waiting', waiting: { for: 'admission' } })
    const { person } = await host.next('waiting.joined')
    const { body: list } = await admin('GET', `${at}/people`)
    expect(
      list.items.map((item: Record<string, unknown>) => [item.name, item.state, item.connected]),
    ).toEqual([
      [expect.any(String), 'here', true],
      [person.name, 'waiting', true],
    ])
    expect((await admin('POST', `${at}/people/${person.id}/admit`)).status).toBe(204)
    expect((await ann.next('welcome')).you.state).toBe('admitted')
    expect((await host.next('waiting.left')).id).toBe(person.id)
    await admin('DELETE', at)
  })

  test('people see each other, and what they say to all or to one', async () => {
    const room = await makeRoom('contract-live')
    const ann = await connect(await join(room, 'Ann'))
    const welcome = await ann.next('welcome')
    expect(welcome).toMatchObject({
      you: { name: 'Ann', role: 'reviewer', state: 'admitted' },
      people: [{ name: 'Ann' }],
      room: { slug: 'contract-live', state: 'open' },
      publishing: false,
      chat: { items: [], next: null },
    })
    const ben = await connect(await join(room, 'Ben'))
    await ben.next('welcome')
    const cem = await connect(await join(room, 'Cem'))
    const { people } = await cem.next('welcome')
    expect(people.map(person => person.name)).toEqual(['Ann', 'Ben', 'Cem'])
    ann.says({ type: 'chat', text: 'Grün?', ref: '1' })
    ann.says({ type: 'chat', text: 'psst', ref: '2', to: people[1]!.id })
    ann.says({ type: 'hand', raised: true })
    expect((await ben.next('chat')).message).toMatchObject({ text: 'Grün?', from: { name: 'Ann' } })
    expect((await ben.next('chat')).message).toMatchObject({ text: 'psst', to: { name: 'Ben' } })
    const seen = (await cem.all()).map(message =>
      'message' in message ? message.message.text : message.type,
    )
    expect(seen.toSorted()).toEqual(['Grün?', 'person.changed'])
    await admin('DELETE', `/api/rooms/${room.id}`)
  })

  test('strangers and foreign pages are refused before there is a connection', async () => {
    const room = await makeRoom('contract-live-door')
    const token = await join(room, 'Ann')
    const bearer = `bearer.${token}`
    expect(await refusal([])).toEqual([401, 'unauthenticated'])
    expect(await refusal(['sightline.1'])).toEqual([401, 'unauthenticated'])
    expect(await refusal([bearer])).toEqual([401, 'unauthenticated'])
    expect(await refusal(['sightline.1', `${bearer}x`])).toEqual([401, 'unauthenticated'])
    expect(await refusal(['sightline.1', `bearer.${server().adminToken}`])).toEqual([401, 'unauthenticated'])
    expect(await refusal(['sightline.1', bearer], { origin: 'https://evil.example' })).toEqual([
      403,
      'foreign_origin',
    ])
    const plain = await call(server(), 'GET', '/api/live', {
      headers: { 'sec-websocket-protocol': `sightline.1, ${bearer}` },
    })
    expect([plain.status, plain.body.code]).toEqual([426, 'websocket_only'])
    await admin('DELETE', `/api/rooms/${room.id}/links/${room.linkId}`)
    expect(await refusal(['sightline.1', bearer])).toEqual([410, 'link_revoked'])
    await admin('DELETE', `/api/rooms/${room.id}`)
    expect(await refusal(['sightline.1', bearer])).toEqual([401, 'unauthenticated'])
    // Our own page may.
    const other = await makeRoom('contract-live-own')
    const own = ['sightline.1', `bearer.${await join(other, 'Ann')}`]
    const socket = open(own, { origin: other.origin })
    await once(socket, 'open')
    socket.terminate()
    await admin('DELETE', `/api/rooms/${other.id}`)
  })

  test('who comes back gets exactly what they missed, once, and the chat outlives everybody', async () => {
    const room = await makeRoom('contract-live-back')
    const token = await join(room, 'Ann')
    const ben = await connect(await join(room, 'Ben'))
    await ben.next('welcome')
    const before = await connect(token)
    const { epoch, seq } = await before.next('welcome')
    before.socket.terminate()
    for (let i = 1; i <= 3; i++) ben.says({ type: 'chat', text: `missed ${i}`, ref: String(i) })
    for (let i = 1; i <= 3; i++) await ben.next('chat')
    const back = await connect(token, { epoch, seq })
    const missed = await back.all()
    expect(missed.map(message => ('message' in message ? message.message.text : message.type))).toEqual([
      'resumed',
      'missed 1',
      'missed 2',
      'missed 3',
    ])
    const stranger = await connect(token, { epoch: 'a'.repeat(16), seq: 1 })
    const { chat } = await stranger.next('welcome')
    expect(chat!.items.map(item => item.text)).toEqual(['missed 1', 'missed 2', 'missed 3'])
    await admin('DELETE', `/api/rooms/${room.id}`)
  })

  test('two tabs of one person are one person', async () => {
    const room = await makeRoom('contract-live-tabs')
    const ben = await connect(await join(room, 'Ben'))
    await ben.next('welcome')
    const token = await join(room, 'Ann')
    const first = await connect(token)
    await first.next('welcome')
    const second = await connect(token)
    const { people } = await second.next('welcome')
    expect(people.map(person => person.name)).toEqual(['Ben', 'Ann'])
    second.socket.terminate()
    await second.closed
    first.says({ type: 'chat', text: 'still here', ref: '1' })
    expect((await first.next('chat')).message.text).toBe('still here')
    const seen = (await ben.all()).map(message => message.type)
    expect(seen).toEqual(['person.joined', 'chat'])
    await admin('DELETE', `/api/rooms/${room.id}`)
  })

  test('nonsense is refused and changes nothing; a flood ends its sender alone', async () => {
    const room = await makeRoom('contract-live-bad')
    const ben = await connect(await join(room, 'Ben'))
    await ben.next('welcome')
    const ann = await connect(await join(room, 'Ann'))
    await ann.next('welcome')
    ann.says('{"type":')
    expect(await ann.next('refused')).toMatchObject({ about: null, code: 'unreadable' })
    ann.socket.send(Buffer.from([1, 2, 3]))
    expect(await ann.next('refused')).toMatchObject({ about: null, code: 'unreadable' })
    ann.says({ type: 'chat', text: 'x', ref: '1', from: 'ben' } as never)
    expect(await ann.next('refused')).toMatchObject({ about: 'chat', ref: '1', code: 'unreadable' })
    ann.says(`{"type":"chat","text":"${'x'.repeat(70_000)}"}`)
    expect(await ann.next('refused')).toMatchObject({ about: null, code: 'too_large' })
    ann.says({ type: 'chat.delete', which: { all: true } })
    expect(await ann.next('refused')).toMatchObject({ about: 'chat.delete', code: 'forbidden' })
    for (let i = 0; i < 2_000; i++) ann.says({ type: 'hand', raised: i % 2 === 0 })
    expect(await ann.next('bye')).toEqual({ type: 'bye', code: 'flooding' })
    const [code] = await ann.closed
    expect(code).toBe(4000)
    ben.says({ type: 'chat', text: 'quiet again', ref: '1' })
    expect((await ben.next('chat')).message.text).toBe('quiet again')
    await admin('DELETE', `/api/rooms/${room.id}`)
  })

  /** Locally an object sleeps after some 20 s in which only pings come, which the edge answers. */
  if (runtime === 'workerd')
    test('a room that slept goes on where it was', async () => {
      const room = await makeRoom('contract-live-sleep')
      const token = await join(room, 'Ann')
      const ann = await connect(token)
      const { epoch, seq } = await ann.next('welcome')
      for (let i = 0; i < 10; i++) {
        await wait(2_500)
        expect(await ann.all()).toEqual([])
      }
      ann.says({ type: 'hand', raised: true })
      expect((await ann.next('person.changed')).seq).toBe(seq + 1)
      const again = await connect(token, { epoch, seq })
      expect((await again.all()).map(message => message.type)).toEqual(['resumed', 'person.changed'])
      await admin('DELETE', `/api/rooms/${room.id}`)
    })

  test('sub-rooms have people, words and a lock of their own, and the room reaches them', async () => {
    const room = await makeRoom('contract-live-sub', { role: 'reviewer', opens: 'subrooms' })
    const { body: link } = await admin('POST', `/api/rooms/${room.id}/links`, { label: 'h', role: 'host' })
    const host = await join({ ...room, secret: new URL(link.url).hash.slice(1) }, 'Hal')
    const { body: plain } = await admin('POST', `/api/rooms/${room.id}/links`, { label: 'p' })
    const stranger = await join({ ...room, secret: new URL(plain.url).hash.slice(1) }, 'Sam')
    await admin('POST', `/api/rooms/${room.id}/subrooms`, { name: 'corner', title: 'Corner' })
    const [annToken, benToken] = [await join(room, 'Ann'), await join(room, 'Ben')]
    const corner = '?room=corner'

    const bearer = (token: string) => ['sightline.1', `bearer.${token}`]
    expect(await refusal(bearer(stranger), {}, corner)).toEqual([404, 'not_found'])
    expect(await refusal(bearer(annToken), {}, '?room=nowhere')).toEqual([404, 'not_found'])
    expect(await refusal(bearer(annToken), {}, '?room=NO')).toEqual([400, 'invalid'])

    const hal = await connect(host)
    await hal.next('welcome')
    const ann = await connect(annToken, undefined, corner)
    expect(await ann.next('welcome')).toMatchObject({
      sub: { name: 'corner', title: 'Corner' },
      people: [{ name: 'Ann' }],
      you: { subrooms: true },
    })
    ann.says({ type: 'chat', text: 'between us', ref: 'c1' })
    await ann.next('chat')
    expect(await hal.all()).toEqual([])
    hal.says({ type: 'subrooms', ref: 's' })
    expect(await hal.next('subrooms')).toEqual({
      type: 'subrooms',
      ref: 's',
      items: [{ name: 'corner', title: 'Corner', people: 1, locked: false }],
    })

    const inside = await connect(host, undefined, corner)
    expect((await inside.next('welcome')).chat!.items.map(item => item.text)).toEqual(['between us'])
    inside.says({ type: 'room.lock', message: 'Later' })
    await inside.next('done')
    const ben = await connect(benToken, undefined, corner)
    expect((await ben.next('welcome')).you).toMatchObject({ waiting: { for: 'unlock', message: 'Later' } })
    inside.says({ type: 'room.unlock' })
    expect((await ben.next('welcome')).you.state).toBe('admitted')

    const { people } = await (await connect(annToken, undefined, corner)).next('welcome')
    const annHere = await connect(annToken)
    await annHere.next('welcome')
    hal.says({ type: 'person.kick', id: people.find(({ name }) => name === 'Ann')!.id, reason: 'Enough' })
    const bye = { type: 'bye', code: 'removed', reason: 'Enough' }
    expect([await annHere.next('bye'), await ann.next('bye')]).toEqual([bye, bye])
    await admin('PATCH', `/api/rooms/${room.id}`, { state: 'ended' })
    for (const page of [ben, inside, hal])
      expect(await page.next('bye')).toEqual({ type: 'bye', code: 'room_ended' })
    await admin('DELETE', `/api/rooms/${room.id}`)
  })

  test('the picture, the end and a revoked link are told at once', async () => {
    const room = await makeRoom('contract-live-told')
    const ann = await connect(await join(room, 'Ann'))
    await ann.next('welcome')
    const { body: ingest } = await admin('GET', `/api/rooms/${room.id}/ingest`)
    const body = webhookBody({
      direction: 'incoming',
      protocol: 'RTMP',
      url: `rtmp://127.0.0.1:1935/app/${ingest.rtmp.key}`,
    })
    const headers = { 'content-type': 'application/json', 'x-ome-signature': signature(body, WEBHOOK_SECRET) }
    await call(server(), 'POST', '/v1/admission', { body, headers })
    expect(await ann.next('room.changed')).toMatchObject({ publishing: true, room: { state: 'live' } })

    const { body: link } = await admin('POST', `/api/rooms/${room.id}/links`, { label: 'y' })
    const ben = await connect(await join({ ...room, secret: new URL(link.url).hash.slice(1) }, 'Ben'))
    await ben.next('welcome')
    await admin('DELETE', `/api/rooms/${room.id}/links/${link.id}`)
    expect(await ben.next('bye')).toEqual({ type: 'bye', code: 'link_revoked' })
    expect(await ben.closed).toEqual([4000, Buffer.from('link_revoked')])
    await ann.next('person.left')

    await admin('PATCH', `/api/rooms/${room.id}`, { state: 'ended' })
    expect(await ann.next('room.changed')).toMatchObject({ publishing: false, room: { state: 'ended' } })
    expect(await ann.next('bye')).toEqual({ type: 'bye', code: 'room_ended' })
    await ann.closed
    await admin('DELETE', `/api/rooms/${room.id}`)
  })
}
