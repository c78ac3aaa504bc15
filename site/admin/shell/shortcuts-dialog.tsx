import { t } from '../text.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

/** What the keyboard does, on `?`. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog
      title={t.keys.title}
      onClose={onClose}
      onSubmit={onClose}
      footer={
        <Button kind="primary" type="submit">
          {t.close}
        </Button>
      }
    >
      <dl class="kv">
        {t.keys.list.map(([keys, does]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
