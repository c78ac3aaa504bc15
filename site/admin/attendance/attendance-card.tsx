import { useEffect, useRef, useState } from 'preact/hooks'
import { attendanceFile, type Room, type Visit } from '../api/client.ts'
import { type ApiFailure, asFailure } from '../api/failure.ts'
import { api } from '../session.ts'
import { t } from '../text.ts'
import { here } from '../time/clock.ts'
import { Button, DownloadButton } from '../ui/button.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { SittingRows } from './sitting-rows.tsx'
import { sittings } from './sittings.ts'

/** How long after the last time it may be read again, in ms: it is the room's whole history. */
const AGAIN_AFTER = 60_000

/** Who was in the room, when, and for how long. */
export function AttendanceCard({ room }: { room: Room }) {
  const [visits, setVisits] = useState<readonly Visit[] | null>(null)
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const [all, setAll] = useState(false)
  const askedAt = useRef(0)

  async function load() {
    askedAt.current = Date.now()
    try {
      setVisits(await api.attendance(room.id))
      setFailure(null)
    } catch (e) {
      setFailure(asFailure(e))
    }
  }
  // Again when somebody took or left a seat: that is when it changes.
  useEffect(() => {
    const timer = setTimeout(load, Math.max(0, askedAt.current + AGAIN_AFTER - Date.now()))
    return () => clearTimeout(timer)
  }, [room.id, room.seats, room.state])

  const found = sittings(visits ?? [], here().now)
  const shown = all ? found : found.slice(0, 1)
  const c = t.attendance.columns
  return (
    <section class="card attendance">
      <header>
        <h2>{t.attendance.title}</h2>
        {found.length > 0 && (
          <DownloadButton href={attendanceFile(room.id)}>{t.attendance.csv}</DownloadButton>
        )}
      </header>
      {(visits === null || found.length === 0) && (
        <div class="pad">
          {visits !== null && <p class="soft small">{t.attendance.none}</p>}
          {visits === null && !failure && (
            <p class="dim small" role="status">
              {t.loading}
            </p>
          )}
        </div>
      )}
      {found.length > 0 && (
        <div class="scrollx">
          <table class="stack">
            <thead>
              <tr>
                <th>{c.person}</th>
                <th class="drawn">
                  <span class="sr">{c.drawn}</span>
                </th>
                <th>{c.when}</th>
                <th class="right">{c.length}</th>
              </tr>
            </thead>
            {shown.map(sitting => (
              <SittingRows key={sitting.from} sitting={sitting} />
            ))}
          </table>
        </div>
      )}
      {failure && (
        <div class="pad">
          <FailureNote failure={failure} />
          <div>
            <Button onClick={load}>{t.tryAgain}</Button>
          </div>
        </div>
      )}
      {found.length > shown.length && (
        <footer>
          <Button kind="ghost" onClick={() => setAll(true)}>
            {t.attendance.earlier}
          </Button>
        </footer>
      )}
    </section>
  )
}
