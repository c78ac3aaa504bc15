import { Glyph } from '../lib/glyph.tsx'
import { Icon } from '../lib/icon.tsx'
import { sayWhen } from '../viewer/when.ts'
import type { PublicRoom } from './api.ts'
import type { Rooms } from './rooms.ts'
import { t } from './text.ts'

/** The public rooms, in whatever state they are. */
export function RoomList({ rooms, again }: { rooms: Rooms; again(): void }) {
  return (
    <section class="public-rooms" aria-labelledby="rooms" aria-busy={rooms.is === 'loading'}>
      <h2 id="rooms">{t.rooms.title}</h2>
      <Contents rooms={rooms} again={again} />
    </section>
  )
}

function Contents({ rooms, again }: { rooms: Rooms; again(): void }) {
  if (rooms.is === 'loading') return <p class="dim">{t.rooms.loading}</p>
  if (rooms.is === 'failed') return <Trouble said={t.rooms.failed} again={again} />
  return (
    <>
      {rooms.stale && <Trouble said={t.rooms.stale} again={again} />}
      {rooms.items.length === 0 ? (
        <p class="dim">{t.rooms.none}</p>
      ) : (
        <ul>
          {rooms.items.map(room => (
            <RoomRow key={room.name} room={room} />
          ))}
        </ul>
      )}
    </>
  )
}

function Trouble({ said, again }: { said: string; again(): void }) {
  return (
    <div class="trouble" role="status">
      <p class="status fair">
        <Glyph name="fair" />
        <span>{said}</span>
      </p>
      <button type="button" class="button" onClick={again}>
        {t.rooms.again}
      </button>
    </div>
  )
}

function RoomRow({ room }: { room: PublicRoom }) {
  const { rooms } = t
  const startsAt = room.startsAt === null ? null : Date.parse(room.startsAt)
  const facts = [
    startsAt === null ? null : rooms.starts(sayWhen(startsAt, Date.now(), t.times)),
    room.clientCount > 0 ? rooms.people(room.clientCount) : startsAt === null ? rooms.nobody : null,
  ]
  return (
    <li>
      <a class="room-row" href={`/r/${room.name}`}>
        <span class="strong">{room.displayName}</span>
        {room.description && <span class="soft about">{room.description}</span>}
        <span class="facts num">
          {facts.map(fact => fact && <span key={fact}>{fact}</span>)}
          {room.locked && (
            <span class="locked">
              <Icon name="lock" />
              {rooms.locked}
            </span>
          )}
        </span>
      </a>
    </li>
  )
}
