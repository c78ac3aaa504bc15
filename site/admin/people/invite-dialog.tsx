import { useState } from 'preact/hooks'
import { copyText } from '../../lib/copy-text.ts'
import type { InvitedUser } from '../api/client.ts'
import { useMaking } from '../forms/use-making.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { announce } from '../ui/announce.tsx'
import { MakingDialog } from '../ui/making-dialog.tsx'
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
  const [made, setMade] = useState<(InvitedUser & { copied: boolean }) | null>(null)

  const making = useMaking({
    empty: emptyUserDraft,
    check: userFaults,
    async make(draft) {
      const invited = await api.inviteUser(newUserBody(draft))
      const copied = await copyText(invited.invitation.url)
      if (copied) announce(t.copy.done(t.users.linkOf(invited.user.name)))
      setMade({ ...invited, copied })
      onMade()
    },
    refusal: userFailure,
  })

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
    <MakingDialog title={t.users.inviteTitle} word={t.users.inviteMake} making={making} onClose={onClose}>
      <UserFields own={own} draft={making.draft} faults={making.faults} onDraft={making.setDraft} />
    </MakingDialog>
  )
}
