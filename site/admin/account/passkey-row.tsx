import { useState } from 'preact/hooks'
import type { Passkey } from '../api/client.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { here } from '../time/clock.ts'
import { sayWhen } from '../time/say.ts'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Menu } from '../ui/menu.tsx'
import { PasskeyNameDialog } from './passkey-name-dialog.tsx'

interface PasskeyRowProps {
  passkey: Passkey
  /** There is no other: it stays. */
  last: boolean
  onChanged: () => Promise<void>
}

/** One passkey: when it was made and used, a new name, and its end. */
export function PasskeyRow({ passkey, last, onChanged }: PasskeyRowProps) {
  const [dialog, open] = useState<'rename' | 'remove' | null>(null)
  const g = t.settings.passkeys
  const when = (iso: string) => sayWhen(Date.parse(iso), here())
  const close = () => open(null)
  return (
    <tr data-row>
      <td>
        <b class="strong">{passkey.name}</b>
        <span class="sub">
          {[
            g.made(when(passkey.createdAt)),
            passkey.lastUsedAt === null ? g.neverUsed : g.used(when(passkey.lastUsedAt)),
            passkey.backedUp ? g.synced : g.notSynced,
          ].join(', ')}
        </span>
      </td>
      <td class="menu">
        <div class="row">
          <Menu
            label={t.actionsFor(passkey.name)}
            items={[
              { word: g.renameWord, act: () => open('rename') },
              { word: g.removeWord, act: () => open('remove') },
            ]}
          />
        </div>
        {dialog === 'rename' && (
          <PasskeyNameDialog
            title={g.renameTitle(passkey.name)}
            word={t.save}
            name={passkey.name}
            onClose={close}
            act={async name => {
              await api.renamePasskey(passkey.id, name)
              announce(g.renamed(name))
              void onChanged()
              return null
            }}
          />
        )}
        {dialog === 'remove' && !last && (
          <ConfirmDialog
            title={g.removeTitle(passkey.name)}
            says={[g.removeSay, g.removeKeep]}
            word={g.remove}
            onClose={close}
            act={async () => {
              await api.removePasskey(passkey.id)
              announce(g.removed(passkey.name))
              void onChanged()
            }}
          />
        )}
        {dialog === 'remove' && last && (
          <Dialog
            title={g.lastTitle}
            onClose={close}
            onSubmit={close}
            footer={
              <Button kind="primary" type="submit">
                {t.close}
              </Button>
            }
          >
            <p>{g.lastSay}</p>
          </Dialog>
        )}
      </td>
    </tr>
  )
}
