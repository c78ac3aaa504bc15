import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { keepFor } from '../lib/keep.ts'
import type { Player } from '../player/player.ts'
import { streamOf } from '../player/stream.ts'
import type { WayIn } from './address.ts'
import type { Api } from './api.ts'
import { beatWhileHidden } from './live/beat.ts'
import { type Following, followRoom, type Wire, type WireEvents } from './live/follow.ts'
import { createRoomStore, type Live } from './live/room-store.ts'
import { chooseScreen, type Screen, wantsPlayer } from './screen.ts'
import type { SignInOutcome, SignInWay } from './sign-in-state.ts'
import {
  type Given,
  reduceVisit,
  type Visit,
  type VisitEffect,
  type VisitEvent,
  visitWakeAt,
} from './visit.ts'

export interface VisitorOptions {
  way: WayIn | null
  api: Api
  keep: ReturnType<typeof keepFor> | null
  /** The player's own file, on its way since the page was opened. */
  openWire(token: string, sub: string | null, events: WireEvents): Wire
  /** Shows where this is: `back` when somebody was sent, not when they went. */
  showPlace(sub: string | null, back: boolean): void
  loadPlayer(): Promise<typeof import('../player/player.ts')>
  /** What only those need who came without a link. */
  loadSignIn(): Promise<Pick<typeof import('./sign-in.ts'), 'signIn'>>
}

export interface Visitor {
  readonly screen: ReadonlySignal<Screen>
  readonly player: ReadonlySignal<Player | null>
  /** The room's live channel, as panels use it. */
  readonly live: Live
  /** The person's token of this moment; empty while there is none. */
  token(): string
  submit(given: Given): void
  /** Does not wait for the next try. */
  tryNow(): void
  watchHere(): void
  /** After the room went to another page of this person. */
  comeBack(): void
  signIn(way: SignInWay): void
  /** To a sub-room, or back to the room itself (null). The picture is the same. */
  goTo(sub: string | null): void
  /** Leaves the room: the picture and the line end. */
  leave(): void
}

/** When the player's file could not be loaded, in ms. */
const LOAD_AGAIN = 2000

