import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Waiting } from '../../../worker/live/messages/control.ts'
import type { Drawn } from '../../../worker/live/messages/drawing.ts'
import type { ShownStill } from '../../../worker/live/messages/stills.ts'
import type { Person, RoomNow, ToClient } from '../../../worker/live/protocol.ts'
import type { ChatEvent } from '../chat/chat.ts'
import type { Chat } from '../chat/state.ts'
import { createConversation, type Rules } from './conversation.ts'
import { isAnswered, type Named, type Outcome, outcomeOf, type Saying } from './outcome.ts'
import { emptyState, type Notice, stateAfter, type You } from './room-state.ts'

/** A message of one type. */
type Of<T extends ToClient['type']> = Extract<ToClient, { type: T }>

/**
 * The room on this page, for panels: what is, as signals, and a way to say something. There is one for as long as the
 * page lives; it outlasts lines that break and tokens that change.
 */
export interface Live {
  /** The line is up: what is said arrives. While it is down, everything below is what was known last. */
  readonly connected: ReadonlySignal<boolean>
  /** Your own person with what you may at this moment (`permissions`); null before the room has answered. */
  readonly you: ReadonlySignal<You | null>
  /** Everybody in the room, you too, in the order in which they came. */
  readonly people: ReadonlySignal<readonly Person[]>
  /** Who stands before the door, the longest first; empty for everybody without `op`. */
  readonly waiting: ReadonlySignal<readonly Waiting[]>
  readonly room: ReadonlySignal<RoomNow | null>
  /** The still that somebody shows to all. */
  readonly shown: ReadonlySignal<ShownStill | null>
  /** The conversation, with what of one's own is not stored yet. */
  readonly chat: ReadonlySignal<Chat>
  /** Messages of others that were not in sight yet. */
  readonly unread: ReadonlySignal<number>
  /** Something happens in the conversation: somebody writes, looks, wants what was before. */
  talk(event: ChatEvent): void
  /** A `ref` that nothing else that is said has. */
  newRef(): string
  /** What hosts told this person, or everybody, until {@link Live.dismiss}. */
  readonly notices: ReadonlySignal<readonly Notice[]>
  dismiss(notice: Notice): void
  /** What is drawn over the picture, the oldest first; one's own as the room knows it. */
  readonly marks: ReadonlySignal<readonly Drawn[]>
  /** To whom the next chat message goes; null: to everybody. The list of people sets it, the composer heeds it. */
  readonly privateTo: Signal<Pick<Person, 'id' | 'name'> | null>
  /** The server's clock, in ms; only as good as the last message that told it. */
  now(): number
  /**
   * Says something to the room. It resolves when the room has answered; never rejects. Nothing is shown before the room
   * has said it: a chat message is in {@link Live.chat} when it is `done`. What is `lost` may be said again under the same
   * `ref`: it is done once. Without a `ref` it gets one. `hand`, `state`, `pointer` and `draw.extend` are answered by
   * nobody: they resolve at once.
   * `ref`: it is done once. Without a `ref` it gets one. `hand`, `state` and `health` are answered by nobody: they resolve at once.
   */
  send(saying: Saying): Promise<Outcome>
  /** Calls `hear` with every message of a type that comes from now on, after the signals have changed. */
  on<T extends ToClient['type']>(type: T, hear: (message: Of<T>) => void): () => void
}

/** The store's other side, for who brings the messages. */
export interface RoomStore {
  live: Live
  take(message: ToClient): void
  /** A way to send texts, while the line is up. */
  connect(send: ((text: string) => void) | null): void
  /** The server's clock minus ours, in ms. */
  setSkew(skew: number): void
}

/** @param name begins each `ref`, so that no other page of the same person, before or after, uses the same */
export function createRoomStore(
  name: string = randomName(),
  loadRules: () => Promise<Rules> = () => import('../chat/chat.ts'),
): RoomStore {
  const state = signal(emptyState)
  const sending = signal<((text: string) => void) | null>(null)
  const hearers = new Map<ToClient['type'], Set<(message: never) => void>>()
  let waiting: { said: Named; answer: (outcome: Outcome) => void }[] = []
  let said = 0
  let skew = 0
  let epoch = ''

  const newRef = () => `${name}-${++said}`

  const { chat, unread, talk } = createConversation(
    message => sending.peek()?.(JSON.stringify(message)),
    loadRules,
  )

  function take(message: ToClient): void {
    const before = state.peek()
    state.value = stateAfter(before, message)
    if (message.type === 'welcome') {
      const { you } = before
      // A server that began anew knows of no hands.
      if (you?.hand && lostHand(message, you.id, epoch)) send({ type: 'hand', raised: true })
      epoch = message.epoch
    }
    talk({ type: 'told', message, people: before.people, at: Date.now() })
    const first = waiting.find(({ said }) => outcomeOf(said, message))
    if (first) {
      waiting = waiting.filter(other => other !== first)
      first.answer(outcomeOf(first.said, message)!)
    }
    for (const hear of hearers.get(message.type) ?? []) hear(message as never)
  }

  function send(saying: Saying): Promise<Outcome> {
    const { value } = sending
    if (!value) return Promise.resolve({ lost: true })
    const named = { ref: newRef(), ...saying } as Named
    value(JSON.stringify(named))
    if (!isAnswered(saying)) return Promise.resolve({ done: null })
    return new Promise(answer => waiting.push({ said: named, answer }))
  }

  return {
    live: {
      connected: computed(() => sending.value !== null),
      you: computed(() => state.value.you),
      people: computed(() => state.value.people),
      waiting: computed(() => state.value.waiting),
      room: computed(() => state.value.room),
      shown: computed(() => state.value.shown),
      chat,
      unread,
      talk,
      newRef,
      notices: computed(() => state.value.notices),
      dismiss(notice) {
        state.value = { ...state.peek(), notices: state.peek().notices.filter(other => other !== notice) }
      },
      marks: computed(() => state.value.marks),
      privateTo: signal(null),
      now: () => Date.now() + skew,
      send,
      on(type, hear) {
        const those = hearers.get(type) ?? new Set()
        hearers.set(type, those)
        those.add(hear)
        return () => void those.delete(hear)
      },
    },
    take,
    connect(send) {
      const broke = sending.peek() !== null && !send
      sending.value = send
      if (send) return
      if (broke) talk({ type: 'lost' })
      const lost = waiting
      waiting = []
      for (const { answer } of lost) answer({ lost: true })
    },
    setSkew(next) {
      skew = next
    },
  }
}

const lostHand = ({ you, ...welcome }: Of<'welcome'>, id: string, epoch: string): boolean =>
  welcome.epoch !== epoch && you.id === id && you.state === 'admitted' && !you.hand

/** Eight characters by chance: pages of one person must not share names of messages. */
const randomName = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), byte => (byte % 36).toString(36)).join('')
