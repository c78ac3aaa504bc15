import type { Room } from '../api/client.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { announce } from '../ui/announce.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { deleteSays, endSays, reopenSays } from './consequences.ts'
import { EditRoomDialog } from './edit-room-dialog.tsx'

export type RoomDialog = 'edit' | 'end' | 'reopen' | 'delete'

interface RoomDialogsProps {
  /** The room as it was when its dialog was asked for: a later list must not take the dialog away. */
  room: Room
  which: RoomDialog
  onClose: () => void
  onChanged: () => void
  onDeleted: () => void
}

/** What can be done to a whole room, each behind its dialog. */
export function RoomDialogs({ room, which, onClose, onChanged, onDeleted }: RoomDialogsProps) {
  const done = (sentence: string) => {
    announce(sentence)
    onChanged()
  }
  switch (which) {
    case 'edit':
      return (
        <EditRoomDialog
          id={room.id}
          onClose={onClose}
          onSaved={() => {
            onClose()
            done(t.room.saved)
          }}
        />
      )
    case 'end':
      return (
        <ConfirmDialog
          title={t.room.endTitle(room.title)}
          says={endSays(room)}
          word={t.room.end}
          danger
          onClose={onClose}
          act={async () => {
            await api.changeRoom(room.id, { state: 'ended' })
            done(t.room.endDone)
          }}
        />
      )
    case 'reopen':
      return (
        <ConfirmDialog
          title={t.room.reopenTitle(room.title)}
          says={reopenSays(room, Date.now())}
          word={t.room.reopen}
          onClose={onClose}
          act={async () => {
            await api.changeRoom(room.id, { state: 'open' })
            done(t.room.reopenDone)
          }}
        />
      )
    case 'delete':
      return (
        <ConfirmDialog
          title={t.room.deleteTitle(room.title)}
          says={deleteSays(room)}
          word={t.room.delete}
          onClose={onClose}
          act={async () => {
            await api.deleteRoom(room.id)
            announce(t.room.deleteDone)
            onDeleted()
          }}
        />
      )
  }
}
