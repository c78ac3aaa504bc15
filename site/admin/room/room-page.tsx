import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Session } from '../api/client.ts'
import { usePoll } from '../api/use-poll.ts'
import { AttendanceCard } from '../attendance/attendance-card.tsx'
import { listenForKeys } from '../keys.ts'
import { LinkTable } from '../links/link-table.tsx'
import { PublishPanel } from '../publish/publish-panel.tsx'
import { PeopleCard } from '../room-people/people-card.tsx'
import { go } from '../route.ts'
import { SeatTable } from '../seats/seat-table.tsx'
import { may } from '../session.ts'
import { t } from '../text.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { LiveCard } from './live-card.tsx'
import { RoomHead } from './room-head.tsx'
import { createRoomState } from './state.ts'

/** One room: how to publish into it, who may see it, who does. */
export function RoomPage({ id, session }: { id: string; session: Session }) {
  const state = useMemo(() => createRoomState(id), [id])
  const refresh = usePoll(id, () => state.refresh())
  const [making, setMaking] = useState(false)
  useEffect(
    () =>
      listenForKeys(action => {
        if (action !== 'new' || !may('links:write')) return false
        setMaking(true)
        return true
      }),
    [],
  )
  const room = state.room.value?.value
  const failure = state.failure.value

  if (failure?.status === 404)
    return (
      <>
        <PageHead title={t.room.title} crumb={t.nav.rooms} />
        <EmptyState title={t.room.gone} says={t.room.goneSay} />
      </>
    )
  if (!room)
    return (
      <>
        <PageHead title={t.room.title} crumb={t.nav.rooms} />
        {failure ? (
          <ErrorState title={t.room.notLoaded} failure={failure} onRetry={() => void refresh()} />
        ) : (
          <p class="dim" role="status">
            {t.loading}
          </p>
        )}
      </>
    )
  return (
    <>
      <RoomHead
        room={room}
        links={state.links()}
        onChanged={refresh}
        onDeleted={() => go({ page: 'rooms' })}
      />
      <div class="room-cols">
        <div>
          {may('links:read') && <PeopleCard roomId={room.id} />}
          {may('ingest') && <PublishPanel room={room} session={session} onChanged={refresh} />}
          <LinkTable
            room={room}
            links={state.links()}
            making={making}
            onMaking={setMaking}
            onMore={state.moreLinks() ? () => void state.refresh(true).catch(() => undefined) : undefined}
            onChanged={refresh}
          />
          <SeatTable seats={state.seats.value?.value.items ?? []} />
          {session.rights.includes('attendance:read') && <AttendanceCard room={room} />}
        </div>
        <div>
          <LiveCard room={room} />
        </div>
      </div>
    </>
  )
}
