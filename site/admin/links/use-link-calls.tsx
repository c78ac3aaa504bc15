import { useState } from 'preact/hooks'
import { DAY, extendedEnd, HOUR } from '../../lib/extended-end.ts'
import type { Link } from '../api/client.ts'
import { type ApiFailure, asFailure } from '../api/failure.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { here } from '../time/clock.ts'
import { sayWhen } from '../time/say.ts'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import type { LinkAction } from './link-actions.ts'

/** A link's actions that need no form: open, extend, revoke, give back. Answers how to run one, and a dialog to draw. */
export function useLinkCalls({ link, onChanged }: { link: Link; onChanged: () => Promise<void> }) {
  const [revoking, setRevoking] = useState(false)
  const [failure, setFailure] = useState<ApiFailure | null>(null)

  /** Reads the link first: its end may have moved since the list was read. */
  async function extend(by: number) {
    const { value, etag } = await api.linkNow(link.roomId, link.id)
    const endsAt = extendedEnd(value, by, Date.now())
    if (endsAt === null) return
    await api.changeLink(link.roomId, link.id, { endsAt }, etag)
    announce(t.links.extended(link.label, sayWhen(Date.parse(endsAt), here())))
  }

  async function call(work: () => Promise<void>) {
    try {
      await work()
    } catch (e) {
      setFailure(asFailure(e))
    }
    await onChanged()
  }

  const calls: Record<Exclude<LinkAction, 'edit'>, () => void> = {
    open: () => void (link.url !== null && window.open(link.url, '_blank', 'noopener,noreferrer')),
    hour: () => void call(() => extend(HOUR)),
    day: () => void call(() => extend(DAY)),
    revoke: () => setRevoking(true),
    giveBack: () =>
      void call(async () => {
        await api.changeLink(link.roomId, link.id, { revoked: false })
        announce(t.links.givenBack(link.label))
      }),
  }

  const dialog = revoking ? (
    <ConfirmDialog
      title={t.links.revokeTitle(link.label)}
      says={[
        link.invite ? t.links.uninviteSay : t.links.revokeSay,
        ...(link.seats > 0 ? [t.links.revokeSeats(link.seats)] : []),
        t.links.revokeBack,
      ]}
      word={t.links.revoke}
      onClose={() => setRevoking(false)}
      act={async () => {
        await api.revokeLink(link.roomId, link.id)
        announce(t.links.revokedNow(link.label))
        void onChanged()
      }}
    />
  ) : failure ? (
    <Dialog
      title={t.links.notDone(link.label)}
      onClose={() => setFailure(null)}
      onSubmit={() => setFailure(null)}
      footer={
        <Button kind="primary" type="submit">
          {t.close}
        </Button>
      }
    >
      <FailureNote failure={failure} />
    </Dialog>
  ) : null

  return { run: (action: Exclude<LinkAction, 'edit'>) => calls[action](), dialog }
}
