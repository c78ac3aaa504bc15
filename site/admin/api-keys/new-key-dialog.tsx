import { useId, useState } from 'preact/hooks'
import { copyText } from '../../lib/copy-text.ts'
import type { MadeApiKey, Session } from '../api/client.ts'
import type { Faults } from '../forms/faults.ts'
import { sayFault } from '../forms/say-fault.ts'
import { useMaking } from '../forms/use-making.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { readerZone } from '../time/zone.ts'
import { announce } from '../ui/announce.tsx'
import { TextField } from '../ui/field.tsx'
import { MakingDialog } from '../ui/making-dialog.tsx'
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
  const [made, setMade] = useState<{ made: MadeApiKey; copied: boolean } | null>(null)
  const g = t.settings.apiKeys

  const making = useMaking({
    empty: () => emptyKeyDraft(Date.now(), readerZone()),
    check: draft => keyFaults(draft, Date.now(), readerZone()),
    async make(draft) {
      const answer = await api.makeApiKey(newKeyBody(draft, readerZone()))
      const copied = await copyText(answer.secret)
      if (copied) announce(t.copy.done(g.ready(answer.key.name)))
      setMade({ made: answer, copied })
      onMade()
    },
  })
  const { draft, faults } = making
  const set = (change: Partial<KeyDraft>) => making.setDraft({ ...draft, ...change })
  if (made) return <KeyReady {...made} onClose={onClose} />
  return (
    <MakingDialog title={g.new} word={g.make} making={making} onClose={onClose}>
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
    </MakingDialog>
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
