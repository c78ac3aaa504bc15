import type { Link } from '../api/client.ts'
import { t } from '../text.ts'
import { Button } from '../ui/button.tsx'
import { CopyField } from '../ui/copy-field.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Status } from '../ui/glyph.tsx'
import { showPin } from './pin.ts'

interface LinkReadyProps {
  link: Link
  /** What to send: the link, or the room's own address for people who sign in. */
  address: string
  /** Known only now: the server keeps no PIN that can be read. */
  pin: string | null
  copied: boolean
  onClose: () => void
}

/** What to send to the person the link is for. */
export function LinkReady({ link, address, pin, copied, onClose }: LinkReadyProps) {
  const words = link.invite
    ? { copied: t.links.roomCopied, notCopied: t.links.roomNotCopied, label: t.links.room }
    : { copied: t.links.readyCopied, notCopied: t.links.readyNotCopied, label: t.links.link }
  return (
    <Dialog
      title={(link.invite ? t.links.invited : t.links.ready)(link.label)}
      onClose={onClose}
      onSubmit={onClose}
      footer={
        <Button kind="primary" type="submit">
          {t.done}
        </Button>
      }
    >
      <p>{copied ? <Status is="good">{words.copied}</Status> : words.notCopied}</p>
      <CopyField label={words.label} value={address} />
      {link.invite && <p class="small">{t.links.signInSay}</p>}
      {pin !== null && (
        <>
          <CopyField label={t.links.fields.pin} value={showPin(pin)} text={pin} />
          <p class="dim small">{t.links.pinOnce}</p>
        </>
      )}
    </Dialog>
  )
}
