import type { ComponentChildren } from 'preact'
import type { Making } from '../forms/use-making.ts'
import { t } from '../text.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { FailureNote } from './failure-note.tsx'

interface MakingDialogProps {
  title: string
  /** On the button that makes it. */
  word: string
  making: Pick<Making<unknown>, 'failure' | 'busy' | 'submit'>
  onClose: () => void
  children: ComponentChildren
}

/** The frame of every form that makes something new. */
export function MakingDialog({ title, word, making, onClose, children }: MakingDialogProps) {
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={making.submit}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button kind="primary" type="submit" disabled={making.busy}>
            {word}
          </Button>
        </>
      }
    >
      {children}
      <FailureNote failure={making.failure} />
    </Dialog>
  )
}
