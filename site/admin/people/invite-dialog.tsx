import { useState } from 'preact/hooks'
import { copyText } from '../../lib/copy-text.ts'
import type { InvitedUser } from '../api/client.ts'
import { type ApiFailure, asFailure } from '../api/failure.ts'
import type { Faults } from '../forms/faults.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { focusFault } from '../ui/focus-fault.ts'
import { InvitationReady } from './invitation-ready.tsx'
import type { Role } from './roles.ts'
import { emptyUserDraft, newUserBody, userFaults } from './user-draft.ts'
import { userFailure } from './user-failure.ts'
import { UserFields } from './user-fields.tsx'

interface InviteDialogProps {
  own: Role
  onClose: () => void
  onMade: () => void
}

/** Makes a user and the link their passkey comes from, copies it, and shows what to send. */
export function InviteDialog({ own, onClose, onMade }: InviteDialogProps) {
  const [draft, setDraft] = useState(emptyUserDraft)
  const [faults, setFaults] = useState<Faults>({})
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const [busy, setBusy] = useState(false)
  const [made, setMade] = useState<(InvitedUser & { copied: boolean }) | null>(null)

  async function invite() {
    if (busy) return
    const found = userFaults(draft)
    setFaults(found)
    setFailure(null)
    if (Object.keys(found).length > 0) return focusFault()
    setBusy(true)
    try {
      const invited = await api.inviteUser(newUserBody(draft))
      const copied = await copyText(invited.invitation.url)
      if (copied) announce(t.copy.done(t.users.linkOf(invited.user.name)))
      setMade({ ...invited, copied })
      onMade()
    } catch (e) {
      const shown = userFailure(asFailure(e))
      setFaults(shown.faults)
      setFailure(shown.failure)
      focusFault()
    }
    setBusy(false)
  }

  if (made)
    return (
      <InvitationReady
        name={made.user.name}
        invitation={made.invitation}
        copied={made.copied}
        onClose={onClose}
      />
    )
  return (
    <Dialog
      title={t.users.inviteTitle}
      onClose={onClose}
      onSubmit={invite}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button kind="primary" type="submit" disabled={busy}>
            {t.users.inviteMake}
          </Button>
        </>
      }
    >
      <UserFields
        own={own}
        draft={draft}
        faults={faults}
        onDraft={next => {
          setDraft(next)
          setFaults({})
        }}
      />
      <FailureNote failure={failure} />
    </Dialog>
  )
}
