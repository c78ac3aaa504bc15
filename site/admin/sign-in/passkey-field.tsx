import type { AuthenticationResponseJSON } from '@simplewebauthn/browser'
import { useEffect, useRef } from 'preact/hooks'
import { askPasskey, stopAsking } from '../../lib/passkeys.ts'
import { startPoll } from '../api/poll.ts'
import { t } from '../text.ts'
import { Field } from '../ui/field.tsx'
import { askOptions } from './ask.ts'

/** A challenge is good for five minutes; an open page has one that is good for a while longer. In ms. */
const RENEW = 240_000

interface PasskeyFieldProps {
  /** Not while a passkey is being asked for otherwise. */
  armed: boolean
  onChosen: (response: AuthenticationResponseJSON) => void
}

/** A field in which the browser offers the passkeys it has, as it does with names and passwords. */
export function PasskeyField({ armed, onChosen }: PasskeyFieldProps) {
  const chosen = useRef(onChosen)
  chosen.current = onChosen
  useEffect(() => {
    if (!armed) return
    let over = false
    const poll = startPoll(
      async () => {
        const options = await askOptions()
        if (over) return
        void askPasskey(options, true).then(asked => {
          if (!over && 'done' in asked) chosen.current(asked.done)
        })
      },
      { every: RENEW },
    )
    return () => {
      over = true
      poll.stop()
    }
  }, [armed])
  // Only with the page itself: what is asked for in between ends it anyway, and must not be ended with it.
  useEffect(() => stopAsking, [])
  return (
    <Field label={t.signIn.field}>
      {control => (
        <input
          {...control}
          class="input large"
          type="text"
          placeholder={t.signIn.fieldSays}
          name="username"
          autocomplete="username webauthn"
          autocapitalize="off"
          spellcheck={false}
        />
      )}
    </Field>
  )
}
