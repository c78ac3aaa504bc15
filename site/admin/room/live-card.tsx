import type { Room } from '../api/client.ts'
import { pictureState, seatWords } from '../rooms/room-words.ts'
import { t } from '../text.ts'
import { here } from '../time/clock.ts'
import { sayClock, sayDuration } from '../time/say.ts'
import { Status } from '../ui/glyph.tsx'
import { protocolName } from './protocol-name.ts'

/** What is being sent and whether viewers get it. */
export function LiveCard({ room }: { room: Room }) {
  const picture = pictureState(room)
  const { now, zone } = here()
  return (
    <section class="card" aria-label={t.room.picture}>
      <div class="preview none">{picture ? t.room.pictureInReview : t.room.nothingSent}</div>
      <div class="pad">
        {picture && (
          <div class="picture-state" aria-live="polite">
            <Status is={picture.glyph}>{picture.word}</Status>
            <p>{picture.say}</p>
          </div>
        )}
        {!picture && <p class="soft small">{t.room.nothingSay(room.state, room.seats)}</p>}
        <div class="stat-row">
          <div class="stat">
            <b>{room.maxViewers === null ? room.seats : seatWords(room.seats, room.maxViewers)}</b>
            <span>{room.maxViewers === null ? t.room.seatsNoLimit : t.room.seats}</span>
          </div>
          {room.live && (
            <>
              <div class="stat">
                <b>{protocolName(room.live.protocol)}</b>
                <span>{t.room.protocol}</span>
              </div>
              <div class="stat">
                <b>{sayDuration(now - Date.parse(room.live.since))}</b>
                <span>{t.room.since(sayClock(Date.parse(room.live.since), zone))}</span>
              </div>
            </>
          )}
        </div>
        {room.description && <p class="soft small description">{room.description}</p>}
      </div>
    </section>
  )
}
