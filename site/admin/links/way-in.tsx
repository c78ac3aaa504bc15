import type { Invite } from '../api/client.ts'
import type { Fault } from '../forms/faults.ts'
import { t } from '../text.ts'
import { Field, TextField } from '../ui/field.tsx'
import { Segmented } from '../ui/segmented.tsx'
import type { LinkDraft } from './link-draft.ts'

const ways = ['link', 'sign-in'] as const satisfies readonly LinkDraft['way'][]
const kinds = ['email', 'domain', 'group'] as const satisfies readonly Invite['kind'][]

interface WayInProps {
  draft: LinkDraft
  onDraft: (change: Partial<LinkDraft>) => void
  fault: Fault | undefined
}

/** Who gets in: whoever has the link, or people who sign in and stand on the list. */
export function WayIn({ draft, onDraft, fault }: WayInProps) {
  const w = t.links.ways
  return (
    <>
      <div class="field">
        <span class="label" aria-hidden="true">
          {w.label}
        </span>
        <div>
          <Segmented
            label={w.label}
            value={draft.way}
            choices={ways.map(value => ({ value, word: w.words[value] }))}
            onValue={way => onDraft({ way })}
          />
        </div>
        <span class="hint">{w.does[draft.way]}</span>
      </div>
      {draft.way === 'sign-in' && (
        <div class="two">
          <Field label={t.links.fields.inviteKind}>
            {control => (
              <select
                {...control}
                class="input"
                value={draft.inviteKind}
                onChange={e => onDraft({ inviteKind: e.currentTarget.value as Invite['kind'] })}
              >
                {kinds.map(kind => (
                  <option key={kind} value={kind}>
                    {w.kinds[kind].word}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <TextField
            label={w.kinds[draft.inviteKind].word}
            hint={w.kinds[draft.inviteKind].help}
            placeholder={w.kinds[draft.inviteKind].sample}
            value={draft.inviteValue}
            onValue={inviteValue => onDraft({ inviteValue })}
            fault={fault}
            maxLength={256}
          />
        </div>
      )}
    </>
  )
}
