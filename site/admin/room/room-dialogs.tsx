import type { ComponentChild } from 'preact'
import { useState } from 'preact/hooks'
import type { Room } from '../api/client.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { announce } from '../ui/announce.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { deleteSays, endSays, reopenSays } from './consequences.ts'
import { EditRoomDialog } from './edit-room-dialog.tsx'

export type RoomDialog = 'edit' | 'end' | 'reopen' | 'delete'

interface RoomDialogsOptions {
  room: Room
  onChanged: () => Promise<void>
  onDeleted: () => void
}

/** What can be done to a whole room, each behind its dialog. Answers how to open one, and the open one to draw. */
export function useRoomDialogs({ room, onChanged, onDeleted }: RoomDialogsOptions) {
  const [open, setOpen] = useState<RoomDialog | null>(null)
  const close = () => setOpen(null)
  const done = (sentence: string) => {
    announce(sentence)
    void onChanged()
  }
  const dialogs: Record<RoomDialog, () => ComponentChild> = {
    edit: () => (
      <EditRoomDialog
        id={room.id}
        onClose={close}
        onSaved={() => {
          close()
          done(t.room.saved)
        }}
      />
    ),
    end: () => (
      <ConfirmDialog
        title={t.room.endTitle(room.title)}
        says={endSays(room)}
        word={t.room.end}
        danger
        onClose={close}
        act={async () => {
          await api.changeRoom(room.id, { state: 'ended' })
          done(t.room.endDone)
        }}
      />
    ),
    reopen: () => (
      <ConfirmDialog
        title={t.room.reopenTitle(room.title)}
        says={reopenSays(room, Date.now())}
        word={t.room.reopen}
        onClose={close}
        act={async () => {
          await api.changeRoom(room.id, { state: 'open' })
          done(t.room.reopenDone)
        }}
      />
    ),
    delete: () => (
      <ConfirmDialog
        title={t.room.deleteTitle(room.title)}
        says={deleteSays(room)}
        word={t.room.delete}
        onClose={close}
        act={async () => {
          await api.deleteRoom(room.id)
          announce(t.room.deleteDone)
          onDeleted()
        }}
      />
    ),
  }
  return { open: (which: RoomDialog) => setOpen(which), dialog: open && dialogs[open]() }
}
