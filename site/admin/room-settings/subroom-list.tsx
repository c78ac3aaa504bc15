import { Menu } from '../../lib/menu.tsx'
import { onRowKey } from '../../lib/rows.ts'
import type { Subroom } from '../api/room-calls.ts'
import type { LoadedState } from '../api/use-loaded.ts'
import { t } from '../text.ts'
import { Button } from '../ui/button.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { Status } from '../ui/glyph.tsx'

/** What somebody wants done; what it is done to is as it was then. */
export type SubroomAct = { which: 'new' } | { which: 'edit' | 'delete'; subroom: Subroom }

interface SubroomListProps {
  from: LoadedState<Subroom[]>
  onAct: (act: SubroomAct) => void
}

/** The sub-rooms that staff made. */
export function SubroomList({ from, onAct }: SubroomListProps) {
  const { value, failure, load } = from
  const s = t.roomSettings.subrooms
  return (
    <>
      {value === null && !failure && (
        <p class="dim" role="status">
          {t.loading}
        </p>
      )}
      {failure && (
        <>
          <FailureNote failure={failure} />
          <div>
            <Button onClick={() => void load()}>{t.tryAgain}</Button>
          </div>
        </>
      )}
      {value?.length === 0 && <p class="soft small">{s.none}</p>}
      {value && value.length > 0 && (
        <section class="card">
          <table class="stack" onKeyDown={onRowKey}>
            <thead class="sr">
              <tr>
                <th>{s.title}</th>
                <th>{s.lock}</th>
                <th>{t.actions}</th>
              </tr>
            </thead>
            <tbody>
              {value.map(subroom => (
                <Row key={subroom.name} subroom={subroom} onAct={onAct} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {value && (
        <div>
          <Button icon="plus" onClick={() => onAct({ which: 'new' })}>
            {s.new}
          </Button>
        </div>
      )}
    </>
  )
}

function Row({ subroom, onAct }: { subroom: Subroom; onAct: SubroomListProps['onAct'] }) {
  const s = t.roomSettings.subrooms
  return (
    <tr data-row>
      <td>
        <b class="strong">{subroom.title}</b>
        <span class="sub mono">{subroom.name}</span>
      </td>
      <td>
        {subroom.lock && (
          <>
            <Status is="ended">{s.locked}</Status>
            {subroom.lock.message && <span class="sub">{subroom.lock.message}</span>}
          </>
        )}
      </td>
      <td class="menu">
        <Menu
          label={t.actionsFor(subroom.title)}
          items={[
            { word: s.editWord, act: () => onAct({ which: 'edit', subroom }) },
            { word: s.deleteWord, act: () => onAct({ which: 'delete', subroom }) },
          ]}
        />
      </td>
    </tr>
  )
}
