import { useEffect, useRef, useState } from 'preact/hooks'
import type { Fault } from '../forms/faults.ts'
import { check, type SessionState, signIn, signOut } from '../session.ts'
import { shared, t } from '../text.ts'
import { tokenFromTyping } from '../token.ts'
import { Button } from '../ui/button.tsx'
import { sayFailure } from '../ui/failure-note.tsx'
import { TextField } from '../ui/field.tsx'
import { Glyph } from '../ui/glyph.tsx'
import { MarkIcon } from '../ui/icon.tsx'

/** The door: a token, until passkeys take its place. */
export function SignIn({ state }: { state: Exclude<SessionState, { is: 'signed-in' }> }) {
  return (
    <main class="sign-in">
      <div class="box">
        <span class="mark">
          <MarkIcon />
          {shared.product}
        </span>
        <div class="stack">
          {state.is === 'checking' && <p role="status">{t.signIn.checking}</p>}
          {state.is === 'unreached' && (
            <>
              <h1>{t.signIn.unreached}</h1>
              <p role="alert">{sayFailure(state.failure)}</p>
              <Button kind="primary" large wide onClick={() => void check()}>
                {t.tryAgain}
              </Button>
              <Button kind="ghost" onClick={signOut}>
                {t.signIn.otherToken}
              </Button>
            </>
          )}
          {state.is === 'signed-out' && <TokenForm because={state.because} />}
        </div>
        {state.is === 'signed-out' && <p class="dim small">{t.signIn.where}</p>}
      </div>
    </main>
  )
}

function TokenForm({ because }: { because: 'wrong-token' | 'token-ended' | null }) {
  const [typed, setTyped] = useState('')
  const [fault, setFault] = useState<Fault | undefined>()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector('input')?.focus(), [])
  return (
    <form
      class="stack"
      ref={form}
      noValidate
      onSubmit={event => {
        event.preventDefault()
        const token = tokenFromTyping(typed)
        if (token === '') setFault({ is: 'empty' })
        else void signIn(token)
      }}
    >
      <h1>{t.signIn.title}</h1>
      {because && (
        <p class="refusal" role="alert">
          <Glyph is={because === 'wrong-token' ? 'poor' : 'unknown'} />
          <span>{because === 'wrong-token' ? t.signIn.wrong : t.signIn.ended}</span>
        </p>
      )}
      <TextField
        label={t.signIn.token}
        hint={t.signIn.hint}
        fault={fault}
        type="password"
        large
        mono
        value={typed}
        onValue={value => {
          setTyped(value)
          setFault(undefined)
        }}
      />
      <Button kind="primary" large wide type="submit" icon="key">
        {t.signIn.go}
      </Button>
    </form>
  )
}
