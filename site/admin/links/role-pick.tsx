import { useId } from 'preact/hooks'
import { type Grant, grantNames, presetGrants, rolePresets } from '../../lib/roles.ts'
import { t } from '../text.ts'
import { joinGrants, type LinkDraft, splitGrants } from './link-draft.ts'

interface RolePickProps {
  draft: LinkDraft
  onDraft: (change: Partial<LinkDraft>) => void
}

/** What the link's holder may do: a preset, or grants one by one, starting from the preset chosen before. */
export function RolePick({ draft, onDraft }: RolePickProps) {
  const name = useId()
  const grants = splitGrants(draft.grants)
  const toggle = (grant: Grant, on: boolean) =>
    onDraft({ grants: joinGrants(on ? [...grants, grant] : grants.filter(g => g !== grant)) })
  return (
    <fieldset class="role-pick">
      <legend>{t.links.fields.role}</legend>
      {[...rolePresets, 'custom' as const].map(role => (
        <label class="radio" key={role}>
          <input
            type="radio"
            name={name}
            checked={draft.role === role}
            onChange={() =>
              onDraft(
                role === 'custom' && draft.role !== 'custom'
                  ? { role, grants: joinGrants(presetGrants[draft.role]) }
                  : { role },
              )
            }
          />
          <b>{t.links.roles[role].word}</b>
          <span>{t.links.roles[role].does}</span>
        </label>
      ))}
      {draft.role === 'custom' && (
        <div class="grants">
          {grantNames.map(grant => (
            <label class="check" key={grant} title={t.links.grants[grant].does}>
              <input
                type="checkbox"
                checked={grants.includes(grant)}
                onChange={e => toggle(grant, e.currentTarget.checked)}
              />
              {t.links.grants[grant].word}
            </label>
          ))}
        </div>
      )}
    </fieldset>
  )
}
