import { copyText } from '../../lib/copy-text.ts'
import type { Invitation, User } from '../api/client.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { announce } from '../ui/announce.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { EditUserDialog } from './edit-user-dialog.tsx'
import type { Role } from './roles.ts'
import type { UserAction } from './user-actions.ts'

/** A one-time link that was just made, for showing it. */
export interface MadeLink {
  name: string
  invitation: Invitation
  copied: boolean
}

interface UserDialogsProps {
  /** The user as they were when the dialog was asked for: a later list must not take the dialog away. */
  user: User
  which: UserAction
  own: Role
  onClose: () => void
  onChanged: () => void
  onLink: (made: MadeLink) => void
}

/** What can be done to a user, each behind a dialog that says what it does. */
export function UserDialogs({ user, which, own, onClose, onChanged, onLink }: UserDialogsProps) {
  if (which === 'edit')
    return (
      <EditUserDialog
        user={user}
        own={own}
        onClose={onClose}
        onSaved={() => {
          onClose()
          announce(t.users.saved)
          onChanged()
        }}
      />
    )

  async function makeLink() {
    const invitation = await api.inviteAgain(user.id)
    const copied = await copyText(invitation.url)
    if (copied) announce(t.copy.done(t.users.linkOf(user.name)))
    onLink({ name: user.name, invitation, copied })
  }
  const acts: Record<Exclude<UserAction, 'edit'>, () => Promise<void>> = {
    invite: makeLink,
    recover: makeLink,
    disable: () => api.changeUser(user.id, { disabled: true }),
    enable: () => api.changeUser(user.id, { disabled: false }),
    remove: () => api.removeUser(user.id),
  }
  const words = t.users.confirm[which]
  const former = (which === 'invite' || which === 'recover') && user.invitationEndsAt !== null
  return (
    <ConfirmDialog
      title={words.title(user.name)}
      says={former ? [...words.says, t.users.formerStops] : words.says}
      word={words.word}
      onClose={onClose}
      act={async () => {
        await acts[which]()
        if ('done' in words) announce(words.done(user.name))
        onChanged()
      }}
    />
  )
}
