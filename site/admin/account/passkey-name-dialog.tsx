import { useState } from 'preact/hooks'
import type { CeremonyEnd } from '../../lib/ceremony-end.ts'
import type { Fault } from '../forms/faults.ts'
import { CeremonyNote } from '../sign-in/ceremony-note.tsx'
import { useCeremony } from '../sign-in/use-ceremony.ts'
import { t } from '../text.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { focusFault } from '../ui/focus-fault.ts'

interface PasskeyNameDialogProps {
  title: string
  says?: string
  word: string
  busyWord?: string
  /** The name to begin with. */
  name: string
  /** Answers how the browser ended it, or null when it is done. */
  act: (name: string) => Promise<CeremonyEnd | null>
  onClose: () => void
}

/** Names a passkey: a new one, which the device then makes, or one that is there. */
export function PasskeyNameDialog({
  title,
  says,
  word,
  busyWord,
  name: first,
  act,
  onClose,
}: PasskeyNameDialogProps) {
  const { busy, note, run } = useCeremony()
  const [name, setName] = useState(first)
  const [fault, setFault] = useState<Fault | undefined>()
  function submit() {
    if (name.trim() === '') {
      setFault({ is: 'empty' })
      return focusFault()
    }
    void run(async () => {
      const end = await act(name.trim())
      if (end === null) onClose()
      return end
    })
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button kind="primary" type="submit" disabled={busy}>
            {busy ? (busyWord ?? word) : word}
          </Button>
        </>
      }
    >
      {says && <p>{says}</p>}
      <TextField
        label={t.settings.passkeys.name}
        hint={t.settings.passkeys.nameHint}
        value={name}
        onValue={value => {
          setName(value)
          setFault(undefined)
        }}
        fault={fault}
        maxLength={60}
        first
      />
      <CeremonyNote note={note} cancelled={t.settings.passkeys.cancelled} />
    </Dialog>
  )
}
