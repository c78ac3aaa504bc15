import { useState } from 'preact/hooks'
import { copyText } from '../../lib/copy-text.ts'
import type { Link, Room } from '../api/client.ts'
import { type ApiFailure, asFailure } from '../api/failure.ts'
import { type Faults, faultsOf } from '../forms/faults.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { readerZone } from '../time/zone.ts'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { focusFault } from '../ui/focus-fault.ts'
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
  const [draft, setDraft] = useState(emptyLinkDraft)
  const [faults, setFaults] = useState<Faults>({})
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const [busy, setBusy] = useState(false)
  const [made, setMade] = useState<{
    link: Link
    address: string
    pin: string | null
    copied: boolean
  } | null>(null)

  async function make() {
    if (busy) return
    const found = linkFaults(draft, readerZone())
    setFaults(found)
    setFailure(null)
    if (Object.keys(found).length > 0) return focusFault()
    setBusy(true)
    try {
      const body = newLinkBody(draft, readerZone())
      const link = (await api.createLink(room.id, body)).value
      const address = link.url ?? `${location.origin}/r/${room.slug}`
      const copied = await copyText(address)
      if (copied) announce(t.copy.done(link.url ? t.links.linkOf(link.label) : t.links.roomAddress))
      setMade({ link, address, pin: body.pin ?? null, copied })
      void onMade()
    } catch (e) {
      const refused = asFailure(e)
      setFaults(faultsOf(refused.fields, { pin: 'pinDigits', 'invite.value': 'inviteValue' }))
      setFailure(refused.fields.length > 0 ? null : refused)
      focusFault()
    }
    setBusy(false)
  }

  if (made) return <LinkReady {...made} onClose={onClose} />
  return (
    <Dialog
      title={t.links.newTitle(room.title)}
      onClose={onClose}
      onSubmit={make}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button kind="primary" type="submit" disabled={busy}>
            {draft.way === 'sign-in' ? t.links.invite : t.links.make}
          </Button>
        </>
      }
    >
      <LinkFields
        room={room}
        draft={draft}
        faults={faults}
        making
        onDraft={next => {
          setDraft(next)
          setFaults({})
        }}
      />
      <FailureNote failure={failure} />
    </Dialog>
  )
}
