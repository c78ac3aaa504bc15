import { inTime } from '../admission/in-time.ts'
import type { AuditEntry } from '../audit/record.ts'
import { newId } from '../crypto/id.ts'
import type { App } from '../deps.ts'
import { faultOf } from '../log.ts'
import type { StreamNow } from '../streams/now-schema.ts'
import { drainOutbox } from '../streams/outbox.ts'
import { refreshStream } from '../streams/watch.ts'
import { createCensus } from '../subrooms/census.ts'
import { rememberInside } from '../subrooms/entering.ts'
import { notRemembered, personFactsOf, readAll, roomFactsOf } from './facts.ts'
import { hostCame, hostsLeft } from './hosts-store.ts'
import type { Place } from './place.ts'
import type { ByeCode } from './protocol.ts'
import { readMessage } from './read-message.ts'
import { isDone } from './rules/hosts.ts'
import { reduce } from './rules/reduce.ts'
import type { Answer, Ask, LiveEvent, LiveState, Recorded } from './rules/state.ts'
import type { Seat } from './seat.ts'
import { answerAsks } from './store.ts'

/** While somebody is there, the database is looked at this often (ms), whether or not it was told that anything changed. */
export const LOOK_EVERY = 10_000

/** The database has so long to save something, in ms; then it is said not to be saved. */
export const SAVE_WITHIN = 8_000

/** Questions that go to the database in one round trip, and that may wait for one. */
const ASKS_AT_ONCE = 100
const ASKS_WAITING = 2_000

/** The runtime's side of a room: its connections, by ids that the room gives them. */
export interface Stage {
  send(socket: string, text: string): void
  /** Closes a connection with code 4000, after what was sent. One that is gone already is no error. */
  close(socket: string, code: ByeCode): void
  /** When each connection was last heard of, ms. */
  heard(): ReadonlyMap<string, number>
  /** Keeps what changed, where a room outlives its process's memory. */
  keep?(before: LiveState, after: LiveState): void
  /** Hosts may still be on their way back, because the process has only just begun: nobody counts as having left. */
  isSettling?(): boolean
}

/** Runs one room's live channel: the reducer decides, this does. */
export interface Conductor {
  readonly state: LiveState
  /** Nobody is there, and nothing is left to write down: it can be forgotten. */
  readonly isDone: boolean
  open(socket: string, seat: Seat): void
  /** A message of a connection, whatever it is. */
  hear(socket: string, data: unknown): void
  lost(socket: string): void
  /** Reads the database anew, because something may have changed there. */
  look(): Promise<void>
  /** Time passed. */
  tick(): Promise<void>
  stop(): void
  /** Resolves when the database has answered everything that it was asked. */
  settled(): Promise<void>
}

/** A record as the audit takes it. */
const entryOf = (
  { roomId: room, sub }: Place,
  { by, target, ...record }: Recorded,
  at: number,
): AuditEntry => ({
  ...record,
  params: sub ? { ...record.params, subroom: sub } : record.params,
  at,
  outcome: 'done',
  actor: { kind: 'person', ...by },
  target: { ...target, id: target.kind === 'room' ? room : target.id },
  room,
})

/** Where people connect from, each address once. */
const addressesIn = ({ sockets }: LiveState): string[] => [
  ...new Set([...sockets.values()].flatMap(({ address }) => address ?? [])),
]

type Happening = LiveEvent extends infer E ? (E extends { at: number } ? Omit<E, 'at'> : never) : never

