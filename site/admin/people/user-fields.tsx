import { useId } from 'preact/hooks'
import type { Faults } from '../forms/faults.ts'
import { t } from '../text.ts'
import { TextField } from '../ui/field.tsx'
import { manages, type Role, userRoles } from './roles.ts'
import type { UserDraft } from './user-draft.ts'

interface UserFieldsProps {
  /** The role of who fills in the form: roles above it are not theirs to give. */
  own: Role
  draft: UserDraft
  onDraft: (draft: UserDraft) => void
  faults: Faults
  /** Signs in through the identity provider, which has a say in the role. */
  oidc?: boolean
}

/** What can be said about a user, for inviting and for changing one. */
export function UserFields({ own, draft, onDraft, faults, oidc = false }: UserFieldsProps) {
  const group = useId()
  const f = t.users.fields
  return (
    <>
      <TextField
        label={f.name}
        value={draft.name}
        onValue={name => onDraft({ ...draft, name })}
        fault={faults.name}
        maxLength={80}
        first
      />
      <TextField
        label={f.email}
        hint={draft.role === 'guest' ? t.users.emailGuest : t.users.emailHint}
        value={draft.email}
        onValue={email => onDraft({ ...draft, email })}
        fault={faults.email}
        maxLength={254}
      />
      <fieldset class="role-pick">
        <legend>{f.role}</legend>
        {userRoles
          .filter(role => manages(own, role))
          .map(role => (
            <label class="radio" key={role}>
              <input
                type="radio"
                name={group}
                checked={draft.role === role}
                onChange={() => onDraft({ ...draft, role })}
              />
              <b>{t.users.roles[role].word}</b>
              <span>{t.users.roles[role].does}</span>
            </label>
          ))}
        {oidc && <p class="dim small">{t.users.roleByList}</p>}
      </fieldset>
    </>
  )
}
