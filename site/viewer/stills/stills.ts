import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Still } from '../../../worker/stills/schema.ts'
import type { Desk } from '../instruments/desk.ts'
import { saveAs } from '../transfer/save.ts'
import { createStillCalls, type StillFault } from './api.ts'
import { type GrabFault, grabFrame } from './grab.ts'
import { type StillMoment, stillName } from './name.ts'

/** A frame that was grabbed in this tab. */
export interface Grabbed {
  name: string
  moment: StillMoment
  /** Null = the programme. */
  stream: string | null
  width: number
  height: number
  file: Blob
  /** Shows the file; it is good for as long as the still is in {@link Stills.grabbed}. */
  url: string
  /** Its id, once the room keeps it. */
  kept: string | null
}

/** Why something did not work: of the grab, of the room's answer, or the server's code. */
export type StillsFault = GrabFault | 'unreachable' | string

/** Stills: those of this tab, and those that the room keeps. */
export interface Stills {
  /** The strip with them is open. */
  readonly open: Signal<boolean>
  /** Of this tab alone, the youngest first. */
  readonly grabbed: ReadonlySignal<readonly Grabbed[]>
  /** That the room keeps, the youngest first; null = not read yet. */
  readonly kept: ReadonlySignal<readonly Still[] | null>
  /** What went wrong last. */
  readonly fault: ReadonlySignal<StillsFault | null>
  grab(): Promise<Grabbed | StillsFault>
  keep(grabbed: Grabbed): Promise<{ id: string } | { fault: StillsFault }>
  save(still: Pick<Grabbed, 'name' | 'file'> | Still): Promise<void>
  remove(still: Grabbed | Still): Promise<void>
  /** Asks the room to show a kept still to all, or none any more. */
  show(id: string): Promise<void>
  hide(): Promise<void>
  /** An address for a kept still's picture; null = it is gone, or cannot be read. */
  urlOf(id: string): Promise<string | null>
  refresh(): Promise<void>
  close(): void
}

/** This tab holds at most so many that the room does not keep. */
const MOST = 12

const codeOf = (fault: StillFault): StillsFault => (fault === 'unreachable' ? fault : fault.refused)

export interface StillsOptions {
  fetch: typeof globalThis.fetch
  /** The instant of the frame on screen. */
  moment(): StillMoment
}

export function createStills(
  { live, token, video, stream, watermark }: Pick<Desk, 'live' | 'token' | 'video' | 'stream' | 'watermark'>,
  { fetch, moment }: StillsOptions,
): Stills {
  const calls = createStillCalls(fetch, token)
  const grabbed = signal<readonly Grabbed[]>([])
  const kept = signal<readonly Still[] | null>(null)
  const fault = signal<StillsFault | null>(null)
  const urls = new Map<string, Promise<string | null>>()

  function hold(next: readonly Grabbed[]): void {
    for (const gone of grabbed.value.filter(({ url }) => !next.some(still => still.url === url)))
      URL.revokeObjectURL(gone.url)
    grabbed.value = next
  }

  const fail = (why: StillsFault): { fault: StillsFault } => {
    fault.value = why
    return { fault: why }
  }

  async function say(saying: { type: 'still.show'; id: string } | { type: 'still.hide' }): Promise<void> {
    const outcome = await live.send(saying)
    fault.value = 'lost' in outcome ? 'unreachable' : 'refused' in outcome ? outcome.refused : null
  }

  async function refresh(): Promise<void> {
    const answer = await calls.list()
    if (answer === 'unreachable' || 'refused' in answer) fail(codeOf(answer))
    else kept.value = answer.ok
  }

  const isGrabbed = (still: object): still is Grabbed => 'moment' in still

  return {
    open: signal(false),
    grabbed,
    kept,
    fault,
    async grab() {
      const now = moment()
      const pixels = await grabFrame(video.peek(), watermark.peek())
      if (typeof pixels === 'string') return fail(pixels).fault
      fault.value = null
      const name = stillName(live.room.peek()?.room.slug ?? '', now, stream.peek() ?? '')
      const url = URL.createObjectURL(pixels.file)
      const still = { ...pixels, name, moment: now, stream: stream.peek(), url, kept: null }
      hold([still, ...grabbed.value].slice(0, MOST))
      return still
    },
    async keep(still) {
      const { name, moment, stream, file } = still
      const answer = await calls.keep({ ...moment, name, stream, file })
      if (answer === 'unreachable' || 'refused' in answer) return fail(codeOf(answer))
      fault.value = null
      const { id } = answer.ok
      kept.value = [answer.ok, ...(kept.value ?? []).filter(other => other.id !== id)]
      urls.set(id, Promise.resolve(URL.createObjectURL(file)))
      hold(grabbed.value.filter(other => other.url !== still.url))
      return { id }
    },
    async save(still) {
      if ('file' in still) return saveAs(still.file, `${still.name}.png`)
      const answer = await calls.file(still.id)
      if (answer === 'unreachable' || 'refused' in answer) fail(codeOf(answer))
      else saveAs(answer.ok, `${still.name}.png`)
    },
    async remove(still) {
      if (isGrabbed(still)) return hold(grabbed.value.filter(({ url }) => url !== still.url))
      if (live.shown.peek()?.id === still.id) await say({ type: 'still.hide' })
      const answer = await calls.remove(still.id)
      if (answer === 'unreachable' || 'refused' in answer) fail(codeOf(answer))
      else kept.value = (kept.value ?? []).filter(({ id }) => id !== still.id)
    },
    show: id => say({ type: 'still.show', id }),
    hide: () => say({ type: 'still.hide' }),
    urlOf(id) {
      const known = urls.get(id)
      if (known) return known
      const url = calls.file(id).then(answer => {
        if (answer !== 'unreachable' && 'ok' in answer) return URL.createObjectURL(answer.ok)
        // It may be there the next time.
        urls.delete(id)
        return null
      })
      urls.set(id, url)
      return url
    },
    refresh,
    close() {
      hold([])
      for (const url of urls.values())
        url.then(address => {
          if (address) URL.revokeObjectURL(address)
        })
    },
  }
}
