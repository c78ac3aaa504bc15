import type { MadeApiKey } from '../api/client.ts'
import { t } from '../text.ts'
import { Button } from '../ui/button.tsx'
import { CopyField } from '../ui/copy-field.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Status } from '../ui/glyph.tsx'

interface KeyReadyProps {
  made: MadeApiKey
  copied: boolean
  onClose: () => void
}

/** The key itself: the server keeps only what recognises it. */
export function KeyReady({ made, copied, onClose }: KeyReadyProps) {
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
      <p>{copied ? <Status is="good">{g.copied}</Status> : g.notCopied}</p>
      <CopyField label={g.key} value={made.secret} />
      <p class="small">{g.once}</p>
      <p class="dim small">{g.how}</p>
    </Dialog>
  )
}
