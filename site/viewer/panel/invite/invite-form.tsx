import { useId, useState } from 'preact/hooks'
import type { Invitation } from '../../../../worker/invitations/schema.ts'
import type { Grant, Role } from '../../../lib/roles.ts'
import { LineField, TickField } from '../forms/line-field.tsx'
import { PanelForm } from '../forms/panel-form.tsx'
import { rolesToGive } from '../people/may.ts'
import { panel } from '../text.ts'
import { askedFor, firstRole, type Life, lifeNames, localInput, USUAL_LIFE } from './draft.ts'
import { Fault } from './fault.tsx'
import type { Links } from './links-api.ts'
import { sayFailure } from './say-failure.ts'
import { TimeField } from './time-field.tsx'

const t = panel.invite

interface InviteFormProps {
  /** What the person who invites holds. */
  own: readonly Grant[]
  /** The server's clock, in ms. */
  now(): number
  links: Links
  made(link: Invitation): void
  /** Leads to the links that there are. */
  all(): void
  close(): void
}

/** Whom a link is for, as what, and for how long. What one does not hold oneself is not offered. */
export function InviteForm({ own, now, links, made, all, close }: InviteFormProps) {
  const [life, choose] = useState<Life>(USUAL_LIFE)
  const [busy, setBusy] = useState(false)
  const [fault, tell] = useState<string | null>(null)
  const id = useId()
  const roles = rolesToGive(own)

  async function submit(fields: FormData) {
    const text = (name: string) => String(fields.get(name) ?? '')
    const asked = askedFor(
      {
        name: text('name'),
        role: text('role') as Role,
        from: text('from'),
        life,
        until: text('until'),
        subrooms: fields.has('subrooms'),
      },
      now(),
    )
    if ('fault' in asked) return tell(t.faults[asked.fault])
    setBusy(true)
    const answer = await links.make(asked.link)
    setBusy(false)
    if (typeof answer === 'object' && 'ok' in answer) made(answer.ok)
    else tell(sayFailure(answer))
  }

  return (
    <PanelForm title={t.title} says={t.says} send={t.send} busy={busy} submit={submit} close={close}>
      <LineField name="name" label={t.name} hint={t.nameHint} maxLength={80} />
      <fieldset class="choices">
        <legend class="label">{t.role}</legend>
        {roles.map(role => (
          <label key={role} class="check radio">
            <input type="radio" name="role" value={role} defaultChecked={role === firstRole(roles)} />
            {panel.people.roles[role]}
          </label>
        ))}
      </fieldset>
      <TimeField name="from" label={t.from} hint={t.fromHint} optional />
      <div class="field">
        <label for={id}>{t.life}</label>
        <select
          id={id}
          class="input"
          value={life}
          onChange={event => choose(event.currentTarget.value as Life)}
        >
          {lifeNames.map(name => (
            <option key={name} value={name}>
              {t.lives[name]}
            </option>
          ))}
        </select>
      </div>
      {life === 'date' && (
        <TimeField name="until" label={t.until} hint={t.untilHint} value={localInput(now() + 86_400_000)} />
      )}
      {own.includes('op') && <TickField name="subrooms" label={t.subrooms} says={t.subroomsSays} />}
      <Fault says={fault} />
      <button type="button" class="button ghost" onClick={all}>
        {t.all}
      </button>
    </PanelForm>
  )
}
