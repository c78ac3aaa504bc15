import type { Room } from '../api/client.ts'
import { go } from '../route.ts'
import { t } from '../text.ts'
import { Menu, type MenuItem } from '../ui/menu.tsx'
import { useRoomDialogs } from './room-dialogs.tsx'

/** The menu of a room in the list. */
export function RoomActions({ room, onChanged }: { room: Room; onChanged: () => Promise<void> }) {
  const { open, dialog } = useRoomDialogs({ room, onChanged, onDeleted: () => void onChanged() })
  const items: MenuItem[] = [
    { word: t.room.open, act: () => go({ page: 'room', id: room.id }) },
    { word: t.room.editWord, act: () => open('edit') },
    room.state === 'ended'
      ? { word: t.room.reopenWord, act: () => open('reopen') }
      : { word: t.room.endWord, act: () => open('end'), danger: true },
    { word: t.room.deleteWord, act: () => open('delete') },
  ]
  return (
    <>
      <Menu label={t.actionsFor(room.title)} items={items} />
      {dialog}
    </>
  )
}
