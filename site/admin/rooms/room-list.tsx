import type { Room } from '../api/client.ts'
import type { RoomDialog } from '../room/room-dialogs.tsx'
import { t } from '../text.ts'
import type { RoomGroup } from './group.ts'
import { RoomRow } from './room-row.tsx'

interface RoomListProps {
  group: RoomGroup
  onAct: (room: Room, which: RoomDialog) => void
}

/** One group of rooms. */
export function RoomList({ group, onAct }: RoomListProps) {
  return (
    <section class="room-group">
      <h2>
        {t.rooms.groups[group.name]} <span class="count">{group.rooms.length}</span>
      </h2>
      <div class="room-list">
        {group.rooms.map(room => (
          <RoomRow key={room.id} room={room} onAct={onAct} />
        ))}
      </div>
    </section>
  )
}
