import type { ToClient } from '../../../worker/live/protocol.ts'
import type { RoomView } from '../../../worker/people/schema.ts'
import type { RoomOutcome } from '../api.ts'
import { idleLine, type LineEffect, type LineEvent, lineWakeAt, reduceLine } from './line.ts'
import type { RoomNews } from './news.ts'
import type { RoomStore } from './room-store.ts'
import { viewAfter } from './view.ts'

/** A connection under way or made. */
export interface Wire {
  send(text: string): void
  close(): void
}

/** What a connection tells. `closed` comes at the end, also of one that was never opened. */
export interface WireEvents {
  opened(): void
  heard(text: string): void
  closed(): void
}

export interface FollowOptions {
  token: string
  store: RoomStore
  /** The room as it is known so far. */
  view: RoomView | null
  ask(): Promise<RoomOutcome>
  open(token: string, events: WireEvents): Wire
  onNews(news: RoomNews): void
  /** Makes time pass where the page's own clocks are slowed, until it is called off. */
  beat(tick: () => void): () => void
  spread: number
}

export interface Following {
  /** Something happened that the room knows more of, or somebody does not want to wait. */
  askNow(): void
  /** The room ended the line for good; somebody wants to be back. */
  again(): void
  /** Ends the line; it comes back when somebody wants to be back. */
  leave(): void
  stop(): void
}

/** setTimeout takes no more. */
const LONGEST_TIMER = 2 ** 31 - 1

/** Keeps a person's line to their room up, and brings what the room says to the store and to the visit. */
export function followRoom({
  token,
  store,
  view,
  ask,
  open,
  beat,
  onNews,
  spread,
}: FollowOptions): Following {
  let line = idleLine
  let seen = view
  let wire: Wire | null = null
  let alarm: ReturnType<typeof setTimeout> | undefined
  let asking = false
  let stopped = false

  type Happening = LineEvent extends infer E ? (E extends unknown ? Omit<E, 'now'> : never) : never
  function happen(event: Happening): void {
    if (stopped) return
    const step = reduceLine(line, { ...event, now: Date.now() } as LineEvent, spread)
    line = step.line
    store.connect(line.at.is === 'live' ? text => wire?.send(text) : null)
    // News may end it.
    for (const effect of step.effects) if (!stopped) run(effect)
    clearTimeout(alarm)
    const due = lineWakeAt(line)
    if (stopped || due === Number.POSITIVE_INFINITY) return
    alarm = setTimeout(() => happen({ type: 'tick' }), Math.min(Math.max(due - Date.now(), 0), LONGEST_TIMER))
  }

  function run(effect: LineEffect): void {
    switch (effect.do) {
      case 'connect': {
        const { socket } = effect
        wire = open(token, {
          opened: () => happen({ type: 'opened', socket }),
          heard: text => {
            const message = read(text)
            if (message) happen({ type: 'heard', socket, message })
          },
          closed: () => happen({ type: 'closed', socket }),
        })
        break
      }
      case 'send':
        wire?.send(effect.text)
        break
      case 'hang-up':
        wire?.close()
        wire = null
        break
      case 'ask':
        askRoom()
        break
      case 'deliver':
        deliver(effect.message)
        break
      case 'tell':
        tell(effect.news)
        break
    }
  }

  function deliver(message: ToClient): void {
    if ('now' in message) store.setSkew(Date.parse(message.now) - Date.now())
    store.take(message)
    const after = viewAfter(seen, message)
    if (after && after !== seen) tell({ type: 'view', view: after })
  }

  function tell(news: RoomNews): void {
    if (news.type === 'view') {
      // An answer may have been overtaken by a message.
      if (seen && news.view.now < seen.now) return
      seen = news.view
    }
    onNews(news)
  }

  async function askRoom(): Promise<void> {
    if (asking) return
    asking = true
    const outcome = await ask()
    asking = false
    happen({ type: 'told', outcome })
  }

  const online = () => happen({ type: 'woken' })
  const looked = () => {
    if (document.visibilityState === 'visible') happen({ type: 'woken' })
  }
  addEventListener('online', online)
  document.addEventListener('visibilitychange', looked)
  const calm = beat(() => happen({ type: 'tick' }))
  happen({ type: 'begin' })
  return {
    askNow: () => happen({ type: 'ask' }),
    again: () => happen({ type: 'again' }),
    leave: () => happen({ type: 'leave' }),
    stop() {
      stopped = true
      clearTimeout(alarm)
      calm()
      removeEventListener('online', online)
      document.removeEventListener('visibilitychange', looked)
      wire?.close()
      store.connect(null)
    },
  }
}

/** A message; null when it is no JSON text with a type. What else is in it, the server's own tests vouch for. */
function read(text: string): ToClient | null {
  try {
    const message = JSON.parse(text) as ToClient | null
    return typeof message === 'object' && message !== null && typeof message.type === 'string'
      ? message
      : null
  } catch {
    return null
  }
}
