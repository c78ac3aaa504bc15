import { Menu, type MenuItem } from '../../lib/menu.tsx'
import type { Room } from '../api/client.ts'
import { go } from '../route.ts'
import { may } from '../session.ts'
import { t } from '../text.ts'
import type { RoomDialog } from './room-dialogs.tsx'

/** The menu of a room in the list: what the user may do with it. */
export function RoomActions({ room, onAct }: { room: Room; onAct: (room: Room, which: RoomDialog) => void }) {
  const act = (which: RoomDialog) => () => onAct(room, which)
  const items: MenuItem[] = [{ word: t.room.open, act: () => go({ page: 'room', id: room.id }) }]
  if (may('rooms:write'))
    items.push(
      { word: t.room.editWord, act: act('edit') },
      { word: t.roomSettings.word, act: () => go({ page: 'room-settings', id: room.id }) },
      room.state === 'ended'
        ? { word: t.room.reopenWord, act: act('reopen') }
        : { word: t.room.endWord, act: act('end'), danger: true },
    )
  if (may('rooms:delete')) items.push({ word: t.room.deleteWord, act: act('delete') })
  return <Menu label={t.actionsFor(room.title)} items={items} />
}
