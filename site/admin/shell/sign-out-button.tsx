import { useState } from 'preact/hooks'
import { type ApiFailure, asFailure } from '../api/failure.ts'
import { signOut } from '../session.ts'
import { t } from '../text.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FailureNote } from '../ui/failure-note.tsx'

/** The way out. While the server cannot be told, the session goes on, and this says so. */
export function SignOutButton({ kind }: { kind?: 'ghost' }) {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  async function leave() {
    setBusy(true)
    await signOut().catch(e => setFailure(asFailure(e)))
    setBusy(false)
  }
  return (
    <>
      <Button kind={kind} disabled={busy} onClick={() => void leave()}>
        {t.nav.signOut}
      </Button>
      {failure && (
        <Dialog
          title={t.nav.notSignedOut}
          onClose={() => setFailure(null)}
          onSubmit={() => setFailure(null)}
          footer={
            <Button kind="primary" type="submit">
              {t.close}
            </Button>
          }
        >
          <FailureNote failure={failure} />
        </Dialog>
      )}
    </>
  )
}
