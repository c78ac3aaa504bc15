import { Menu } from '../../lib/menu.tsx'
import type { ListedPerson } from '../api/room-calls.ts'
import { linkRole } from '../links/link-words.ts'
import { may } from '../session.ts'
import { t } from '../text.ts'
import { here } from '../time/clock.ts'
import { sayClock, sayDuration } from '../time/say.ts'
import { Button } from '../ui/button.tsx'
import { Glyph } from '../ui/glyph.tsx'
import { type WatermarkMode, watermarkModes } from '../ui/watermarks.ts'
import { canAdmit, personState } from './person-words.ts'

/** What can be done with somebody from outside the room. */
export interface PersonActs {
  admit: (person: ListedPerson) => void
  pardon: (person: ListedPerson) => void
  mark: (person: ListedPerson, mode: WatermarkMode | null) => void
  /** Asks first. */
  remove: (person: ListedPerson) => void
}

/** Somebody of the room, and what can be done with them. */
export function PersonRow({ person, acts }: { person: ListedPerson; acts: PersonActs }) {
  const { now, zone } = here()
  const p = t.roomPeople
  const state = personState(person)
  const since = Date.parse(person.since)
  return (
    <tr data-row>
      <td>
        <b class="strong">{person.name}</b>
        <span class="sub">{p.through(person.link.label)}</span>
        {person.reason && <span class="sub">{t.form.quote(person.reason)}</span>}
      </td>
      <td data-l={p.columns.role}>{linkRole(person)}</td>
      <td class="state">
        <span class={state.coloured ? `status ${state.glyph}` : 'status'}>
          <Glyph is={state.glyph} />
          {state.word}
        </span>
      </td>
      <td class="right" data-l={p.columns.since} title={sayClock(since, zone)}>
        {sayDuration(now - since)}
      </td>
      <td class="menu">{may('links:write') && <Actions person={person} acts={acts} />}</td>
    </tr>
  )
}

function Actions({ person, acts }: { person: ListedPerson; acts: PersonActs }) {
  const p = t.roomPeople
  const waits = person.state === 'waiting'
  if (person.state === 'removed')
    return (
      <Button onClick={() => acts.pardon(person)} label={p.pardonOf(person.name)}>
        {p.pardon}
      </Button>
    )
  return (
    <div class="row">
      {canAdmit(person) && (
        <Button onClick={() => acts.admit(person)} label={p.admitOf(person.name)}>
          {p.admit}
        </Button>
      )}
      <Menu
        label={p.actionsOn(person.name)}
        items={[
          ...markings(person).map(mode => ({
            word: t.watermark.mark[mode ?? 'none'],
            act: () => acts.mark(person, mode),
          })),
          { word: waits ? p.refuseWord : p.removeWord, act: () => acts.remove(person) },
        ]}
      />
    </div>
  )
}

/** How they could be marked that they are not. */
const markings = ({ watermark }: ListedPerson): (WatermarkMode | null)[] =>
  [...watermarkModes, null].filter(mode => mode !== watermark)
