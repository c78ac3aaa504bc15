import { useEffect } from 'preact/hooks'
import { commands as t } from '../../text/en.ts'
import { offerCommands } from '../commands/registry.ts'
import type { Live } from '../live/room-store.ts'
import type { Files } from '../transfer/open.ts'
import type { Links } from './invite/links-api.ts'
import { typedLinks } from './invite/typed.ts'

/** What can be typed that parts of the page do which are there while the panel is. */
export function usePanelCommands(live: Live, files: Files | null, links: Links): void {
  useEffect(
    () =>
      offerCommands({
        async subgroups() {
          const outcome = await live.send({ type: 'subrooms' })
          if (!('done' in outcome) || outcome.done?.type !== 'subrooms') return [t.failed]
          const { items } = outcome.done
          if (items.length === 0) return [t.subgroups.none]
          return items.map(({ name, people, locked }) => t.subgroups.one(name, people, locked))
        },
      }),
    [live],
  )
  useEffect(() => offerCommands(typedLinks(links, live.now)), [live, links])
  useEffect(() => {
    if (!files) return
    return offerCommands({
      sendfile({ to }) {
        const person = live.people.value.find(({ id }) => id === to.id)
        if (!person || !files.canSendTo(person)) return [t.noFile(to.name)]
        files.chooseFor(person)
        return undefined
      },
      async 'relay-test'() {
        return [await files.sayRelay()]
      },
    })
  }, [live, files])
}
