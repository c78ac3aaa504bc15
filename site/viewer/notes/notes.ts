import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Note } from '../../../worker/live/messages/notes.ts'
import type { Desk } from '../instruments/desk.ts'
import type { Outcome, Saying } from '../live/outcome.ts'
import type { Moments } from '../timecode/moment.ts'
import { type AllNotes, newestOf, type Thread, threadsOf, withNotes } from './all-notes.ts'
import { type Draft, sayingOf } from './draft.ts'
import type { NotesApi } from './notes-api.ts'
import { keepUnsent, kept, MAX_UNSENT, type Unsent, withState } from './unsent.ts'

/** What could not be read is asked for again after so long, in ms; what was sent too fast too. */
const AGAIN = 2_000

/** What a note may carry beside its words. */
export type Belongings = Pick<Extract<Saying, { type: 'note.add' }>, 'drawing' | 'stillId'>

/** The notes of the room on this page. */
export interface Notes {
  readonly threads: ReadonlySignal<readonly Thread[]>
  /** `loading` until all are here for the first time; `failed`: they could not be read, and are asked for again. */
  readonly reading: ReadonlySignal<'loading' | 'failed' | 'here'>
  readonly unsent: ReadonlySignal<readonly Unsent[]>
  /** What is being written; null = nothing. */
  readonly draft: Signal<Draft | null>
  /** The note that was jumped to. */
  readonly current: Signal<string | null>
  /** Notes and answers of others that came while the list was not in sight. */
  readonly unread: ReadonlySignal<number>
  /** Opens the composer with the moment of now. False: they may not. */
  begin(): boolean
  /** Sends what is being written, with what belongs to it. */
  post(more?: Belongings): void
  answer(parent: string, text: string): void
  /** Says something about a note that is there. */
  change(saying: Extract<Saying, { type: 'note.edit' | 'note.delete' | 'note.resolve' }>): Promise<Outcome>
  /** Sends one again that the room did not take, or gives it up. */
  again(ref: string): void
  giveUp(ref: string): void
  close(): void
}

/** @param storage key of what is not sent: of this person in this room */
export function createNotes(desk: Desk, moments: Pick<Moments, 'now'>, api: NotesApi, wait = AGAIN): Notes {
  const { live } = desk
  const all = signal<AllNotes>(new Map())
  const reading = signal<'loading' | 'failed' | 'here'>('loading')
  const unsent = signal<readonly Unsent[]>([])
  const draft = signal<Draft | null>(null)
  const unread = signal(0)
  let place: string | null = null
  let keep = keepUnsent('')
  let round = 0
  let sending = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let closed = false

  const placeNow = () => {
    const [room, you] = [live.room.peek(), live.you.peek()]
    return room && you ? `${room.room.slug}/${room.sub?.name ?? ''} ${you.id}` : null
  }

  /** Another room, sub-room or person: nothing of before holds. */
  function arrive(): void {
    const now = placeNow()
    if (now === null || now === place) return
    place = now
    keep = keepUnsent(`sightline notes ${now}`)
    all.value = new Map()
    reading.value = 'loading'
    unread.value = 0
    unsent.value = keep.get()
  }

  function put(box: readonly Unsent[]): void {
    unsent.value = box
    keep.set(box)
  }

  /** All pages of what changed since the last change that is known. A newer reading ends an older one. */
  async function read(): Promise<void> {
    arrive()
    clearTimeout(timer)
    if (place === null || live.you.peek()?.state !== 'admitted') return
    const own = ++round
    const sub = live.room.peek()?.sub?.name ?? null
    const since = reading.peek() === 'here' ? newestOf(all.peek()) : null
    let cursor: string | null = null
    do {
      const page = await api.read(sub, since, cursor)
      if (closed || own !== round) return
      if (!page) {
        if (reading.peek() !== 'here') reading.value = 'failed'
        timer = setTimeout(read, wait)
        return
      }
      all.value = withNotes(all.peek(), page.items)
      cursor = page.next
    } while (cursor !== null)
    reading.value = 'here'
  }

  /** One after another, so that a long list is not too much at once. */
  async function flush(): Promise<void> {
    if (sending || !live.connected.peek()) return
    sending = true
    const next = () => unsent.peek().find(({ state }) => state === 'offline' || state === 'sending')
    for (let item = next(); item && !closed && live.connected.peek(); item = next()) {
      const { ref } = item.message
      const before = place
      if (item.state !== 'sending') put(withState(unsent.peek(), ref, 'sending'))
      const outcome = await live.send(item.message)
      if (place !== before) break
      if ('done' in outcome || ('refused' in outcome && outcome.refused === 'already_sent'))
        put(withState(unsent.peek(), ref, null))
      else if ('lost' in outcome) put(kept(unsent.peek(), ref))
      else if (outcome.refused === 'too_fast') {
        put(withState(unsent.peek(), ref, 'offline'))
        timer = setTimeout(flush, wait)
        break
      } else put(withState(unsent.peek(), ref, outcome.refused))
    }
    sending = false
  }

  function say(message: Unsent['message']): void {
    arrive()
    const up = live.connected.peek()
    const box = unsent.peek()
    put([
      ...box,
      up ? { message, state: 'sending' } : { message: { ...message, late: true }, state: 'offline' },
    ])
    void flush()
  }

  function heard(note: Note): void {
    const mine = note.from.id === live.you.peek()?.id
    // Shown once: what the room has is not on its way any more.
    if (mine && note.ref !== null) put(withState(unsent.peek(), note.ref, null))
    const isNew = !all.peek().has(note.id) && !note.deleted
    if (isNew && !mine && desk.tab.peek() !== 'notes') unread.value++
    all.value = withNotes(all.peek(), [note])
  }

  const up = () => {
    void read().then(flush)
  }
  const ends = [
    live.on('welcome', up),
    live.on('resumed', up),
    live.on('notes.behind', () => void read()),
    live.on('notes.changed', ({ note }) => heard(note)),
    effect(() => {
      if (desk.tab.value === 'notes') unread.value = 0
    }),
  ]
  up()

  return {
    threads: computed(() => threadsOf(all.value)),
    reading,
    unsent,
    draft,
    current: signal(null),
    unread,
    begin() {
      if (!live.you.peek()?.permissions.includes('annotate')) return false
      draft.value ??= { moment: moments.now(), text: '', color: 'yellow' }
      desk.openPanel('notes')
      return true
    },
    post(more = {}) {
      const written = draft.peek()
      if (!written?.text.trim() || unsent.peek().length >= MAX_UNSENT) return
      draft.value = null
      say({ ...sayingOf(written, desk.stream.peek()), ...more, ref: live.newRef() })
    },
    answer(parent, text) {
      if (text.trim() && unsent.peek().length < MAX_UNSENT)
        say({ type: 'note.reply', parent, text: text.trim(), ref: live.newRef() })
    },
    change: saying => live.send(saying),
    again(ref) {
      put(withState(unsent.peek(), ref, 'offline'))
      void flush()
    },
    giveUp: ref => put(withState(unsent.peek(), ref, null)),
    close() {
      closed = true
      clearTimeout(timer)
      for (const end of ends) end()
    },
  }
}
