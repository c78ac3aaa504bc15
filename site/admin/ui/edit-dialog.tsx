import type { ComponentChildren } from 'preact'
import type { Draft } from '../forms/merge.ts'
import type { Edit } from '../forms/use-edit.ts'
import { t } from '../text.ts'
import { Button } from './button.tsx'
import { ChangesNote } from './changes-note.tsx'
import { Dialog } from './dialog.tsx'
import { FailureNote } from './failure-note.tsx'

interface EditDialogProps<D extends Draft> {
  title: string
  edit: Edit<D>
  onClose: () => void
  label: (field: keyof D) => string
  say: (field: keyof D, value: string | boolean) => string
  children: (draft: D) => ComponentChildren
}

/** The frame of every form that changes something: loading, what somebody else changed, refusals, Save. */
export function EditDialog<D extends Draft>({
  title,
  edit,
  onClose,
  label,
  say,
  children,
}: EditDialogProps<D>) {
  const { draft } = edit
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={draft ? edit.save : edit.load}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button kind="primary" type="submit" disabled={edit.busy}>
            {!draft && edit.failure ? t.tryAgain : t.save}
          </Button>
        </>
      }
    >
      {draft && (
        <ChangesNote
          changes={edit.changes}
          label={label}
          say={say}
          onTake={(field, value) => edit.setDraft({ ...draft, [field]: value })}
        />
      )}
      {draft ? children(draft) : !edit.failure && <p class="dim">{t.loading}</p>}
      <FailureNote failure={edit.failure} />
    </Dialog>
  )
}
