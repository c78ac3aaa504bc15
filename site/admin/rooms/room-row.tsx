import type { Room } from '../api/client.ts'
import { RoomActions } from '../room/room-actions.tsx'
import type { RoomDialog } from '../room/room-dialogs.tsx'
import { t } from '../text.ts'
import { here } from '../time/clock.ts'
import { AppLink } from '../ui/app-link.tsx'
import { Status } from '../ui/glyph.tsx'
import { pictureState, roomState, seatWords } from './room-words.ts'
import { SeatMeter } from './seat-meter.tsx'

/** A room in a list: name, when, seats, what viewers get. */
export function RoomRow({ room, onAct }: { room: Room; onAct: (room: Room, which: RoomDialog) => void }) {
  const state = roomState(room, here())
  const picture = pictureState(room)
  return (
    <article class="room-row" data-row>
      <div class="name">
        <AppLink to={{ page: 'room', id: room.id }} rowFocus>
          {room.title}
        </AppLink>
        <span class="sub trunc">
          {room.slug} · {t.rooms.links(room.links)}
        </span>
      </div>
      <div class="when">
        <Status is={state.glyph}>{state.word}</Status>
        {state.sub && <span class="sub num">{state.sub}</span>}
      </div>
      <div class="seats num">
        {room.state !== 'ended' && (
          <>
            <SeatMeter seats={room.seats} max={room.maxViewers} />
            <span>{seatWords(room.seats, room.maxViewers)}</span>
          </>
        )}
      </div>
      <div class="wide">
        {picture ? (
          <Status is={picture.glyph}>{picture.word}</Status>
        ) : (
          room.state !== 'ended' && <span class="dim">{t.rooms.nothingSent}</span>
        )}
      </div>
      <RoomActions room={room} onAct={onAct} />
    </article>
  )
}
