import type { Link } from '../api/client.ts'
import { t } from '../text.ts'
import { Button } from '../ui/button.tsx'
import { CopyField } from '../ui/copy-field.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Status } from '../ui/glyph.tsx'
import { showPin } from './pin.ts'

interface LinkReadyProps {
  link: Link
  /** Known only now: the server keeps no PIN that can be read. */
  pin: string | null
  copied: boolean
  onClose: () => void
}

/** What to send to the person the link is for. */
export function LinkReady({ link, pin, copied, onClose }: LinkReadyProps) {
  return (
    <Dialog
      title={t.links.ready(link.label)}
      onClose={onClose}
      onSubmit={onClose}
      footer={
        <Button kind="primary" type="submit">
          {t.done}
        </Button>
      }
    >
      <p>{copied ? <Status is="good">{t.links.readyCopied}</Status> : t.links.readyNotCopied}</p>
      {link.url !== null && <CopyField label={t.links.link} value={link.url} />}
      {pin !== null && (
        <>
          <CopyField label={t.links.fields.pin} value={showPin(pin)} text={pin} />
          <p class="dim small">{t.links.pinOnce}</p>
        </>
      )}
    </Dialog>
  )
}
