import type { Person } from '../../../../worker/live/protocol.ts'
import { grantNames, type Role } from '../../../lib/roles.ts'
import type { Live } from '../../live/room-store.ts'
import { rolesToGive } from '../people/may.ts'
import { panel } from '../text.ts'
import { PanelForm } from './panel-form.tsx'
import type { FormProps } from './person-forms.tsx'

const t = panel.forms.rights
const { roles } = panel.people

/** Role and single permissions of somebody, each changed at once. What one does not hold oneself is not offered. */
export function RightsForm({ live, id, acting, close }: FormProps & { live: Live; id: string }) {
  const person = live.people.value.find(other => other.id === id)
  const own = live.you.value?.permissions ?? []
  if (!person) return null
  return (
    <PanelForm title={t.title(person.name)} says={t.says} send={null} close={close}>
      <fieldset class="choices">
        <legend class="label">{t.role}</legend>
        {rolesToGive(own).map(role => (
          <RoleChoice key={role} role={role} person={person} acting={acting} />
        ))}
      </fieldset>
      <fieldset class="choices">
        <legend class="label">{t.single}</legend>
        {grantNames
          .filter(grant => own.includes(grant))
          .map(permission => (
            <label key={permission} class="check">
              <input
                type="checkbox"
                checked={person.permissions.includes(permission)}
                onClick={event => {
                  // Shown when the room has said it.
                  event.preventDefault()
                  const held = !person.permissions.includes(permission)
                  acting.act({ type: 'person.permit', id, permission, held })
                }}
              />
              {t.grants[permission]}
            </label>
          ))}
      </fieldset>
    </PanelForm>
  )
}

function RoleChoice({ role, person, acting }: { role: Role; person: Person; acting: FormProps['acting'] }) {
  return (
    <label class="check radio">
      <input
        type="radio"
        name="role"
        checked={person.role === role}
        onChange={() => acting.act({ type: 'person.role', id: person.id, role })}
      />
      {roles[role]}
    </label>
  )
}
