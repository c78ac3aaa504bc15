import { useState } from 'preact/hooks'
import { type ApiFailure, asFailure } from '../api/failure.ts'
import type { ListedPerson } from '../api/room-calls.ts'
import { type Faults, faultsOf } from '../forms/faults.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { TextField } from '../ui/field.tsx'
import { focusFault } from '../ui/focus-fault.ts'
import { SwitchRow } from '../ui/switch-row.tsx'

interface RemoveDialogProps {
  roomId: string
  /** As they were when the dialog was asked for. Who waits is turned away, who is in the room is removed. */
  person: ListedPerson
  onClose: () => void
  onDone: () => void
}

/** Sends somebody away for good, with what they read then. */
export function RemoveDialog({ roomId, person, onClose, onDone }: RemoveDialogProps) {
  const [reason, setReason] = useState('')
  const [link, setLink] = useState(false)
  const [address, setAddress] = useState(false)
  const [faults, setFaults] = useState<Faults>({})
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const [busy, setBusy] = useState(false)
  const p = t.roomPeople
  const waits = person.state === 'waiting'

  async function remove() {
    if (busy) return
    setBusy(true)
    setFailure(null)
    const said = reason.trim() ? { reason: reason.trim() } : {}
    try {
      if (waits) await api.refusePerson(roomId, person.id, said)
      else {
        const ban = [...(link ? (['link'] as const) : []), ...(address ? (['address'] as const) : [])]
        await api.kickPerson(roomId, person.id, { ...said, ban })
      }
      announce(waits ? p.refused(person.name) : p.removed(person.name))
      onClose()
      onDone()
    } catch (e) {
      const refused = asFailure(e)
      setFaults(faultsOf(refused.fields))
      setFailure(refused.fields.length > 0 ? null : refused)
      setBusy(false)
      focusFault()
    }
  }

  return (
    <Dialog
      title={waits ? p.refuseTitle(person.name) : p.removeTitle(person.name)}
      onClose={onClose}
      onSubmit={remove}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button kind="primary" type="submit" disabled={busy}>
            {waits ? p.refuse : p.remove}
          </Button>
        </>
      }
    >
      <p>{waits ? p.refuseSay : p.removeSay}</p>
      <TextField
        label={p.reason}
        hint={p.reasonHint}
        value={reason}
        onValue={setReason}
        fault={faults.reason}
        maxLength={200}
        first
      />
      {!waits && (
        <>
          <SwitchRow label={p.banLink} says={p.banLinkSay(person.link.label)} on={link} onChange={setLink} />
          {person.connected && (
            <SwitchRow label={p.banAddress} says={p.banAddressSay} on={address} onChange={setAddress} />
          )}
        </>
      )}
      <FailureNote failure={failure} />
    </Dialog>
  )
}
