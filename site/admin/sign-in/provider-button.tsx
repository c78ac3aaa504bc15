import { useEffect, useState } from 'preact/hooks'
import { rememberStart } from '../../lib/provider-start.ts'
import { type ApiFailure, asFailure } from '../api/failure.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { Button } from '../ui/button.tsx'
import { FailureNote } from '../ui/failure-note.tsx'

/** Goes to the sign-in provider; its page sends the person back to `/auth/callback`. */
export function ProviderButton({ name, primary }: { name: string; primary?: boolean }) {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  // Whoever comes back without an answer may find the page as they left it.
  useEffect(() => {
    const back = () => setBusy(false)
    addEventListener('pageshow', back)
    return () => removeEventListener('pageshow', back)
  }, [])
  async function leave() {
    setBusy(true)
    setFailure(null)
    try {
      const address = await api.startProvider()
      rememberStart(null)
      location.assign(address)
    } catch (e) {
      setFailure(asFailure(e))
      setBusy(false)
    }
  }
  return (
    <>
      <Button kind={primary ? 'primary' : undefined} large wide disabled={busy} onClick={() => void leave()}>
        {t.signIn.provider(name)}
      </Button>
      <FailureNote failure={failure} />
    </>
  )
}
