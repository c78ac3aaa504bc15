import { useState } from 'preact/hooks'
import type { Room } from '../api/client.ts'
import { type ApiFailure, asFailure } from '../api/failure.ts'
import type { Faults } from '../forms/faults.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { readerZone } from '../time/zone.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { focusFault } from '../ui/focus-fault.ts'
import { emptyRoomDraft, newRoomBody, roomFaults } from './room-draft.ts'
import { roomFailure } from './room-failure.ts'
import { RoomFields } from './room-fields.tsx'

/** Makes a room; a title is enough. */
export function NewRoomDialog({ onClose, onMade }: { onClose: () => void; onMade: (room: Room) => void }) {
  const [draft, setDraft] = useState(emptyRoomDraft)
  const [faults, setFaults] = useState<Faults>({})
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const [busy, setBusy] = useState(false)

  async function make() {
    if (busy) return
    const found = roomFaults(draft, readerZone())
    setFaults(found)
    setFailure(null)
    if (Object.keys(found).length > 0) return focusFault()
    setBusy(true)
    try {
      onMade((await api.createRoom(newRoomBody(draft, readerZone()))).value)
    } catch (e) {
      const shown = roomFailure(asFailure(e))
      setFaults(shown.faults)
      setFailure(shown.failure)
      setBusy(false)
      focusFault()
    }
  }

  return (
    <Dialog
      title={t.rooms.new}
      onClose={onClose}
      onSubmit={make}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button kind="primary" type="submit" disabled={busy}>
            {t.rooms.make}
          </Button>
        </>
      }
    >
      <RoomFields
        draft={draft}
        faults={faults}
        onDraft={next => {
          setDraft(next)
          setFaults({})
        }}
      />
      <FailureNote failure={failure} />
    </Dialog>
  )
}
