import type { Person } from '../../../../worker/live/protocol.ts'
import type { Acting } from '../people/use-act.ts'
import { panel } from '../text.ts'
import { LineField, TickField } from './line-field.tsx'
import { PanelForm, typed } from './panel-form.tsx'

const t = panel.forms
const { done } = panel.people

export interface FormProps {
  acting: Acting
  close(): void
}

/** Removing somebody, and what else is to be closed behind them. */
export function RemoveForm({ person, acting, close }: FormProps & { person: Person }) {
  async function submit(fields: FormData) {
    const reason = typed(fields, 'reason')
    const ban = (['link', 'address'] as const).filter(what => fields.has(what))
    const removed = await acting.act(
      {
        type: 'person.kick',
        id: person.id,
        ...(reason === undefined ? {} : { reason }),
        ...(ban.length ? { ban } : {}),
      },
      done.remove(person.name),
    )
    if (removed) close()
  }
  const { title, says, reasonHint, link, linkSays, address, addressSays, send } = t.remove
  return (
    <PanelForm
      title={title(person.name)}
      says={says}
      send={send}
      busy={acting.busy}
      submit={submit}
      close={close}
    >
      <LineField name="reason" label={t.reason} hint={reasonHint} maxLength={200} />
      <TickField name="link" label={link} says={linkSays} />
      <TickField name="address" label={address} says={addressSays} />
    </PanelForm>
  )
}

/** Words for one person alone. */
export function WarnForm({ person, acting, close }: FormProps & { person: Person }) {
  async function submit(fields: FormData) {
    const text = typed(fields, 'text')
    if (text === undefined) return
    const warned = await acting.act({ type: 'person.warn', id: person.id, text }, done.warn(person.name))
    if (warned) close()
  }
  const { title, says, text, send } = t.warn
  return (
    <PanelForm
      title={title(person.name)}
      says={says}
      send={send}
      busy={acting.busy}
      submit={submit}
      close={close}
    >
      <LineField name="text" label={text} maxLength={1000} long />
    </PanelForm>
  )
}

/** The link that somebody came through, closed for all. */
export function CloseLinkForm({ person, acting, close }: FormProps & { person: Person }) {
  async function submit() {
    if (await acting.act({ type: 'link.close', of: person.id }, done.closeLink)) close()
  }
  const { title, says, send } = t.closeLink
  return (
    <PanelForm
      title={title(person.name)}
      says={says}
      send={send}
      busy={acting.busy}
      submit={submit}
      close={close}
    />
  )
}
