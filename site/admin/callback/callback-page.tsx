import { useEffect, useState } from 'preact/hooks'
import { keepFor } from '../../lib/keep.ts'
import { hasStarted, startedAt } from '../../lib/provider-start.ts'
import { ApiFailure, asFailure } from '../api/failure.ts'
import { goInstead } from '../route.ts'
import { api, check } from '../session.ts'
import { Door } from '../sign-in/door.tsx'
import { t } from '../text.ts'
import { Button } from '../ui/button.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { providerQuery } from './query.ts'

/** Where the sign-in provider sends people back to: on into the admin, or into the room they wanted to watch. */
export function CallbackPage() {
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  async function finish() {
    setFailure(null)
    try {
      const answer = await api.finishProvider(providerQuery())
      if (answer.next === 'room') {
        const { token, person } = answer.join
        keepFor({ slug: answer.slug, secret: null }).set({ token, name: person.name })
        location.replace(`/r/${encodeURIComponent(answer.slug)}`)
      } else {
        goInstead({ page: 'rooms' })
        await check()
      }
    } catch (e) {
      setFailure(asFailure(e))
    }
  }
  useEffect(() => {
    if (providerQuery() !== '' && !hasStarted()) return setFailure(new ApiFailure(403, 'sign_in_failed', ''))
    if (providerQuery() !== '') return void finish()
    goInstead({ page: 'rooms' })
    void check()
  }, [])

  if (!failure)
    return (
      <Door>
        <p role="status">{t.signIn.checking}</p>
      </Door>
    )
  const inRoom = startedAt() !== '/admin'
  return (
    <Door>
      <h1>{t.callback.title}</h1>
      {failure.code === 'not_invited' ? (
        <p role="alert">{inRoom ? t.callback.notInvitedToRoom : t.callback.notInvited}</p>
      ) : ['sign_in_failed', 'not_found'].includes(failure.code) ? (
        <p role="alert">{t.callback.refused}</p>
      ) : (
        <FailureNote failure={failure} />
      )}
      <Button
        kind="primary"
        large
        wide
        onClick={() => (failure.passing ? void finish() : location.replace(startedAt()))}
      >
        {failure.passing ? t.tryAgain : inRoom ? t.callback.backToRoom : t.callback.backToSignIn}
      </Button>
    </Door>
  )
}
