import { type ReadonlySignal, signal } from '@preact/signals'
import type { Refusal } from '../lib/refusal.ts'
import { probe } from './probe.ts'
import { type PlayerEffect, type PlayerEvent, reduce } from './reduce.ts'
import type { Route } from './route.ts'
import { type MediaSession, type MediaSource, openSession } from './session.ts'
import { applySound, type Sound } from './sound.ts'
import { type PlayerReport, report, type Stream, startingState, type Ticket, wakeAt } from './state.ts'

/** The answer to asking for a playback address. */
export type TicketAnswer = { ticket: Ticket } | { refusal: Refusal } | 'unreachable'

export interface PlayerOptions {
  askTicket(): Promise<TicketAnswer>
  /** The player wants the room asked now: something happened that the room knows more of. */
  askRoom(): void
}

export interface Player {
  /** The place of the pictures on the page. */
  readonly stage: HTMLElement
  readonly report: ReadonlySignal<PlayerReport>
  /** The picture on screen, moving or held. */
  readonly video: ReadonlySignal<HTMLVideoElement | null>
  /** The browser starts no picture without a touch: see {@link Player.touch}. */
  readonly blocked: ReadonlySignal<boolean>
  /** Whether there is anything to hear. */
  readonly audible: ReadonlySignal<boolean>
  /** What is heard; muted at first, because browsers start no sound by themselves. */
  readonly sound: ReadonlySignal<Sound>
  setSound(sound: Sound): void
  /** Where the picture on screen comes from, for who measures it; null without one. */
  source(): MediaSource | null
  /** What the room says of the programme. */
  heed(stream: Stream): void
  /** The server answers again after it did not: as if the network were new. */
  back(): void
  /** The next try now instead of later. */
  retry(): void
  /** After a refusal that the viewer has mended. */
  resume(): void
  /** To be called in a touch or click. */
  touch(): void
  stop(): void
}

/** setTimeout takes no more. */
const LONGEST_TIMER = 2 ** 31 - 1

/** Puts the player's rules to work: clocks, sessions and the API on one side, signals for the page on the other. */
export function startPlayer({ askTicket, askRoom }: PlayerOptions): Player {
  const stage = document.createElement('div')
  stage.className = 'sessions'
  let state = startingState(Math.random())
  let alarm: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  let shown: MediaSession | null = null
  const sessions = new Map<number, MediaSession>()
  const told = signal(report(state))
  const video = signal<HTMLVideoElement | null>(null)
  const blocked = signal(false)
  const audible = signal(true)
  const sound = signal<Sound>({ on: false, volume: 1 })

  type Happening = PlayerEvent extends infer E ? (E extends unknown ? Omit<E, 'now'> : never) : never
  function happen(event: Happening): void {
    if (stopped) return
    const step = reduce(state, { ...event, now: Date.now() } as PlayerEvent)
    state = step.state
    for (const effect of step.effects) run(effect)
    const next = report(state)
    if (JSON.stringify(next) !== JSON.stringify(told.value)) told.value = next
    clearTimeout(alarm)
    const due = wakeAt(state)
    if (due !== Number.POSITIVE_INFINITY)
      alarm = setTimeout(
        () => happen({ type: 'tick' }),
        Math.min(Math.max(due - Date.now(), 0), LONGEST_TIMER),
      )
  }

  function run(effect: PlayerEffect): void {
    switch (effect.do) {
      case 'ask-room':
        askRoom()
        break
      case 'ask-ticket':
        askTicket().then(answer => {
          if (answer === 'unreachable') happen({ type: 'unreachable' })
          else if ('ticket' in answer) happen({ type: 'ticket', ticket: answer.ticket })
          else happen({ type: 'refused', refusal: answer.refusal })
        })
        break
      case 'probe':
        probe(effect.url).then(offered => happen({ type: 'probed', offered }))
        break
      case 'open':
        open(effect.id, effect.route, effect.url)
        break
      case 'show':
        show(effect.id)
        break
      case 'close':
        close(effect.id)
        break
    }
  }

  function open(id: number, route: Route, url: string): void {
    const session = openSession(stage, url, route, {
      offered: () => happen({ type: 'offered', id }),
      connected: () => happen({ type: 'connected', id }),
      frame: () => happen({ type: 'frame', id }),
      blocked() {
        blocked.value ||= state.opening?.id === id
        happen({ type: 'blocked', id })
      },
      failed: why => happen({ type: 'failed', id, why }),
      stalled: () => happen({ type: 'stalled', id }),
      moving: () => happen({ type: 'moving', id }),
    })
    sessions.set(id, session)
  }

  function show(id: number): void {
    const session = sessions.get(id)
    if (!session) return
    blocked.value = false
    if (video.value) video.value.muted = true
    session.show()
    shown = session
    video.value = session.video
    audible.value = hasSound(session.video)
    hear()
  }

  function close(id: number): void {
    const session = sessions.get(id)
    if (session && video.value === session.video) video.value = null
    if (session === shown) shown = null
    session?.close()
    sessions.delete(id)
  }

  function hear(): void {
    if (video.value)
      applySound(video.value, sound.value, () => {
        sound.value = { ...sound.value, on: false }
      })
  }

  const back = () => happen({ type: 'online' })
  addEventListener('online', back)

  return {
    stage,
    report: told,
    video,
    blocked,
    audible,
    sound,
    setSound(wanted) {
      sound.value = wanted
      hear()
    },
    source: () => shown?.source ?? null,
    heed: stream => happen({ type: 'stream', stream }),
    back,
    retry: () => happen({ type: 'retry' }),
    resume: () => happen({ type: 'resume' }),
    touch() {
      for (const session of sessions.values()) session.start()
    },
    stop() {
      stopped = true
      clearTimeout(alarm)
      removeEventListener('online', back)
      for (const session of sessions.values()) session.close()
      sessions.clear()
      stage.remove()
    },
  }
}

/** Known of a WebRTC session only; of anything else it is assumed. */
function hasSound(video: HTMLVideoElement | null): boolean {
  const source = video?.srcObject
  return !(source instanceof MediaStream) || source.getAudioTracks().length > 0
}
