import { useState } from 'preact/hooks'
import { type ApiFailure, asFailure } from '../api/failure.ts'
import { t } from '../text.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { FailureNote } from './failure-note.tsx'

interface ConfirmDialogProps {
  title: string
  /** What happens, in sentences. */
  says: readonly string[]
  /** The verb on the button. */
  word: string
  /** Red: only for ending a room. */
  danger?: boolean
  act: () => Promise<void>
  onClose: () => void
}

/** Asks before something that others notice, and says what they will notice. */
export function ConfirmDialog({ title, says, word, danger, act, onClose }: ConfirmDialogProps) {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  async function confirm() {
    if (busy) return
    setBusy(true)
    setFailure(null)
    try {
      await act()
      onClose()
    } catch (e) {
      setFailure(asFailure(e))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={confirm}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button kind={danger ? 'danger' : 'primary'} type="submit" disabled={busy}>
            {word}
          </Button>
        </>
      }
    >
      {says.map(sentence => (
        <p key={sentence}>{sentence}</p>
      ))}
      <FailureNote failure={failure} />
    </Dialog>
  )
}
