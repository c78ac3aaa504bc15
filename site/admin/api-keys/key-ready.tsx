import type { MadeApiKey } from '../api/client.ts'
import { t } from '../text.ts'
import { Button } from '../ui/button.tsx'
import { CopyField } from '../ui/copy-field.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Status } from '../ui/glyph.tsx'

/** The key itself: the server keeps only what recognises it. */
export function KeyReady({ made, onClose }: { made: MadeApiKey; onClose: () => void }) {
  const g = t.settings.apiKeys
  return (
    <Dialog
      title={g.ready(made.key.name)}
      onClose={onClose}
      onSubmit={onClose}
      footer={
        <Button kind="primary" type="submit">
          {t.done}
        </Button>
      }
    >
      <p>
        <Status is="fair">{g.once}</Status>
      </p>
      <CopyField label={g.key} value={made.secret} />
      <p class="dim small">{g.how}</p>
    </Dialog>
  )
}
