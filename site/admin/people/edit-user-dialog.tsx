import type { User } from '../api/client.ts'
import { useEdit } from '../forms/use-edit.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { EditDialog } from '../ui/edit-dialog.tsx'
import type { Role } from './roles.ts'
import { type UserDraft, userChangeBody, userDraft, userFaults } from './user-draft.ts'
import { userFailure } from './user-failure.ts'
import { UserFields } from './user-fields.tsx'

interface EditUserDialogProps {
  user: User
  own: Role
  onClose: () => void
  onSaved: () => void
}

/** Changes a user's name, address or role. */
export function EditUserDialog({ user, own, onClose, onSaved }: EditUserDialogProps) {
  const edit = useEdit<UserDraft>({
    async read() {
      const { value, etag } = await api.userNow(user.id)
      return { draft: userDraft(value), etag }
    },
    async write(base, draft, etag) {
      const body = userChangeBody(base, draft)
      if (Object.keys(body).length > 0) await api.changeUser(user.id, body, etag)
    },
    check: userFaults,
    refusal: userFailure,
    onSaved,
  })
  return (
    <EditDialog
      title={t.users.editTitle(user.name)}
      edit={edit}
      onClose={onClose}
      label={field => t.users.fields[field]}
      say={(field, value) =>
        field === 'role'
          ? t.users.roles[value as Role].word
          : value === ''
            ? t.form.nothing
            : t.form.quote(String(value))
      }
    >
      {draft => (
        <UserFields own={own} draft={draft} faults={edit.faults} onDraft={edit.setDraft} oidc={user.oidc} />
      )}
    </EditDialog>
  )
}
