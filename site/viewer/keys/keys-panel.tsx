import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../../lib/icon.tsx'
import { keys as t } from '../../text/en.ts'
import { keys } from './commands.ts'
import { keysOff, turnKey } from './keys-off.ts'

/** The keys of this page, each with a switch: a panel beside the picture, because nothing covers it. */
export function KeysPanel({ close }: { close(): void }) {
  const first = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const before = document.activeElement
    first.current?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <aside class="side-panel on" aria-label={t.title}>
      <div class="tabs">
        <h2 class="panel-title">{t.title}</h2>
        <button
          ref={first}
          type="button"
          class="button ghost icon-only close"
          aria-label={t.close}
          onClick={close}
        >
          <Icon name="close" />
        </button>
      </div>
      <div class="body">
        <ul class="key-list">
          {keys.map(({ what, keys: names }) => (
            <li key={what}>
              <label class="check">
                <input
                  type="checkbox"
                  checked={!keysOff.value.has(what)}
                  onInput={event => turnKey(what, event.currentTarget.checked)}
                />
                <span class="grow">{t.list[what]}</span>
                {names.map(name => (
                  <kbd key={name}>{name}</kbd>
                ))}
              </label>
            </li>
          ))}
        </ul>
        <p class="measure-note">{t.hint}</p>
      </div>
    </aside>
  )
}
