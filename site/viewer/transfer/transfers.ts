import { type ReadonlySignal, signal } from '@preact/signals'
import type { IceAnswer } from '../../../worker/ice/schema.ts'
import { decideOffer, mayBegin } from './bounds.ts'
import type { Connection, ConnectionOptions } from './connection.ts'
import { safeName, shownType } from './file-name.ts'
import type { Keep } from './keep.ts'
import { LARGEST, OFFERS, OVER } from './limits.ts'
import { startReceiving } from './receiving.ts'
import { reduceTransfer } from './reduce.ts'
import { startSending } from './sending.ts'
import type { NoServers } from './servers.ts'
import { type FileSignal, readSignal, writeSignal } from './signal.ts'
import {
  askedOf,
  draftOf,
  type Failure,
  isOver,
  type Transfer,
  type TransferEffect,
  type TransferEvent,
  tooLarge,
} from './state.ts'

/** What transfers need of the room and of the browser. */
export interface TransferNeeds {
  /** Tells another person's pages something, through the room. Resolves whether the room has passed it on. */
  say(to: string, data: string): Promise<boolean>
  /** Somebody who is in the room and may send and take files, as one may oneself; undefined: not, or no more. */
  peer(id: string): { id: string; name: string } | undefined
  servers(): Promise<IceAnswer | NoServers>
  connect(options: ConnectionOptions): Connection
  openKeep(id: string): Promise<Keep>
  largest(): Promise<number>
  save(file: Blob, name: string): void
  newId(): string
  now(): number
}

/** All files on their way from and to this page. */
export interface Transfers {
  /** Oldest first; what is over stays until it is dismissed. */
  readonly list: ReadonlySignal<readonly Transfer[]>
  /** The addresses of both become visible to each other; null while that is not known. */
  readonly relayOnly: ReadonlySignal<boolean | null>
  /** Puts a file before the person, who then sends it or not. */
  draft(to: { id: string; name: string }, file: File): void
  /** These two do nothing while as many run as may. */
  send(id: string): void
  accept(id: string): void
  refuse(id: string): void
  cancel(id: string): void
  /** Saves once more what was received. */
  saveAgain(id: string): void
  /** Takes what is over off the list, and its bytes with it. */
  dismiss(id: string): void
  /** A signal came through the room. */
  heard(from: string, data: string): void
  /** People have come, gone, or may do other things now. */
  peopleChanged(): void
  stop(): void
}

/** What a transfer has beside its state. */
interface Works {
  source: File | null
  /** A connection is being made, once. */
  begun: boolean
  connection: Connection | null
  bytes: { stop(): void } | null
  keep: Keep | null
  /** What came, whole and checked. */
  received: Blob | null
}

/** How often it is looked whether something has taken too long, in ms. */
const TICK = 1000

