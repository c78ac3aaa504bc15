import { useEffect, useState } from 'preact/hooks'
import type { LinkPurpose } from '../api/client.ts'
import { type ApiFailure, asFailure } from '../api/failure.ts'
import { goInstead } from '../route.ts'
import { api, check } from '../session.ts'
import { Door } from '../sign-in/door.tsx'
import { t } from '../text.ts'
import { Button } from '../ui/button.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { GuestReady } from './guest-ready.tsx'
import { MakePasskey } from './make-passkey.tsx'
import { linkSecret } from './secret.ts'

/** Where a one-time link leads: what it is for, and a passkey. */
export function WelcomePage() {
  const secret = linkSecret.value
  return secret === null ? (
    <NoLink title={t.welcome.noSecret} says={t.welcome.noSecretSay} />
  ) : (
    <Opened key={secret} secret={secret} />
  )
}

function Opened({ secret }: { secret: string }) {
  const [purpose, setPurpose] = useState<LinkPurpose | null>(null)
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const [guest, setGuest] = useState(false)
  async function load() {
    setFailure(null)
    await api.linkPurpose(secret).then(setPurpose, e => setFailure(asFailure(e)))
  }
  useEffect(() => void load(), [])

  if (guest) return <GuestReady />
  if (failure?.status === 404) return <NoLink title={t.welcome.gone} says={t.welcome.goneSay} next />
  if (failure)
    return (
      <Door>
        <h1>{t.welcome.notChecked}</h1>
        <FailureNote failure={failure} />
        <Button kind="primary" large wide onClick={() => void load()}>
          {t.tryAgain}
        </Button>
      </Door>
    )
  if (!purpose)
    return (
      <Door>
        <p role="status">{t.welcome.checking}</p>
      </Door>
    )
  return (
    <MakePasskey
      secret={secret}
      purpose={purpose}
      onGone={setFailure}
      onDone={user => {
        linkSecret.value = user.role === 'guest' ? secret : null
        if (user.role === 'guest') return setGuest(true)
        goInstead({ page: 'rooms' })
        void check()
      }}
    />
  )
}

/** A link that opens nothing, and how to come by one that does. */
function NoLink({ title, says, next }: { title: string; says: string; next?: boolean }) {
  return (
    <Door>
      <h1>{title}</h1>
      <p role="alert">{says}</p>
      {next && (
        <ul class="ways">
          {t.welcome.goneNext.map(way => (
            <li key={way}>{way}</li>
          ))}
        </ul>
      )}
      <Button
        large
        wide
        onClick={() => {
          goInstead({ page: 'rooms' })
          void check()
        }}
      >
        {t.welcome.signIn}
      </Button>
    </Door>
  )
}
