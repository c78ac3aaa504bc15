import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ToClient } from '../../../worker/live/protocol.ts'
import { person, welcome } from './fixture.ts'
import { idleLine, type Line, type LineEvent, lineWakeAt, reduceLine } from './line.ts'

/** A page on a network and with a server that both fail as they like, in time that the test makes pass. */
class World {
  now = 0
  line: Line = idleLine
  /** The server's numbering, and what it has said in it. */
  epoch = 1
  said = 0
  /** The connection that the server has, and whether it was greeted. */
  socket: number | null = null
  greeted = false
  up = true
  /** On its way to the page while the network is down: it comes later, or is lost with its connection. */
  under: ToClient[] = []
  /** What the page was given, since the last welcome. */
  given: number[] = []
  pauses: number[] = []

  happen(event: LineEvent extends infer E ? (E extends unknown ? Omit<E, 'now'> : never) : never): void {
    const { line, effects } = reduceLine(this.line, { ...event, now: this.now } as LineEvent, 0.5)
    this.line = line
    for (const effect of effects) {
      if (effect.do === 'connect') this.connect(effect.socket)
      else if (effect.do === 'send') this.hear(effect.text)
      else if (effect.do === 'hang-up') this.drop()
      else if (effect.do === 'ask') this.happen({ type: 'told', outcome: 'unreachable' })
      else if (effect.do === 'deliver') this.deliver(effect.message)
      else if (effect.news.type === 'unreachable') this.pauses.push(effect.news.nextTryAt - this.now)
    }
  }

  connect(socket: number): void {
    this.drop()
    if (this.up) this.socket = socket
    this.happen({ type: this.up ? 'opened' : 'closed', socket })
  }

  drop(): void {
    this.socket = null
    this.greeted = false
    this.under = []
  }

  hear(text: string): void {
    const { type, since } = JSON.parse(text) as { type: string; since?: { epoch: string; seq: number } }
    if (type === 'ping') {
      if (this.up) this.answer({ type: 'pong' })
      return
    }
    this.greeted = true
    if (since?.epoch === String(this.epoch)) {
      this.answer({ type: 'resumed', seq: this.said, now: '2026-11-21T14:00:00.000Z', watermark: null })
      for (let seq = since.seq + 1; seq <= this.said; seq++) this.answer(this.numbered(seq))
    } else this.answer(welcome({ epoch: String(this.epoch), seq: this.said }))
  }

  numbered = (seq: number): ToClient => ({ type: 'person.joined', seq, person: person(`p${seq}`) })

  answer(message: ToClient): void {
    const { socket } = this
    if (socket === null) return
    if (this.up) this.happen({ type: 'heard', socket, message })
    else this.under.push(message)
  }

  turn(up: boolean): void {
    this.up = up
    while (this.up && this.under.length) this.answer(this.under.shift()!)
  }

  deliver(message: ToClient): void {
    if (message.type === 'welcome') this.given = Array.from({ length: message.seq }, (_, i) => i + 1)
    else if ('seq' in message && message.type !== 'resumed') this.given.push(message.seq)
  }

  say(): void {
    this.said++
    if (this.greeted) this.answer(this.numbered(this.said))
  }

  pass(ms: number): void {
    const end = this.now + ms
    for (let due = lineWakeAt(this.line); due <= end; due = lineWakeAt(this.line)) {
      this.now = Math.max(this.now, due)
      this.happen({ type: 'tick' })
    }
    this.now = end
  }

  do(act: Act): void {
    if (act.is === 'say') this.say()
    else if (act.is === 'twice') this.answer(this.numbered(this.said))
    else if (act.is === 'break' && this.socket !== null) this.happen({ type: 'closed', socket: this.socket })
    else if (act.is === 'up') this.turn(act.up)
    else if (act.is === 'restart') {
      this.epoch++
      this.said = 0
      this.answer({ type: 'bye', code: 'stopping' })
      this.greeted = false
    } else if (act.is === 'woken') this.happen({ type: 'woken' })
    else if (act.is === 'pass') this.pass(act.ms)
  }
}

type Act =
  | { is: 'say' | 'twice' | 'break' | 'restart' | 'woken' }
  | { is: 'up'; up: boolean }
  | { is: 'pass'; ms: number }

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Act>({ is: 'say' }) },
  fc.constantFrom<Act>({ is: 'twice' }, { is: 'break' }, { is: 'restart' }, { is: 'woken' }),
  fc.boolean().map(up => ({ is: 'up', up }) as const),
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 30_000 }).map(ms => ({ is: 'pass', ms }) as const) },
)

test('whatever breaks, in the end the page has everything, in order and once', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), acts => {
      const world = new World()
      world.happen({ type: 'begin' })
      for (const one of acts) world.do(one)
      world.turn(true)
      // The silence that ends a line that died, and the longest pause.
      world.pass(10_000 + 10_000)
      world.say()
      expect(world.line.at.is).toBe('live')
      expect(world.given).toEqual(Array.from({ length: world.said }, (_, i) => i + 1))
    }),
  )
})

test('pauses grow to ten seconds while nobody answers, and begin anew after a welcome', () => {
  const world = new World()
  world.up = false
  world.happen({ type: 'begin' })
  world.pass(60_000)
  expect(world.pauses.slice(0, 7)).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000])
  world.up = true
  world.pass(10_000)
  world.pauses = []
  world.do({ is: 'break' })
  expect(world.pauses).toEqual([500])
})
