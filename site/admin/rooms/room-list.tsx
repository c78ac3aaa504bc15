import { t } from '../text.ts'
import type { RoomGroup } from './group.ts'
import { RoomRow } from './room-row.tsx'

/** One group of rooms. */
export function RoomList({ group, onChanged }: { group: RoomGroup; onChanged: () => Promise<void> }) {
  return (
    <section class="room-group">
      <h2>
        {t.rooms.groups[group.name]} <span class="count">{group.rooms.length}</span>
      </h2>
      <div class="room-list">
        {group.rooms.map(room => (
          <RoomRow key={room.id} room={room} onChanged={onChanged} />
        ))}
      </div>
    </section>
  )
}
