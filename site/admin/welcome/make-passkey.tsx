import { useEffect, useRef, useState } from 'preact/hooks'
import { makePasskey, passkeysMissing } from '../../lib/passkeys.ts'
import { browserName } from '../account/browser-name.ts'
import type { LinkPurpose, SignedInUser } from '../api/client.ts'
import { type ApiFailure, asFailure } from '../api/failure.ts'
import type { Fault } from '../forms/faults.ts'
import { api } from '../session.ts'
import { CeremonyNote } from '../sign-in/ceremony-note.tsx'
import { Door } from '../sign-in/door.tsx'
import { useCeremony } from '../sign-in/use-ceremony.ts'
import { t } from '../text.ts'
import { here } from '../time/clock.ts'
import { sayDuration } from '../time/say.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'

interface MakePasskeyProps {
  secret: string
  purpose: LinkPurpose
  /** The link stopped working meanwhile. */
  onGone: (failure: ApiFailure) => void
  onDone: (user: SignedInUser) => void
}

/** Makes the passkey a one-time link is for. The owner to be says how they are called; everybody else has a name. */
export function MakePasskey({ secret, purpose, onGone, onDone }: MakePasskeyProps) {
  const { busy, note, run } = useCeremony()
  const [name, setName] = useState('')
  const [fault, setFault] = useState<Fault | undefined>()
  const setup = purpose.kind === 'setup'
  const left = sayDuration(Date.parse(purpose.expiresAt) - here().now)
  const without = passkeysMissing()

  const form = useRef<HTMLFormElement>(null)
  const focusName = () => form.current?.querySelector('input')?.focus()
  useEffect(focusName, [])

  function create() {
    if (setup && name.trim() === '') {
      setFault({ is: 'empty' })
      return focusName()
    }
    void run(async () => {
      try {
        const options = await api.linkOptions(secret, setup ? name.trim() : undefined)
        const made = await makePasskey(options)
        if ('end' in made) return made.end
        onDone(
          await api.finishLink(secret, browserName(navigator.userAgent) ?? t.passkeys.unnamed, made.done),
        )
        return null
      } catch (e) {
        const failure = asFailure(e)
        if (failure.status !== 404) throw failure
        onGone(failure)
        return null
      }
    })
  }

  return (
    <Door foot={setup ? t.welcome.setupFoot : t.welcome.foot}>
      <h1>{t.welcome.titles[purpose.kind](purpose.role, purpose.name ?? '')}</h1>
      <p>{t.welcome.says[purpose.kind](left, purpose.name ?? '')}</p>
      {without ? (
        <p role="alert">{t.passkeys.missing[without]}</p>
      ) : (
        <form
          class="stack"
          ref={form}
          noValidate
          onSubmit={event => {
            event.preventDefault()
            create()
          }}
        >
          {setup && (
            <TextField
              label={t.welcome.name}
              value={name}
              onValue={value => {
                setName(value)
                setFault(undefined)
              }}
              fault={fault}
              maxLength={80}
              large
            />
          )}
          <CeremonyNote note={note} cancelled={t.welcome.cancelled} />
          <Button kind="primary" large wide type="submit" icon="passkey" disabled={busy}>
            {busy ? t.passkeys.making : note ? t.tryAgain : t.passkeys.create}
          </Button>
        </form>
      )}
    </Door>
  )
}