/** Puts the visit's rules to work: the API, the clock, and a player while there is something to play. */
export function startVisit({
  way,
  api,
  keep,
  openWire,
  showPlace,
  loadPlayer,
  loadSignIn,
}: VisitorOptions): Visitor {
  const spread = Math.random()
  const visit = signal<Visit>({ at: 'joining', given: {} })
  const player = signal<Player | null>(null)
  const report = computed(() => player.value?.report.value ?? null)
  const screen = computed(() => chooseScreen(visit.value, report.value))
  const store = createRoomStore()
  let sub = way?.sub ?? null
  let room: Following | null = null
  let joining = false
  let starting = false
  let alarm: ReturnType<typeof setTimeout> | undefined

  type Happening = VisitEvent extends infer E ? (E extends unknown ? Omit<E, 'now'> : never) : never
  function happen(event: Happening): void {
    const step = reduceVisit(visit.value, { ...event, now: Date.now() } as VisitEvent, spread)
    const missed = troubled(visit.value)
    visit.value = step.visit
    for (const effect of step.effects) run(effect)
    // Only what the room itself says now counts for the player: it takes refusals back.
    const told = step.effects.some(effect => effect.do === 'follow') || isView(event)
    if (told && step.visit.at === 'in') player.value?.heed(streamOf(step.visit.view))
    if (missed && !troubled(step.visit)) player.value?.back()
    clearTimeout(alarm)
    const due = visitWakeAt(step.visit)
    if (due !== Number.POSITIVE_INFINITY)
      alarm = setTimeout(() => happen({ type: 'tick' }), Math.max(due - Date.now(), 0))
  }

  const troubled = (visit: Visit) => visit.at === 'in' && visit.trouble !== null
  const isView = (event: Happening) => event.type === 'news' && event.news.type === 'view'

  function run(effect: VisitEffect): void {
    switch (effect.do) {
      case 'join':
        join(effect.given, effect.token)
        break
      case 'keep':
        keep?.set({ token: effect.token, name: effect.name })
        break
      case 'forget':
        keep?.forget()
        break
      case 'follow':
        follow(effect.token)
        break
      case 'leave':
        room?.stop()
        room = null
        break
      case 'ask-room':
        room?.askNow()
        break
      case 'come-back':
        room?.again()
        break
      case 'resume':
        player.value?.resume()
        break
      case 'find-methods':
        findMethods()
        break
      case 'sign-in':
        signIn(effect.way)
        break
      case 'look':
        look(effect.token)
        break
    }
  }

  async function join(given: Given, token?: string): Promise<void> {
    if (joining || !way || way.secret === null) return
    joining = true
    const outcome = await api.join({ slug: way.slug, secret: way.secret, ...given }, token)
    joining = false
    happen({ type: 'answered', outcome })
  }

  async function look(token: string): Promise<void> {
    happen({ type: 'looked', token, outcome: await api.room(token) })
  }

  async function findMethods(): Promise<void> {
    const loaded = await loadSignIn().catch(() => null)
    // Without its file there is still the button, which loads it again.
    const methods = loaded
      ? await loaded.signIn.methods(way?.slug ?? '')
      : { missing: null, provider: null, portal: null }
    happen({ type: 'methods', methods })
  }

  async function signIn(chosen: SignInWay): Promise<void> {
    const loaded = await loadSignIn().catch(() => null)
    const slug = way?.slug ?? ''
    const outcome: SignInOutcome = !loaded
      ? { fault: { is: 'unreachable' } }
      : chosen.by === 'passkey'
        ? await loaded.signIn.byPasskey(slug)
        : chosen.by === 'provider'
          ? await loaded.signIn.byProvider(slug)
          : await loaded.signIn.byName(slug, chosen)
    happen({ type: 'signed-in', outcome })
  }

  function follow(token: string): void {
    room?.stop()
    const here = sub
    let cameAbout = true
    room = followRoom({
      token,
      store,
      view: visit.value.at === 'in' ? visit.value.view : null,
      async ask() {
        const outcome = await api.room(token)
        // A sub-room that is not there, or not for them, says no more than that no channel comes about.
        if (here !== null && here === sub && !cameAbout && typeof outcome === 'object' && 'view' in outcome)
          queueMicrotask(() => move(null, true))
        return outcome
      },
      open(token, events) {
        cameAbout = false
        return openWire(token, here, {
          ...events,
          opened() {
            cameAbout = true
            events.opened()
          },
        })
      },
      beat: beatWhileHidden,
      onNews: news => happen({ type: 'news', news }),
      spread,
    })
  }

  function move(to: string | null, back: boolean): void {
    if (to === sub || !way) return
    sub = to
    showPlace(sub, back)
    const token = tokenNow()
    if (token) follow(token)
  }

  const tokenNow = () => (visit.value.at === 'in' ? visit.value.token : '')
  const startPlayer = async (): Promise<void> => {
    starting = true
    const loaded = await loadPlayer().catch(() => null)
    if (!loaded) {
      setTimeout(startPlayer, LOAD_AGAIN)
      return
    }
    starting = false
    const { startPlayer: start } = loaded
    if (player.value || !wantsPlayer(visit.value, null)) return
    const started = start({
      async askTicket() {
        const outcome = await api.playback(tokenNow())
        if (outcome !== 'signed-out') return outcome
        // The room's answer will be the same, and joining anew follows from it.
        room?.askNow()
        return 'unreachable'
      },
      askRoom: () => room?.askNow(),
    })
    player.value = started
    started.heed(streamOf(visit.value.view))
  }
  effect(() => {
    if (!wantsPlayer(visit.value, report.value)) {
      player.peek()?.stop()
      player.value = null
    } else if (!player.value && !starting) startPlayer()
  })

  const by = way && (way.secret === null ? 'account' : 'link')
  happen({ type: 'opened', by, kept: keep?.get() ?? null, token: way?.token ?? null })
  return {
    screen,
    player,
    live: store.live,
    token: tokenNow,
    submit: given => happen({ type: 'submitted', given }),
    tryNow() {
      happen({ type: 'try-now' })
      player.value?.retry()
    },
    watchHere: () => happen({ type: 'watch-here' }),
    comeBack: () => happen({ type: 'come-back' }),
    signIn: way => happen({ type: 'sign-in', way }),
    goTo: to => move(to, false),
    leave: () => room?.leave(),
  }
}
