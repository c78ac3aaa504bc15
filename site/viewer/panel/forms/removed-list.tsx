import { useEffect, useState } from 'preact/hooks'
import type { ToClient } from '../../../../worker/live/protocol.ts'
import { t as page } from '../../text.ts'
import { sayWhen } from '../../when.ts'
import { panel } from '../text.ts'
import { PanelForm } from './panel-form.tsx'
import type { FormProps } from './person-forms.tsx'

const t = panel.forms.removed
const { done } = panel.people

type Removed = Extract<ToClient, { type: 'removed' }>['items']

/** Who was removed, the youngest first; each may be let back in. */
export function RemovedList({ now, acting, close }: FormProps & { now: number }) {
  const [items, tell] = useState<Removed | null>(null)
  useEffect(() => {
    acting.act({ type: 'removed' }).then(answer => {
      if (answer?.type === 'removed') tell(answer.items)
    })
  }, [])

  async function pardon(id: string, name: string) {
    if (await acting.act({ type: 'person.pardon', id }, done.pardon(name)))
      tell(known => known?.filter(item => item.id !== id) ?? null)
  }

  return (
    <PanelForm title={t.title} send={null} close={close}>
      {items?.length === 0 && <p class="soft">{t.none}</p>}
      <ul class="removed-list">
        {items?.map(({ id, name, at, reason }) => {
          const when = sayWhen(Date.parse(at), now, page.times)
          return (
            <li key={id} class="person-row">
              <span class="name">
                <span class="trunc">{name}</span>
              </span>
              <span class="sub">{reason ? t.because(when, reason) : t.at(when)}</span>
              <span class="act">
                <button
                  type="button"
                  class="button"
                  aria-label={t.pardonLabel(name)}
                  onClick={() => pardon(id, name)}
                >
                  {t.pardon}
                </button>
              </span>
            </li>
          )
        })}
      </ul>
    </PanelForm>
  )
}
