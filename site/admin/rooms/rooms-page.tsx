import { useEffect, useState } from 'preact/hooks'
import { onRowKey } from '../../lib/rows.ts'
import type { Room } from '../api/client.ts'
import { usePoll } from '../api/use-poll.ts'
import { ImportDialog } from '../galene/import-dialog.tsx'
import { listenForKeys } from '../keys.ts'
import { type RoomDialog, RoomDialogs } from '../room/room-dialogs.tsx'
import { go } from '../route.ts'
import { may } from '../session.ts'
import { t } from '../text.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { useSettled } from '../ui/use-settled.ts'
import { FilterBar, focusFind } from './filter-bar.tsx'
import { NewRoomDialog } from './new-room-dialog.tsx'
import { RoomList } from './room-list.tsx'
import { emptiness, failure, find, groups, more, refreshRooms, show, showEnded } from './state.ts'

/** All rooms, live first. */
export function RoomsPage() {
  const [making, setMaking] = useState(false)
  const [importing, setImporting] = useState(false)
  const [acting, setActing] = useState<{ room: Room; which: RoomDialog } | null>(null)
  const wanted = `${show.value} ${useSettled(find.value)}`
  const refresh = usePoll(wanted, () => refreshRooms())
  useEffect(
    () =>
      listenForKeys(action => {
        if (action === 'new' && may('rooms:write')) setMaking(true)
        else if (action === 'find') focusFind()
        else return false
        return true
      }),
    [],
  )
  /** The row that had the focus may have left the list: then the page's head takes it. */
  async function changed() {
    await refresh()
    if (document.activeElement === document.body) document.querySelector('h1')?.focus()
  }
  const list = groups()
  const empty = list?.length === 0 ? emptiness() : null
  const makeButton = may('rooms:write') && (
    <Button kind="primary" icon="plus" onClick={() => setMaking(true)}>
      {t.rooms.new}
    </Button>
  )
  return (
    <>
      <PageHead title={t.nav.rooms}>
        {may('rooms:write') && (
          <>
            <Button kind="ghost" onClick={() => setImporting(true)}>
              {t.galene.button}
            </Button>
            <Button kind="primary" icon="plus" onClick={() => setMaking(true)}>
              {t.rooms.new} <kbd>C</kbd>
            </Button>
          </>
        )}
      </PageHead>
      <FilterBar />
      {list === null &&
        (failure.value ? (
          <ErrorState title={t.rooms.notLoaded} failure={failure.value} onRetry={() => void refresh()} />
        ) : (
          <p class="dim" role="status">
            {t.loading}
          </p>
        ))}
      {empty === 'first' && (
        <EmptyState title={t.rooms.none} says={t.rooms.noneSay} steps={t.rooms.noneSteps}>
          {makeButton}
        </EmptyState>
      )}
      {empty === 'all-ended' && (
        <EmptyState title={t.rooms.noneCurrent} says={t.rooms.noneCurrentSay}>
          <div class="row">
            {makeButton}
            <Button onClick={showEnded}>{t.rooms.showEnded}</Button>
          </div>
        </EmptyState>
      )}
      {empty === 'no-match' && (
        <EmptyState
          title={find.value ? t.rooms.noMatch : t.rooms.noneEndedTitle}
          says={find.value ? t.rooms.noMatchSay : t.rooms.noneEnded}
        />
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the rows inside, which have their own controls */}
      <div class="room-groups" onKeyDown={onRowKey}>
        {list?.map(group => (
          <RoomList key={group.name} group={group} onAct={(room, which) => setActing({ room, which })} />
        ))}
      </div>
      {more() && (
        <div>
          <Button onClick={() => void refreshRooms(true).catch(() => undefined)}>{t.showMore}</Button>
        </div>
      )}
      {acting && (
        <RoomDialogs
          {...acting}
          onClose={() => setActing(null)}
          onChanged={() => void changed()}
          onDeleted={() => void changed()}
        />
      )}
      {importing && (
        <ImportDialog
          onClose={() => setImporting(false)}
          onMade={room => {
            setImporting(false)
            go({ page: 'room', id: room.id })
          }}
        />
      )}
      {making && (
        <NewRoomDialog
          onClose={() => setMaking(false)}
          onMade={room => {
            setMaking(false)
            go({ page: 'room', id: room.id })
          }}
        />
      )}
    </>
  )
}
