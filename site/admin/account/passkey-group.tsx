import { useState } from 'preact/hooks'
import { makePasskey } from '../../lib/passkeys.ts'
import { onRowKey } from '../../lib/rows.ts'
import type { Passkey } from '../api/client.ts'
import { useLoaded } from '../api/use-loaded.ts'
import { api } from '../session.ts'
import { SettingsGroup } from '../settings/settings-group.tsx'
import { t } from '../text.ts'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { browserName } from './browser-name.ts'
import { type PasskeyAction, PasskeyDialogs } from './passkey-dialogs.tsx'
import { PasskeyNameDialog } from './passkey-name-dialog.tsx'
import { PasskeyRow } from './passkey-row.tsx'

/** The signed-in user's passkeys. */
export function PasskeyGroup() {
  const passkeys = useLoaded(api.passkeys)
  const [adding, setAdding] = useState(false)
  const [acting, setActing] = useState<{ passkey: Passkey; which: PasskeyAction } | null>(null)
  const g = t.settings.passkeys
  return (
    <SettingsGroup title={g.title} says={g.says} from={passkeys} notLoaded={g.notLoaded}>
      {items => (
        <>
          {items.length > 0 ? (
            <section class="card">
              <table class="stack" onKeyDown={onRowKey}>
                <thead class="sr">
                  <tr>
                    <th>{g.title}</th>
                    <th>{t.actions}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map(passkey => (
                    <PasskeyRow
                      key={passkey.id}
                      passkey={passkey}
                      onAct={which => setActing({ passkey, which })}
                    />
                  ))}
                </tbody>
              </table>
            </section>
          ) : (
            <p class="soft small">{g.none}</p>
          )}
          {items.length === 1 && <p class="soft small">{g.onlyOne}</p>}
          <div>
            <Button icon="plus" onClick={() => setAdding(true)}>
              {g.add}
            </Button>
          </div>
          {acting && (
            <PasskeyDialogs
              {...acting}
              last={items.length === 1}
              onClose={() => setActing(null)}
              onChanged={passkeys.load}
            />
          )}
          {adding && (
            <PasskeyNameDialog
              title={g.add}
              says={g.addSay}
              word={t.passkeys.create}
              busyWord={t.passkeys.making}
              name={browserName(navigator.userAgent) ?? ''}
              onClose={() => setAdding(false)}
              act={async name => {
                const made = await makePasskey(await api.newPasskeyOptions())
                if ('end' in made) return made.end
                await api.addPasskey(name, made.done)
                announce(g.added(name))
                void passkeys.load()
                return null
              }}
            />
          )}
        </>
      )}
    </SettingsGroup>
  )
}
