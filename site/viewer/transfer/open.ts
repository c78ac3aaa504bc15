import { effect } from '@preact/signals'
import type { ToClient } from '../../../worker/live/protocol.ts'
import type { Live } from '../live/room-store.ts'
import { chooseFile } from './choose.ts'
import { openConnection } from './connection.ts'
import { type FileActs, offerFileCommands } from './file-commands.ts'
import { largestHere, openKeep, tidyUp } from './keep.ts'
import { keepPage } from './keep-page.ts'
import { testRelay } from './relay-test.ts'
import { saveAs } from './save.ts'
import { createServers } from './servers.ts'
import { isRunning } from './state.ts'
import { files as t } from './text.ts'
import { createTransfers, type Transfers } from './transfers.ts'

type Signal = Extract<ToClient, { type: 'signal' }>

/** Files in one room, for its page. */
export type Files = Transfers & FileActs

/** Encryption of the page's own wants a page that came over TLS, or from this machine. */
const canHere = typeof RTCPeerConnection === 'function' && globalThis.isSecureContext

/**
 * @param token of the person, as it is now
 * @param missed what was said before this file was loaded
 */
export function openFiles(live: Live, token: () => string, missed: readonly Signal[]): Files {
  const servers = createServers(fetch.bind(globalThis), token)
  const canSendTo: Files['canSendTo'] = ({ id, permissions }) => {
    const you = live.you.value
    const may = you?.state === 'admitted' && you.permissions.includes('message')
    return canHere && may && id !== you.id && permissions.includes('message')
  }
  const transfers = createTransfers({
    async say(to, data) {
      const outcome = await live.send({ type: 'signal', to, data })
      return 'done' in outcome
    },
    peer(id) {
      const person = live.people.value.find(one => one.id === id)
      return person && canSendTo(person) ? { id, name: person.name } : undefined
    },
    servers,
    connect: openConnection,
    openKeep,
    largest: largestHere,
    save: saveAs,
    newId,
    now: Date.now,
  })
  const heard = ({ from, data }: Signal) => transfers.heard(from.id, data)
  for (const signal of missed) heard(signal)
  const unhear = live.on('signal', heard)
  const unwatch = effect(() => {
    // Read, so that every change of theirs is looked at.
    void [live.people.value, live.you.value]
    transfers.peopleChanged()
  })
  const unguard = keepPage(() => transfers.list.peek().some(isRunning))
  tidyUp()

  const own: FileActs = {
    canSendTo,
    async chooseFor(person) {
      const file = await chooseFile()
      if (file) transfers.draft(person, file)
    },
    async sayRelay() {
      if (!canHere) return t.unsupported
      const found = await servers()
      if (typeof found === 'string') return t.relay[found]
      const result = await testRelay(found)
      return 'ms' in result ? t.relay.ms(result.ms) : t.relay[result.fault]
    },
  }
  const take = offerFileCommands(live, own)

  return {
    ...transfers,
    ...own,
    stop() {
      take()
      unhear()
      unwatch()
      unguard()
      transfers.stop()
    },
  }
}

/** Sixteen letters by chance, 80 bits: nobody names a transfer before it is there. */
const newId = (): string =>
  Array.from(
    crypto.getRandomValues(new Uint8Array(16)),
    byte => 'abcdefghijklmnopqrstuvwxyz234567'[byte & 31],
  ).join('')
