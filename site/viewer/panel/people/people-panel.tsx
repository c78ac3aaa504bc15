import type { Live } from '../../live/room-store.ts'

/** Who is in the room, and who waits before it. */
export function PeoplePanel({ live }: { live: Live }) {
  return (
    <div class="body">
      <ul class="people-list">
        {live.people.value.map(({ id, name }) => (
          <li key={id} class="person-row">
            <span class="name trunc">{name}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
