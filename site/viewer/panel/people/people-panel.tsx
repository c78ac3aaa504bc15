import { useState } from 'preact/hooks'
import type { Person } from '../../../../worker/live/protocol.ts'
import { Glyph } from '../../../lib/glyph.tsx'
import { Icon } from '../../../lib/icon.tsx'
import { onRowKey } from '../../../lib/rows.ts'
import type { Instruments } from '../../instruments/use-kit.ts'
import type { Live } from '../../live/room-store.ts'
import type { Files } from '../../transfer/open.ts'
import { DoingForm } from '../forms/doing-form.tsx'
import type { Links } from '../invite/links-api.ts'
import { panel } from '../text.ts'
import type { Doing } from './doing.ts'
import type { PersonAct } from './may.ts'
import { PeopleFoot } from './people-foot.tsx'
import { PersonRow } from './person-row.tsx'
import { RoomMenu } from './room-menu.tsx'
import { SubroomList } from './subroom-list.tsx'
import { useAct } from './use-act.ts'
import { WaitingList } from './waiting-list.tsx'

const t = panel.people

interface PeoplePanelProps {
  live: Live
  /** Null while they are on their way. */
  instruments: Instruments | null
  files: Files | null
  links: Links
  goTo(sub: string | null): void
  /** Leads to the chat, where a private message is written. */
  toChat(): void
}

/** Who is in the room, and who waits before it; for hosts also what can be done about it. */
export function PeoplePanel({ live, instruments, files, links, goTo, toChat }: PeoplePanelProps) {
  const [doing, tell] = useState<Doing | null>(null)
  const acting = useAct(live)
  const you = live.you.value
  if (!you) return <div class="body" />
  const hosting = you.permissions.includes('op')
  const inviting = you.permissions.includes('token')
  const health = instruments?.kit.health ?? null
  const setTimecode =
    instruments &&
    (() => {
      acting.clear()
      instruments.kit.settingTimecode.value = true
    })
  const begin = (next: Doing) => {
    acting.clear()
    tell(next)
  }

  async function start(act: PersonAct, person: Person) {
    switch (act) {
      case 'message':
        live.privateTo.value = { id: person.id, name: person.name }
        return toChat()
      case 'file':
        return files?.chooseFor(person)
      case 'mute':
        await acting.act({ type: 'person.mute', who: { id: person.id } }, t.done.mute(person.name))
        return
      case 'identify': {
        const answer = await acting.act({ type: 'person.identify', id: person.id })
        if (answer?.type === 'identity') begin({ is: 'identity', identity: answer })
        return
      }
      default:
        begin({ is: act, person })
    }
  }

  const lock = live.room.value?.room.lock ?? null
  return (
    <>
      <div class="body">
        <ActSaid acting={acting} />
        {doing && (doing.is === 'invite' ? inviting : hosting) && (
          <DoingForm
            key={doing.is}
            doing={doing}
            live={live}
            links={links}
            acting={acting}
            close={() => tell(null)}
          />
        )}
        {hosting && instruments?.kit.settingTimecode.value && (
          <instruments.parts.TimecodeForm kit={instruments.kit} acting={acting} />
        )}
        {hosting && <WaitingList live={live} act={acting.act} />}
        <div class="panel-head">
          <h3>{t.inRoom}</h3>
          {hosting && <RoomMenu live={live} acting={acting} begin={begin} setTimecode={setTimecode} />}
        </div>
        {lock && (
          <p class="panel-say">
            <Icon name="lock" />
            {lock.message ? t.lockedWith(lock.message) : t.locked}
          </p>
        )}
        <ul class="people-list" onKeyDown={onRowKey}>
          {selfFirst(live.people.value, you.id).map(person => (
            <PersonRow
              key={person.id}
              person={person}
              you={you}
              files={files}
              now={live.now()}
              start={start}
              report={health?.reports.value.get(person.id) ?? null}
              openHealth={
                health && (hosting || person.id === you.id)
                  ? () => {
                      health.subject.value = person.id === you.id ? null : person.id
                      health.checking.value = false
                      instruments?.kit.openPanel('health')
                    }
                  : null
              }
            />
          ))}
        </ul>
        <SubroomList live={live} goTo={goTo} />
      </div>
      <PeopleFoot
        hosting={hosting}
        inviting={inviting}
        locked={lock !== null}
        act={acting.act}
        begin={begin}
      />
    </>
  )
}

function ActSaid({ acting: { said } }: { acting: ReturnType<typeof useAct> }) {
  return (
    <div role="status">
      {said && (
        <p class={`panel-say status ${said.is === 'done' ? 'good' : 'poor'}`}>
          <Glyph name={said.is === 'done' ? 'good' : 'poor'} />
          <span>{said.sentence}</span>
        </p>
      )}
    </div>
  )
}

const selfFirst = (people: readonly Person[], own: string): Person[] => [
  ...people.filter(({ id }) => id === own),
  ...people.filter(({ id }) => id !== own),
]
