import type { Invitation } from '../api/client.ts'
import { t } from '../text.ts'
import { here } from '../time/clock.ts'
import { sayWhen } from '../time/say.ts'
import { Button } from '../ui/button.tsx'
import { CopyField } from '../ui/copy-field.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Status } from '../ui/glyph.tsx'

const HOUR = 3_600_000

interface InvitationReadyProps {
  name: string
  invitation: Invitation
  copied: boolean
  onClose: () => void
}

/** The one-time link, to send to the person it is for. Nobody can read it again. */
export function InvitationReady({ name, invitation, copied, onClose }: InvitationReadyProps) {
  const now = here()
  const ends = Date.parse(invitation.expiresAt)
  const hours = Math.max(1, Math.round((ends - now.now) / HOUR))
  return (
    <Dialog
      title={t.users.linkFor(name)}
      onClose={onClose}
      onSubmit={onClose}
      footer={
        <Button kind="primary" type="submit">
          {t.done}
        </Button>
      }
    >
      <p>{copied ? <Status is="good">{t.links.readyCopied}</Status> : t.links.readyNotCopied}</p>
      <CopyField label={t.users.link} value={invitation.url} />
      <p class="small">{t.users.linkOnce(hours, sayWhen(ends, now))}</p>
      <p class="dim small">{t.users.linkSecret(name)}</p>
    </Dialog>
  )
}
