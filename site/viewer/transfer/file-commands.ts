import type { Person } from '../../../worker/live/protocol.ts'
import { offerCommands } from '../commands/registry.ts'
import type { Live } from '../live/room-store.ts'
import { files as t } from './text.ts'

/** What typed commands can do with files. */
export interface FileActs {
  /** Whether a file can go to somebody now: both may write messages, and this browser can. */
  canSendTo(person: Pick<Person, 'id' | 'permissions'>): boolean
  /** Lets the person choose a file for somebody. Call it while a key or button is pressed. */
  chooseFor(person: Pick<Person, 'id' | 'name'>): void
  /** Tries the relay, and says what came of it. */
  sayRelay(): Promise<string>
}

/** `/sendfile` and `/relay-test`, for as long as files can go. @returns takes them back */
export const offerFileCommands = (live: Live, { canSendTo, chooseFor, sayRelay }: FileActs): (() => void) =>
  offerCommands({
    sendfile({ to }) {
      const person = live.people.value.find(({ id }) => id === to.id)
      if (!person || !canSendTo(person)) return [t.nobody(to.name)]
      chooseFor(person)
      return undefined
    },
    'relay-test': async () => [await sayRelay()],
  })
