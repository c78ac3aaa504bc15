import { batch, computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import type { StreamNow } from '../../../worker/streams/now-schema.ts'
import type { Player } from '../../player/player.ts'
import type { Sound } from '../../player/sound.ts'
import { streamOf } from '../../player/stream.ts'
import type { Desk } from '../instruments/desk.ts'
import { type Layout, shownOf } from './shown.ts'
import { type KeptSound, soundOf, UNHEARD, withSound } from './sound-rule.ts'

/** The streams of the room on this page. The programme's player is the page's own and is never touched but for its sound. */
export interface Streams {
  readonly layout: ReadonlySignal<Layout>
  /** By stream id, the programme's too. Others have one while they are seen. */
  readonly players: ReadonlySignal<ReadonlyMap<string, Player>>
  /** Opens and closes the grid. @returns whether there is more than one stream to show */
  turn(): boolean
  /** Makes one large. @returns whether it is shown at all */
  enlarge(id: string): boolean
  /** The same by its number, from 1. */
  enlargeNumber(number: number): boolean
  /** Decides for one stream alone, whichever is large. */
  setSound(id: string, sound: Sound): void
  stop(): void
}

export interface StreamsOptions {
  desk: Pick<Desk, 'live' | 'programme' | 'other' | 'stream' | 'player'>
  /** Starts to play a stream other than the programme. */
  start(id: string): Player
  /** What is remembered of the sound, by label; see `readSounds`. */
  kept: Record<string, KeptSound>
  keep(sounds: Record<string, KeptSound>): void
}

export function createStreams({ desk, start, kept, keep }: StreamsOptions): Streams {
  const wish = signal(false)
  const started = signal<ReadonlyMap<string, Player>>(new Map())
  const sounds = signal(kept)
  /** The viewer lets this page sound. */
  const heard = signal(false)
  /** What each player was last told, so that what the viewer does with the large one's sound is noticed. */
  const told = new WeakMap<Player, Sound>()

  const shown = computed(() => shownOf(desk.live.room.value?.streams ?? []))
  const layout = computed((): Layout => {
    const other = shown.value.find(({ id, kind }) => id === desk.stream.value && kind !== 'programme')
    return { large: other?.id ?? null, open: wish.value && shown.value.length > 1, shown: shown.value }
  })
  const programmeId = computed(() => shown.value.find(({ kind }) => kind === 'programme')?.id)
  const players = computed(() => {
    const all = new Map(started.value)
    if (desk.programme.value && programmeId.value) all.set(programmeId.value, desk.programme.value)
    return all
  })
  const labelOf = (id: string) => shown.peek().find(stream => stream.id === id)?.label ?? ''
  const remember = (id: string, change: Partial<KeptSound>) => {
    const label = labelOf(id)
    sounds.value = withSound(sounds.peek(), label, { ...(sounds.peek()[label] ?? UNHEARD), ...change })
    keep(sounds.peek())
  }

  const play = effect(() => {
    const { large, open, shown } = layout.value
    const wanted = shown.filter(({ kind, id }) => kind !== 'programme' && (open || id === large))
    untracked(() => {
      const next = new Map<string, Player>()
      for (const { id } of wanted) next.set(id, started.value.get(id) ?? start(id))
      for (const [id, player] of started.value) if (!next.has(id)) player.stop()
      for (const stream of wanted) next.get(stream.id)!.heed(heedOf(stream))
      batch(() => {
        started.value = next
        desk.other.value = (large && next.get(large)) || null
        // What went does not come back large by itself.
        if (desk.stream.value !== large && desk.live.room.value) desk.stream.value = large
      })
    })
  })

  const hear = effect(() => {
    const { large } = layout.value
    for (const [id, player] of players.value) {
      const now = player.sound.value
      const last = told.get(player)
      if (last && (last.on !== now.on || last.volume !== now.volume)) {
        // The viewer, by the bar or a key; or the browser, which gives no sound without a touch.
        told.set(player, now)
        untracked(() => {
          heard.value = now.on
          remember(id, { volume: now.volume, on: null })
        })
        continue
      }
      if (!last && id === programmeId.value && now.on) heard.value = true
      const isLarge = large === null ? id === programmeId.value : id === large
      const wanted = soundOf(sounds.value[labelOf(id)] ?? UNHEARD, { large: isLarge, heard: heard.value })
      told.set(player, wanted)
      if (wanted.on !== now.on || wanted.volume !== now.volume) player.setSound(wanted)
    }
  })

  const enlarge = (id: string): boolean => {
    const stream = shown.peek().find(one => one.id === id)
    if (!stream) return false
    desk.stream.value = stream.kind === 'programme' ? null : id
    players.peek().get(id)?.touch()
    return true
  }
  return {
    layout,
    players,
    turn() {
      if (shown.peek().length < 2) return false
      wish.value = !wish.peek()
      return true
    },
    enlarge,
    enlargeNumber(number) {
      const stream = shown.peek()[number - 1]
      return shown.peek().length > 1 && stream !== undefined && enlarge(stream.id)
    },
    setSound: (id, { on, volume }) => remember(id, { on, volume }),
    stop() {
      hear()
      play()
      for (const player of started.peek().values()) player.stop()
      started.value = new Map()
      desk.other.value = null
      desk.stream.value = null
    },
  }
}

const heedOf = ({ publishing, playable }: StreamNow) => streamOf({ state: 'admitted', publishing, playable })
