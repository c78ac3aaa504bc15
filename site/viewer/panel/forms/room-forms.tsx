import { panel } from '../text.ts'
import { LineField } from './line-field.tsx'
import { PanelForm, typed } from './panel-form.tsx'
import type { FormProps } from './person-forms.tsx'

const t = panel.forms

/** Nobody new comes in, and why. */
export function LockForm({ acting, close }: FormProps) {
  async function submit(fields: FormData) {
    const message = typed(fields, 'message')
    if (await acting.act({ type: 'room.lock', ...(message === undefined ? {} : { message }) })) close()
  }
  const { title, says, message, messageHint, send } = t.lock
  return (
    <PanelForm title={title} says={says} send={send} busy={acting.busy} submit={submit} close={close}>
      <LineField name="message" label={message} hint={messageHint} maxLength={500} />
    </PanelForm>
  )
}

/** Words for everybody. */
export function WallForm({ acting, close }: FormProps) {
  async function submit(fields: FormData) {
    const text = typed(fields, 'text')
    if (text !== undefined && (await acting.act({ type: 'wall', text }, panel.people.done.wall))) close()
  }
  const { title, says, text, send } = t.wall
  return (
    <PanelForm title={title} says={says} send={send} busy={acting.busy} submit={submit} close={close}>
      <LineField name="text" label={text} maxLength={1000} long />
    </PanelForm>
  )
}

/** The end of the review, for all. */
export function EndForm({ acting, close }: FormProps) {
  async function submit() {
    if (await acting.act({ type: 'room.end' })) close()
  }
  const { title, says, send } = t.end
  return <PanelForm title={title} says={says} send={send} busy={acting.busy} submit={submit} close={close} />
}
