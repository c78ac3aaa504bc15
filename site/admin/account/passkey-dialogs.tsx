import type { Passkey } from '../api/client.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { PasskeyNameDialog } from './passkey-name-dialog.tsx'

/** What can be done to a passkey. */
export type PasskeyAction = 'rename' | 'remove'

interface PasskeyDialogsProps {
  /** The passkey as it was when the dialog was asked for: a later list must not take the dialog away. */
  passkey: Passkey
  which: PasskeyAction
  /** There is no other: it stays. */
  last: boolean
  onClose: () => void
  onChanged: () => Promise<void>
}

/** A passkey's new name, or its end, behind a dialog that says what it does. */
export function PasskeyDialogs({ passkey, which, last, onClose, onChanged }: PasskeyDialogsProps) {
  const g = t.settings.passkeys
  if (which === 'rename')
    return (
      <PasskeyNameDialog
        title={g.renameTitle(passkey.name)}
        word={t.save}
        name={passkey.name}
        onClose={onClose}
        act={async name => {
          await api.renamePasskey(passkey.id, name)
          announce(g.renamed(name))
          void onChanged()
          return null
        }}
      />
    )
  if (last)
    return (
      <Dialog
        title={g.lastTitle}
        onClose={onClose}
        onSubmit={onClose}
        footer={
          <Button kind="primary" type="submit">
            {t.close}
          </Button>
        }
      >
        <p>{g.lastSay}</p>
      </Dialog>
    )
  return (
    <ConfirmDialog
      title={g.removeTitle(passkey.name)}
      says={[g.removeSay, g.removeKeep]}
      word={g.remove}
      onClose={onClose}
      act={async () => {
        await api.removePasskey(passkey.id)
        announce(g.removed(passkey.name))
        void onChanged()
      }}
    />
  )
}
