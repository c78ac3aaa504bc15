import { useState } from 'preact/hooks'
import { copyText } from '../../lib/copy-text.ts'
import type { Link, Room } from '../api/client.ts'
import { refused } from '../forms/refused.ts'
import { useMaking } from '../forms/use-making.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { readerZone } from '../time/zone.ts'
import { announce } from '../ui/announce.tsx'
import { MakingDialog } from '../ui/making-dialog.tsx'
import { emptyLinkDraft, linkFaults, newLinkBody } from './link-draft.ts'
import { LinkFields } from './link-fields.tsx'
import { LinkReady } from './link-ready.tsx'

interface NewLinkDialogProps {
  room: Room
  onClose: () => void
  onMade: () => Promise<void>
}

/** Makes a link, copies it, and shows what to send. */
export function NewLinkDialog({ room, onClose, onMade }: NewLinkDialogProps) {
  const [made, setMade] = useState<{
    link: Link
    address: string
    pin: string | null
    copied: boolean
  } | null>(null)

  const making = useMaking({
    empty: emptyLinkDraft,
    check: draft => linkFaults(draft, readerZone()),
    async make(draft) {
      const body = newLinkBody(draft, readerZone())
      const link = (await api.createLink(room.id, body)).value
      const address = link.url ?? `${location.origin}/r/${room.slug}`
      const copied = await copyText(address)
      if (copied) announce(t.copy.done(link.url ? t.links.linkOf(link.label) : t.links.roomAddress))
      setMade({ link, address, pin: body.pin ?? null, copied })
      void onMade()
    },
    refusal: failure => refused(failure, { pin: 'pinDigits', 'invite.value': 'inviteValue' }),
  })
  const { draft } = making

  if (made) return <LinkReady {...made} onClose={onClose} />
  return (
    <MakingDialog
      title={t.links.newTitle(room.title)}
      word={draft.way === 'sign-in' ? t.links.invite : t.links.make}
      making={making}
      onClose={onClose}
    >
      <LinkFields room={room} draft={draft} faults={making.faults} making onDraft={making.setDraft} />
    </MakingDialog>
  )
}