export function createTransfers(needs: TransferNeeds): Transfers {
  const list = signal<readonly Transfer[]>([])
  const relayOnly = signal<boolean | null>(null)
  const works = new Map<string, Works>()
  const offers = new Map<string, number[]>()
  let largest: number | null = null
  const sized = needs
    .largest()
    .catch(() => 0)
    .then(bytes => {
      largest = bytes
    })
  const timer = setInterval(() => {
    for (const { id } of list.peek()) happen(id, { type: 'tick' })
  }, TICK)

  const find = (id: string) => list.peek().find(one => one.id === id)

  function add(transfer: Transfer, source: File | null): void {
    const none = { begun: false, connection: null, bytes: null, keep: null, received: null }
    works.set(transfer.id, { source, ...none })
    for (const { id } of list.peek().filter(isOver).slice(0, -OVER)) remove(id)
    list.value = [...list.peek(), transfer]
    prepare()
  }

  type Happening = TransferEvent extends infer E ? (E extends unknown ? Omit<E, 'now'> : never) : never
  function happen(id: string, event: Happening): void {
    const before = find(id)
    if (!before) return
    const { transfer, effects } = reduceTransfer(before, { ...event, now: needs.now() } as TransferEvent)
    if (transfer !== before) list.value = list.peek().map(one => (one.id === id ? transfer : one))
    for (const effect of effects) run(transfer, effect)
    if (transfer.phase === 'elsewhere') remove(id)
  }

  function run(transfer: Transfer, effect: TransferEffect): void {
    const { id, peer } = transfer
    const work = works.get(id)!
    switch (effect.do) {
      case 'say':
        tell(id, peer.id, effect.signal)
        break
      case 'connect':
        connect(transfer, 'offer')
        break
      case 'take':
        if (effect.type === 'answer') work.connection?.take('answer', effect.sdp)
        else connect(transfer, 'answer', effect.sdp)
        break
      case 'save':
        if (work.received) needs.save(work.received, transfer.file.name)
        break
      case 'end':
        end(transfer, work)
        break
    }
  }

  /** Nothing goes on without what was to be said; only a last word may get lost. */
  async function tell(id: string, to: string, signal: FileSignal): Promise<void> {
    if (!(await needs.say(to, writeSignal(signal)))) happen(id, { type: 'broke', why: 'unsaid' })
  }

  async function prepare(): Promise<IceAnswer | NoServers> {
    const servers = await needs.servers()
    if (typeof servers !== 'string') relayOnly.value = servers.relayOnly
    return servers
  }

  async function connect({ id, tab }: Transfer, role: 'offer' | 'answer', offered?: string): Promise<void> {
    const work = works.get(id)!
    if (work.begun) return
    work.begun = true
    const broke = (why: Failure) => happen(id, { type: 'broke', why })
    const servers = await prepare()
    const now = find(id)
    if (now?.phase !== 'connecting') return
    if (typeof servers === 'string') return broke('connection')
    const connection = needs.connect({
      servers,
      role,
      say: (type, sdp) => tell(id, now.peer.id, { is: 'sdp', id, tab: tab!, type, sdp }),
      open: channel => opened(id, channel),
      broke,
    })
    work.connection = connection
    if (offered !== undefined) connection.take('offer', offered)
  }

  async function opened(id: string, channel: RTCDataChannel): Promise<void> {
    const transfer = find(id)
    const work = works.get(id)
    if (transfer?.phase !== 'connecting' || !work) return
    const progress = {
      moved: (moved: number) => happen(id, { type: 'moved', moved }),
      all: () => happen(id, { type: 'all' }),
      broke: (why: Failure) => happen(id, { type: 'broke', why }),
    }
    if (transfer.way === 'out') {
      happen(id, { type: 'open' })
      const verified = () => happen(id, { type: 'verified' })
      work.bytes = startSending(work.source!, channel, { ...progress, verified })
      return
    }
    const waiting: MessageEvent[] = []
    channel.onmessage = message => waiting.push(message)
    const keep = await needs.openKeep(id).catch(() => null)
    if (find(id)?.phase !== 'connecting') return void keep?.discard()
    if (!keep) return progress.broke('storage')
    work.keep = keep
    happen(id, { type: 'open' })
    work.bytes = startReceiving(transfer.file.size, channel, keep, {
      ...progress,
      verified(file) {
        work.received = file
        happen(id, { type: 'verified' })
      },
    })
    for (const message of waiting) channel.onmessage?.call(channel, message)
  }

  function end({ phase }: Transfer, work: Works): void {
    work.bytes?.stop()
    work.connection?.close()
    if (phase !== 'done') work.keep?.discard()
    work.source = null
  }

  function remove(id: string): void {
    const work = works.get(id)
    work?.bytes?.stop()
    work?.connection?.close()
    work?.keep?.discard()
    works.delete(id)
    list.value = list.peek().filter(one => one.id !== id)
  }

  function offered(from: string, { id, file }: FileSignal & { is: 'offer' }, largest: number): void {
    const peer = needs.peer(from)
    if (!peer) return
    const now = needs.now()
    const earlier = (offers.get(from) ?? []).filter(at => now - at < OFFERS.ms)
    offers.set(from, [...earlier, now].slice(-OFFERS.count))
    const verdict = decideOffer({ id, from, file }, list.peek(), earlier, largest, now)
    if (verdict.do === 'ask') add(askedOf({ id, peer: { ...peer }, file }, now), null)
    if (verdict.do !== 'refuse') return
    const { do: _, ...why } = verdict
    needs.say(from, writeSignal({ is: 'refuse', id, ...why }))
  }

  function heard(from: string, data: string): void {
    // In their order, from the first on.
    if (largest === null) return void sized.then(() => heard(from, data))
    const said = readSignal(data)
    if (said?.is === 'offer') offered(from, said, largest)
    // Only the one it is with has a say in a transfer.
    else if (said && find(said.id)?.peer.id === from) happen(said.id, { type: 'heard', signal: said })
  }

  return {
    list,
    relayOnly,
    draft({ id, name }, file) {
      const shown = { name: safeName(file.name), size: file.size, mime: shownType(file.type) }
      const draft = draftOf({ id: needs.newId(), peer: { id, name }, file: shown }, needs.now())
      add(file.size > LARGEST.disk ? tooLarge(draft) : draft, file)
    },
    send(id) {
      if (mayBegin(list.peek())) happen(id, { type: 'send' })
    },
    accept(id) {
      if (mayBegin(list.peek())) happen(id, { type: 'accept', tab: needs.newId() })
    },
    refuse: id => happen(id, { type: 'refuse' }),
    cancel(id) {
      const draft = find(id)?.phase === 'draft'
      happen(id, { type: 'cancel' })
      if (draft) remove(id)
    },
    saveAgain(id) {
      const [transfer, work] = [find(id), works.get(id)]
      if (transfer && work?.received) needs.save(work.received, transfer.file.name)
    },
    dismiss(id) {
      const transfer = find(id)
      if (transfer && isOver(transfer)) remove(id)
    },
    heard,
    peopleChanged() {
      for (const one of list.peek()) {
        if (!isOver(one) && !needs.peer(one.peer.id)) happen(one.id, { type: 'left' })
      }
    },
    stop() {
      clearInterval(timer)
      for (const one of list.peek()) {
        happen(one.id, { type: 'cancel' })
        remove(one.id)
      }
    },
  }
}
