import { useId, useState } from 'preact/hooks'
import { copyText } from '../../lib/copy-text.ts'
import type { MadeApiKey, Session } from '../api/client.ts'
import { type ApiFailure, asFailure } from '../api/failure.ts'
import { type Faults, faultsOf } from '../forms/faults.ts'
import { sayFault } from '../forms/say-fault.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { readerZone } from '../time/zone.ts'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { TextField } from '../ui/field.tsx'
import { focusFault } from '../ui/focus-fault.ts'
import { TimeField } from '../ui/time-field.tsx'
import { emptyKeyDraft, givable, type KeyDraft, keyFaults, newKeyBody, withRight } from './key-draft.ts'
import { KeyReady } from './key-ready.tsx'

interface NewKeyDialogProps {
  session: Session
  onClose: () => void
  onMade: () => void
}

/** Makes an API key and shows it, once. */
export function NewKeyDialog({ session, onClose, onMade }: NewKeyDialogProps) {
  const [draft, setDraft] = useState(() => emptyKeyDraft(Date.now(), readerZone()))
  const [faults, setFaults] = useState<Faults>({})
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const [busy, setBusy] = useState(false)
  const [made, setMade] = useState<{ made: MadeApiKey; copied: boolean } | null>(null)
  const g = t.settings.apiKeys

  async function make() {
    if (busy) return
    const found = keyFaults(draft, Date.now(), readerZone())
    setFaults(found)
    setFailure(null)
    if (Object.keys(found).length > 0) return focusFault()
    setBusy(true)
    try {
      const answer = await api.makeApiKey(newKeyBody(draft, readerZone()))
      const copied = await copyText(answer.secret)
      if (copied) announce(t.copy.done(g.ready(answer.key.name)))
      setMade({ made: answer, copied })
      onMade()
    } catch (e) {
      const refused = asFailure(e)
      setFaults(faultsOf(refused.fields))
      setFailure(refused.fields.length > 0 ? null : refused)
      focusFault()
    }
    setBusy(false)
  }

  const set = (change: Partial<KeyDraft>) => {
    setDraft({ ...draft, ...change })
    setFaults({})
  }
  if (made) return <KeyReady {...made} onClose={onClose} />
  return (
    <Dialog
      title={g.new}
      onClose={onClose}
      onSubmit={make}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button kind="primary" type="submit" disabled={busy}>
            {g.make}
          </Button>
        </>
      }
    >
      <TextField
        label={g.name}
        hint={g.nameHint}
        value={draft.name}
        onValue={name => set({ name })}
        fault={faults.name}
        maxLength={80}
        first
      />
      <RightsPick session={session} draft={draft} faults={faults} onDraft={set} />
      <TimeField
        label={g.columns.until}
        hint={g.untilHint}
        value={draft.expiresAt}
        onValue={expiresAt => set({ expiresAt })}
        fault={faults.expiresAt}
      />
      <FailureNote failure={failure} />
    </Dialog>
  )
}

interface RightsPickProps {
  session: Session
  draft: KeyDraft
  faults: Faults
  onDraft: (change: Partial<KeyDraft>) => void
}

/** What the key may do; nobody gives away more than they have. */
function RightsPick({ session, draft, faults, onDraft }: RightsPickProps) {
  const listed = givable(session.rights)
  const note = useId()
  const fault = faults.rights
  return (
    <fieldset class="role-pick" aria-describedby={fault ? note : undefined}>
      <legend>{t.settings.apiKeys.mayDo}</legend>
      {listed.map((right, index) => (
        <label class="radio right-pick" key={right}>
          <input
            type="checkbox"
            checked={draft.rights.includes(right)}
            // The first one takes the focus when none was chosen.
            aria-invalid={fault && index === 0 ? true : undefined}
            onChange={e =>
              onDraft({ rights: withRight(listed, draft.rights, right, e.currentTarget.checked) })
            }
          />
          <b>{t.settings.apiKeys.rights[right].word}</b>
          <span>{t.settings.apiKeys.rights[right].does}</span>
        </label>
      ))}
      {fault && (
        <span class="fault" id={note}>
          {sayFault(fault)}
        </span>
      )}
    </fieldset>
  )
}
