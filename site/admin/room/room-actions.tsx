import type { Room } from '../api/client.ts'
import { go } from '../route.ts'
import { t } from '../text.ts'
import { Menu, type MenuItem } from '../ui/menu.tsx'
import type { RoomDialog } from './room-dialogs.tsx'

/** The menu of a room in the list. */
export function RoomActions({ room, onAct }: { room: Room; onAct: (room: Room, which: RoomDialog) => void }) {
  const items: MenuItem[] = [
    { word: t.room.open, act: () => go({ page: 'room', id: room.id }) },
    { word: t.room.editWord, act: () => onAct(room, 'edit') },
    room.state === 'ended'
      ? { word: t.room.reopenWord, act: () => onAct(room, 'reopen') }
      : { word: t.room.endWord, act: () => onAct(room, 'end'), danger: true },
    { word: t.room.deleteWord, act: () => onAct(room, 'delete') },
  ]
  return <Menu label={t.actionsFor(room.title)} items={items} />
}
