import type { Room } from '../api/client.ts'
import { useMaking } from '../forms/use-making.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { readerZone } from '../time/zone.ts'
import { MakingDialog } from '../ui/making-dialog.tsx'
import { emptyRoomDraft, newRoomBody, roomFaults } from './room-draft.ts'
import { roomFailure } from './room-failure.ts'
import { RoomFields } from './room-fields.tsx'

/** Makes a room; a title is enough. */
export function NewRoomDialog({ onClose, onMade }: { onClose: () => void; onMade: (room: Room) => void }) {
  const making = useMaking({
    empty: emptyRoomDraft,
    check: draft => roomFaults(draft, readerZone()),
    async make(draft) {
      onMade((await api.createRoom(newRoomBody(draft, readerZone()))).value)
    },
    refusal: roomFailure,
  })

  return (
    <MakingDialog title={t.rooms.new} word={t.rooms.make} making={making} onClose={onClose}>
      <RoomFields draft={making.draft} faults={making.faults} onDraft={making.setDraft} />
    </MakingDialog>
  )
}