/** @param state as it was kept, or an empty one */
export function createConductor(app: App, place: Place, stage: Stage, state: LiveState): Conductor {
  const { roomId, sub } = place
  const census = sub ? createCensus(app, place, state.people.size) : undefined
  const events: LiveEvent[] = []
  let asks: Ask[] = []
  let dispatching = false
  let asking: Promise<void> | undefined
  let looking: Promise<void> | undefined
  let lookAgain = false
  const pending = new Set<Promise<unknown>>()
  let noting: Promise<void> | undefined
  let hostIsHere = false
  // A room that slept looks as soon as it may.
  let lookedAt = state.people.size ? 0 : app.now()

  /** One event after another: what an effect brings about waits until the effects are done. */
  function happens(event: Happening): void {
    events.push({ ...event, at: app.now() } as LiveEvent)
    if (dispatching) return
    dispatching = true
    try {
      for (let next = events.shift(); next; next = events.shift()) take(next)
    } finally {
      dispatching = false
    }
  }

  function take(event: LiveEvent): void {
    const before = state
    const { state: after, effects } = reduce(before, event)
    state = after
    stage.keep?.(before, after)
    census?.note(after.people.size)
    for (const effect of effects) {
      if (effect.do === 'close') stage.close(effect.socket, effect.code)
      else if (effect.do === 'ask') ask(effect.ask)
      else if (effect.do === 'look') lookEverywhere()
      else if (effect.do === 'drain') later('outbox.drain', () => drainOutbox(app))
      else if (effect.do === 'record') app.audit.add(entryOf(place, effect.record, event.at), later)
      else if (effect.do === 'hosts') noteHosts(effect.here)
      else {
        const text = JSON.stringify(effect.message)
        for (const socket of effect.sockets) stage.send(socket, text)
      }
    }
  }

  /** Work that nobody waits for; a failure is logged. */
  function later(what: string, work: () => Promise<unknown>): void {
    const working: Promise<unknown> = Promise.resolve()
      .then(work)
      .catch(error => app.log.error(`${what}.failed`, { room: roomId, error: faultOf(error) }))
      .finally(() => pending.delete(working))
    pending.add(working)
  }

  function ask(question: Ask): void {
    if (asks.length >= ASKS_WAITING) {
      happens({ type: 'answered', ask: question, answer: 'failed' })
      return
    }
    asks.push(question)
    asking ??= answerAll().finally(() => {
      asking = undefined
    })
  }

  /** In order, and as many at once as have come together: what is told is never older than what was told before. */
  async function answerAll(): Promise<void> {
    // After the events under way, whose questions then go together.
    await Promise.resolve()
    while (asks.length) {
      const together = asks.slice(0, ASKS_AT_ONCE)
      asks = asks.slice(ASKS_AT_ONCE)
      const working = answerAsks(app.db, place, together)
      const answers = await inTime(working, SAVE_WITHIN).catch(noteFailure)
      together.forEach((question, i) => {
        happens({ type: 'answered', ask: question, answer: answers?.[i] ?? 'failed' })
      })
      // What was given up and is saved after all is there: then it must be shown.
      if (!answers) working.then(late => tellLate(together, late)).catch(() => {})
    }
  }

  function tellLate(questions: readonly Ask[], answers: readonly Answer[]): void {
    for (const [i, question] of questions.entries())
      if (question.kind !== 'page') happens({ type: 'answered', ask: question, answer: answers[i]! })
  }

  function noteFailure(error: unknown): undefined {
    app.metrics.failure('live.store')
    app.log.error('live.store-failed', { room: roomId, error: faultOf(error) })
  }

  function noteHosts(here: boolean): void {
    if (!here && stage.isSettling?.()) return
    hostIsHere = here
    noting ??= writeHosts().finally(() => {
      noting = undefined
    })
  }

  /** One after another, and the last word is how it is. What fails is asked for again by the clock. */
  async function writeHosts(): Promise<void> {
    // After the events under way.
    await Promise.resolve()
    try {
      let here: boolean
      do {
        here = hostIsHere
        const at = app.now()
        await (here ? hostCame(app.db, place, at) : hostsLeft(app.db, [place], at))
        happens({ type: 'noted', since: here ? at : null })
      } while (here !== hostIsHere)
    } catch (error) {
      app.log.warn('live.hosts-not-noted', { room: roomId, error: faultOf(error) })
      return
    }
    // Doors open and close with it.
    lookEverywhere()
  }

  async function lookOnce(): Promise<void> {
    lookedAt = app.now()
    const ids = [...state.people.keys()]
    if (!ids.length) return
    try {
      const { rows, keptOut } = await readAll(app, place, ids, addressesIn(state), app.now())
      const inside = notRemembered(rows)
      if (inside.length) later('subroom.remember', () => app.db.execute(rememberInside(place, inside)))
      const people = new Map(rows.map(row => [row.personId, personFactsOf(row)]))
      // Who came in the meantime was looked at on the way in.
      for (const [id, { facts }] of state.people) if (!ids.includes(id)) people.set(id, facts)
      happens({ type: 'looked', room: rows[0] ? roomFactsOf(app, rows[0]) : null, people, keptOut })
    } catch (error) {
      app.log.warn('live.not-looked', { room: roomId, error: faultOf(error) })
    }
  }

  const refreshed = ({ id }: StreamNow) =>
    refreshStream(app, id).catch(error =>
      app.log.warn('live.stream-unknown', { room: roomId, error: faultOf(error) }),
    )

  async function lookUntilSeen(): Promise<void> {
    do {
      lookAgain = false
      await lookOnce()
    } while (lookAgain)
  }

  /** What is new to this channel may be news to the room's others. */
  function lookEverywhere(): void {
    void look()
    later('live.changed', () => app.live.changed(roomId, sub))
  }

  function look(): Promise<void> {
    lookAgain = true
    looking ??= lookUntilSeen().finally(() => {
      looking = undefined
    })
    return looking
  }

  const working = () =>
    [asking, looking, noting, census?.settled(), ...pending].filter(work => work !== undefined)

  return {
    get state() {
      return state
    },
    get isDone() {
      return isDone(state) && !census?.owes
    },
    open(socket, { until, address, userAgent, room, person }) {
      happens({ type: 'opened', socket, until, address, userAgent, room, person })
    },
    hear(socket, data) {
      const read = readMessage(data)
      happens(
        'message' in read
          ? { type: 'received', socket, message: read.message, fresh: newId() }
          : { type: 'unreadable', socket, refusal: { type: 'refused', ...read } },
      )
    },
    lost: socket => happens({ type: 'closed', socket }),
    look,
    async tick() {
      happens({ type: 'ticked', heard: stage.heard() })
      if (!state.people.size || app.now() - lookedAt < LOOK_EVERY) return
      lookedAt = app.now()
      await Promise.all(state.room?.streams.filter(({ publishing }) => publishing).map(refreshed) ?? [])
      await look()
    },
    stop: () => happens({ type: 'stopping' }),
    async settled() {
      for (let all = working(); all.length; all = working()) await Promise.all(all)
    },
  }
}
