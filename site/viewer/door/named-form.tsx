import { useRef, useState } from 'preact/hooks'
import type { SignInWay } from '../sign-in-state.ts'
import { d } from './text.ts'

interface NamedFormProps {
  busy: boolean
  signIn(way: SignInWay): void
}

/** A name and a password for this room, and a new password for who wants one. */
export function PasswordForm({ busy, signIn }: NamedFormProps) {
  const name = useRef<HTMLInputElement>(null)
  const password = useRef<HTMLInputElement>(null)
  const fresh = useRef<HTMLInputElement>(null)
  const [changing, setChanging] = useState(false)
  const words = d.signIn.named

  const send = (event: SubmitEvent) => {
    event.preventDefault()
    if (busy) return
    const newPassword = changing ? (fresh.current?.value ?? '') : ''
    signIn({
      by: 'password',
      username: name.current?.value.trim() ?? '',
      password: password.current?.value ?? '',
      ...(newPassword ? { newPassword } : {}),
    })
  }

  return (
    <form onSubmit={send}>
      <div class="field">
        <label for="room-name">{d.form.name}</label>
        <input id="room-name" ref={name} class="input large" autocomplete="username" maxLength={80} />
      </div>
      <div class="field">
        <label for="room-password">{words.password}</label>
        <input
          id="room-password"
          ref={password}
          type="password"
          class="input large"
          autocomplete="current-password"
          maxLength={500}
        />
      </div>
      {changing && (
        <div class="field">
          <label for="room-new-password">{words.fresh}</label>
          <input
            id="room-new-password"
            ref={fresh}
            type="password"
            class="input large"
            autocomplete="new-password"
            required
            minLength={8}
            maxLength={500}
          />
        </div>
      )}
      <button type="submit" class="button large wide" aria-busy={busy}>
        {changing ? words.change : d.form.join}
      </button>
      {!changing && (
        <button type="button" class="button ghost" onClick={() => setChanging(true)}>
          {words.wantsChange}
        </button>
      )}
    </form>
  )
}

/** For a token that says what somebody may do and not who they are. */
export function NameForm({ token, busy, signIn }: NamedFormProps & { token: string }) {
  const name = useRef<HTMLInputElement>(null)
  const send = (event: SubmitEvent) => {
    event.preventDefault()
    if (!busy) signIn({ by: 'token', token, name: name.current?.value.trim() ?? '' })
  }
  return (
    <form onSubmit={send}>
      <div class="field">
        <label for="room-name">{d.form.name}</label>
        <input id="room-name" ref={name} class="input large" autocomplete="name" required maxLength={80} />
      </div>
      <button type="submit" class="button primary large wide" aria-busy={busy}>
        {d.form.join}
      </button>
    </form>
  )
}
