import { useState } from 'preact/hooks'
import { type ApiFailure, asFailure } from '../api/failure.ts'
import type { ListedPerson } from '../api/room-calls.ts'
import { api, may } from '../session.ts'
import { t } from '../text.ts'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { RowsTable } from '../ui/rows-table.tsx'
import type { WatermarkMode } from '../ui/watermarks.ts'
import { PersonRow } from './person-row.tsx'
import { canAdmit, groupPeople } from './person-words.ts'
import { RemoveDialog } from './remove-dialog.tsx'
import { usePeople } from './use-people.ts'

/** Who waits before the door, who is in the room, and who was removed from it. */
export function PeopleCard({ roomId }: { roomId: string }) {
  const { people, failure, look } = usePeople(roomId)
  const [refusal, setRefusal] = useState<ApiFailure | null>(null)
  const [removing, setRemoving] = useState<ListedPerson | null>(null)
  const [allRemoved, showRemoved] = useState(false)
  const { waiting, here, removed } = groupPeople(people ?? [])
  const p = t.roomPeople

  /** Somebody who is not there any more is no fault to show: the list says where they are. */
  async function run(work: () => Promise<string>) {
    setRefusal(null)
    try {
      announce(await work())
    } catch (e) {
      const thrown = asFailure(e)
      if (thrown.status !== 404) setRefusal(thrown)
    }
    await look()
  }
  const acts = {
    admit: (person: ListedPerson) =>
      void run(async () => {
        await api.admitPerson(roomId, person.id)
        return p.admitted(person.name)
      }),
    pardon: (person: ListedPerson) =>
      void run(async () => {
        await api.pardonPerson(roomId, person.id)
        return p.pardoned(person.name)
      }),
    mark: (person: ListedPerson, mode: WatermarkMode | null) =>
      void run(async () => {
        await api.markPerson(roomId, person.id, mode)
        return t.watermark.marked(person.name)
      }),
    remove: setRemoving,
  }
  const admitAll = () => void run(async () => p.admittedAll(await api.admitAll(roomId)))
  const shown = [...waiting, ...here, ...(allRemoved ? removed : [])]
  const c = p.columns
  return (
    <section class="card people-card">
      <header>
        <h2>
          {p.title} <span class="count">{here.length}</span>
        </h2>
        {waiting.length > 0 && <span class="dim">{p.waiting(waiting.length)}</span>}
        {may('links:write') && waiting.filter(canAdmit).length > 1 && (
          <Button onClick={admitAll}>{p.admitAll}</Button>
        )}
      </header>
      {(shown.length === 0 || failure || refusal) && (
        <div class="pad">
          {people === null && !failure && (
            <p class="dim small" role="status">
              {t.loading}
            </p>
          )}
          {people !== null && shown.length === 0 && <p class="soft small">{p.none}</p>}
          <FailureNote failure={refusal ?? failure} />
          {failure && !refusal && (
            <div>
              <Button onClick={() => void look()}>{t.tryAgain}</Button>
            </div>
          )}
        </div>
      )}
      {shown.length > 0 && (
        <RowsTable columns={[c.person, c.role, c.state, c.since]} right={c.since}>
          {shown.map(person => (
            <PersonRow key={person.id} person={person} acts={acts} />
          ))}
        </RowsTable>
      )}
      {removed.length > 0 && (
        <footer>
          <Button kind="ghost" onClick={() => showRemoved(!allRemoved)}>
            {allRemoved ? p.hideRemoved : p.showRemoved(removed.length)}
          </Button>
        </footer>
      )}
      {removing && (
        <RemoveDialog
          roomId={roomId}
          person={removing}
          onClose={() => setRemoving(null)}
          onDone={() => void look()}
        />
      )}
    </section>
  )
}
