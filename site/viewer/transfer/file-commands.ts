import { offerCommands } from '../commands/registry.ts'
import type { Live } from '../live/room-store.ts'
import type { Files } from './open.ts'
import { files as t } from './text.ts'

/** `/sendfile` and `/relay-test`, for as long as files can go. @returns takes them back */
export const offerFileCommands = (
  live: Live,
  { canSendTo, chooseFor, sayRelay }: Pick<Files, 'canSendTo' | 'chooseFor' | 'sayRelay'>,
): (() => void) =>
  offerCommands({
    sendfile({ to }) {
      const person = live.people.value.find(({ id }) => id === to.id)
      if (!person || !canSendTo(person)) return [t.nobody(to.name)]
      chooseFor(person)
      return undefined
    },
    'relay-test': async () => [await sayRelay()],
  })
