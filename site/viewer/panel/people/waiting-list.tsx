import { Icon } from '../../../lib/icon.tsx'
import type { Live } from '../../live/room-store.ts'
import { panel } from '../text.ts'
import { sayElapsed, useMinutes } from './elapsed.ts'
import type { Acting } from './use-act.ts'

const t = panel.people.waiting

/** Who stands before the door, each to be let in or not. */
export function WaitingList({ live, act }: { live: Live; act: Acting['act'] }) {
  useMinutes()
  const waiting = live.waiting.value
  if (!waiting.length) return null
  return (
    <section class="waiting-list" aria-label={t.title}>
      <div class="panel-head">
        <h3>{t.title}</h3>
        <button type="button" class="button" onClick={() => act({ type: 'door.admit', who: { all: true } })}>
          {t.all}
        </button>
      </div>
      <ul class="people-list">
        {waiting.map(({ id, name, since, for: why, link }) => (
          <li key={id} class="person-row">
            <span class="name">
              <span class="trunc" title={name}>
                {name}
              </span>
            </span>
            <span class="sub">{t.says[why](link.label, sayElapsed(live.now() - Date.parse(since), t))}</span>
            <span class="act">
              <button
                type="button"
                class="button"
                aria-label={t.admitLabel(name)}
                onClick={() => act({ type: 'door.admit', who: { id } })}
              >
                {t.admit}
              </button>
              <button
                type="button"
                class="button ghost icon-only"
                aria-label={t.refuse(name)}
                title={t.refuse(name)}
                onClick={() => act({ type: 'door.refuse', who: { id } })}
              >
                <Icon name="close" />
              </button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
