import { useMaking } from '../forms/use-making.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { announce } from '../ui/announce.tsx'
import { TextField } from '../ui/field.tsx'
import { MakingDialog } from '../ui/making-dialog.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { type BlockDraft, blockFaults, emptyBlockDraft, lasts, newBlockBody } from './block-draft.ts'

/** Blocks an address or a network. */
export function BlockDialog({ onClose, onMade }: { onClose: () => void; onMade: () => void }) {
  const making = useMaking({
    empty: emptyBlockDraft,
    check: blockFaults,
    async make(draft) {
      const { block } = await api.addBlock(newBlockBody(draft, Date.now()))
      announce(t.blocks.added(block))
      onClose()
      onMade()
    },
  })
  const { draft, faults } = making
  const set = (change: Partial<BlockDraft>) => making.setDraft({ ...draft, ...change })

  return (
    <MakingDialog title={t.blocks.new} word={t.blocks.make} making={making} onClose={onClose}>
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
    </MakingDialog>
  )
}
