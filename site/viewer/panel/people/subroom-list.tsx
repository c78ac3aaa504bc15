import { useEffect, useState } from 'preact/hooks'
import type { ToClient } from '../../../../worker/live/protocol.ts'
import { Icon } from '../../../lib/icon.tsx'
import type { Live } from '../../live/room-store.ts'
import { panel } from '../text.ts'

const t = panel.people.subrooms

/** While the list is in sight it is asked for this often, in ms. */
const ASK_EVERY = 10_000

type Subroom = Extract<ToClient, { type: 'subrooms' }>['items'][number]

interface SubroomListProps {
  live: Live
  goTo(sub: string | null): void
}

/** The room's sub-rooms, for who may look around in them; for everybody in one, the way back. */
export function SubroomList({ live, goTo }: SubroomListProps) {
  const here = live.room.value?.sub?.name ?? null
  const you = live.you.value
  const items = useSubrooms(live, you?.subrooms === true || you?.permissions.includes('op') === true)
  if (here === null && !items.length) return null
  return (
    <section aria-label={t.title}>
      <div class="panel-head">
        <h3>{t.title}</h3>
        {here !== null && (
          <button type="button" class="button" onClick={() => goTo(null)}>
            {t.back}
          </button>
        )}
      </div>
      <ul class="people-list">
        {items.map(({ name, title, people, locked }) => (
          <li key={name} class="person-row">
            <span class="name">
              {locked && <Icon name="lock" />}
              <span class="trunc" title={title}>
                {title}
              </span>
            </span>
            <span class="sub">{locked ? t.locked(people) : t.people(people)}</span>
            <span class="act">
              {name === here ? (
                <span class="soft">{t.here}</span>
              ) : (
                <button
                  type="button"
                  class="button"
                  aria-label={t.enterLabel(title)}
                  onClick={() => goTo(name)}
                >
                  {t.enter}
                </button>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What the room last said of them; who may not look around does not ask. */
function useSubrooms(live: Live, may: boolean): readonly Subroom[] {
  const [items, setItems] = useState<readonly Subroom[]>([])
  const connected = live.connected.value
  useEffect(() => {
    if (!may || !connected) return
    const ask = async () => {
      const outcome = await live.send({ type: 'subrooms' })
      if ('refused' in outcome) setItems([])
    }
    const off = live.on('subrooms', message => setItems(message.items))
    const timer = setInterval(ask, ASK_EVERY)
    ask()
    return () => {
      clearInterval(timer)
      off()
    }
  }, [live, may, connected])
  return may ? items : []
}
