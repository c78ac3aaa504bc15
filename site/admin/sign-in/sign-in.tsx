import type { AuthenticationResponseJSON } from '@simplewebauthn/browser'
import { useEffect, useState } from 'preact/hooks'
import { askPasskey, knowsAutofill, passkeysMissing } from '../../lib/passkeys.ts'
import type { Methods } from '../api/client.ts'
import { asFailure } from '../api/failure.ts'
import { api, check, type SessionState } from '../session.ts'
import { t } from '../text.ts'
import { Button } from '../ui/button.tsx'
import { FailureNote, sayFailure } from '../ui/failure-note.tsx'
import { Glyph } from '../ui/glyph.tsx'
import { askOptions } from './ask.ts'
import { CeremonyNote } from './ceremony-note.tsx'
import { Door } from './door.tsx'
import { PasskeyField } from './passkey-field.tsx'
import { ProviderButton } from './provider-button.tsx'
import { useCeremony } from './use-ceremony.ts'

/** The door of the admin, and what it says before it is known who knocks. */
export function SignIn({ state }: { state: Exclude<SessionState, { is: 'signed-in' }> }) {
  if (state.is === 'signed-out') return <Ways because={state.because} />
  if (state.is === 'checking')
    return (
      <Door>
        <p role="status">{t.signIn.checking}</p>
      </Door>
    )
  return (
    <Door>
      <h1>{t.signIn.unreached}</h1>
      <p role="alert">{sayFailure(state.failure)}</p>
      <Button kind="primary" large wide onClick={() => void check()}>
        {t.tryAgain}
      </Button>
    </Door>
  )
}

/** The ways to sign in: a passkey, and the sign-in provider if there is one. */
function Ways({ because }: { because: 'ended' | null }) {
  const { busy, note, run } = useCeremony()
  const [autofill, setAutofill] = useState(false)
  const { methods, failure, load } = useMethods()
  const without = passkeysMissing()
  useEffect(() => void knowsAutofill().then(setAutofill), [])

  async function enter(response: AuthenticationResponseJSON) {
    await api.signIn(response)
    await check()
    return null
  }
  const ask = () =>
    run(async () => {
      if (failure) void load()
      const asked = await askPasskey(await askOptions())
      return 'end' in asked ? asked.end : enter(asked.done)
    })

  return (
    <Door foot={t.signIn.lost}>
      <h1>{t.signIn.title}</h1>
      {because && !note && (
        <p class="refusal" role="status">
          <Glyph is="unknown" />
          <span>{t.signIn.ended}</span>
        </p>
      )}
      <CeremonyNote note={note} cancelled={t.signIn.cancelled} />
      {!note && <FailureNote failure={failure} />}
      {without ? (
        <p role="alert">{t.passkeys.missing[without]}</p>
      ) : (
        <form
          class="stack"
          noValidate
          onSubmit={event => {
            event.preventDefault()
            void ask()
          }}
        >
          {!note && !because && !failure && <p>{t.signIn.lead}</p>}
          <Button kind="primary" large wide type="submit" icon="passkey" disabled={busy}>
            {busy ? t.signIn.working : note ? t.tryAgain : t.signIn.passkey}
          </Button>
          {methods?.oidc && <ProviderButton name={methods.oidc.name} />}
          {/* After a refusal the button alone: the browser must not offer the refused one by itself again. */}
          {autofill && note?.is !== 'failed' && (
            <PasskeyField armed={!busy} onChosen={response => void run(() => enter(response))} />
          )}
        </form>
      )}
      {without && methods?.oidc && <ProviderButton name={methods.oidc.name} primary />}
    </Door>
  )
}

/** What can be signed in with; a passkey always, so the page does not wait for it. */
function useMethods() {
  const [methods, setMethods] = useState<Methods | null>(null)
  const [failure, setFailure] = useState<ReturnType<typeof asFailure> | null>(null)
  async function load() {
    setFailure(null)
    await api.methods().then(setMethods, e => setFailure(asFailure(e)))
  }
  useEffect(() => void load(), [])
  return { methods, failure, load }
}
