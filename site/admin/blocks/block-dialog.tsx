import { useState } from 'preact/hooks'
import { type ApiFailure, asFailure } from '../api/failure.ts'
import { type Faults, faultsOf } from '../forms/faults.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { TextField } from '../ui/field.tsx'
import { focusFault } from '../ui/focus-fault.ts'
import { Segmented } from '../ui/segmented.tsx'
import { type BlockDraft, blockFaults, emptyBlockDraft, lasts, newBlockBody } from './block-draft.ts'

/** Blocks an address or a network. */
export function BlockDialog({ onClose, onMade }: { onClose: () => void; onMade: () => void }) {
  const [draft, setDraft] = useState(emptyBlockDraft)
  const [faults, setFaults] = useState<Faults>({})
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const [busy, setBusy] = useState(false)
  const set = (change: Partial<BlockDraft>) => {
    setDraft({ ...draft, ...change })
    setFaults({})
    setFailure(null)
  }

  async function add() {
    if (busy) return
    const found = blockFaults(draft)
    setFaults(found)
    setFailure(null)
    if (Object.keys(found).length > 0) return focusFault()
    setBusy(true)
    try {
      const { block } = await api.addBlock(newBlockBody(draft, Date.now()))
      announce(t.blocks.added(block))
      onClose()
      onMade()
    } catch (e) {
      const refused = asFailure(e)
      setFaults(faultsOf(refused.fields))
      setFailure(refused.fields.length > 0 ? null : refused)
      setBusy(false)
      focusFault()
    }
  }

  return (
    <Dialog
      title={t.blocks.new}
      onClose={onClose}
      onSubmit={add}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button kind="primary" type="submit" disabled={busy}>
            {t.blocks.make}
          </Button>
        </>
      }
    >
      <TextField
        label={t.blocks.fields.block}
        hint={t.blocks.blockHint}
        value={draft.block}
        onValue={block => set({ block })}
        fault={faults.block}
        maxLength={49}
        mono
        first
      />
      <TextField
        label={t.blocks.fields.reason}
        hint={t.blocks.reasonHint}
        value={draft.reason}
        onValue={reason => set({ reason })}
        fault={faults.reason}
        maxLength={200}
      />
      <div class="field">
        <span class="label" aria-hidden="true">
          {t.blocks.fields.until}
        </span>
        <div>
          <Segmented
            label={t.blocks.fields.until}
            value={draft.lasts}
            choices={lasts.map(value => ({ value, word: t.blocks.lasts[value] }))}
            onValue={value => set({ lasts: value })}
          />
        </div>
      </div>
      <p class="small">{t.blocks.does}</p>
      <FailureNote failure={failure} />
    </Dialog>
  )
}
