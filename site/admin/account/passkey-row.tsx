import { Menu } from '../../lib/menu.tsx'
import type { Passkey } from '../api/client.ts'
import { t } from '../text.ts'
import { here } from '../time/clock.ts'
import { sayWhen } from '../time/say.ts'
import type { PasskeyAction } from './passkey-dialogs.tsx'

interface PasskeyRowProps {
  passkey: Passkey
  onAct: (which: PasskeyAction) => void
}

/** One passkey: when it was made and used, a new name, and its end. */
export function PasskeyRow({ passkey, onAct }: PasskeyRowProps) {
  const g = t.settings.passkeys
  const when = (iso: string) => sayWhen(Date.parse(iso), here())
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
              { word: g.renameWord, act: () => onAct('rename') },
              { word: g.removeWord, act: () => onAct('remove') },
            ]}
          />
        </div>
      </td>
    </tr>
  )
}
