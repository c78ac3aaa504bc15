import type { ListedPerson } from '../api/room-calls.ts'
import { t } from '../text.ts'
import type { GlyphName } from '../ui/glyph.tsx'

/** A room's people by where they are, who came first at the top; of the removed, the last. */
export function groupPeople(people: readonly ListedPerson[]) {
  const of = (state: ListedPerson['state']) =>
    people.filter(person => person.state === state).sort((a, b) => a.since.localeCompare(b.since))
  return { waiting: of('waiting'), here: of('here'), removed: of('removed').reverse() }
}

/** Who a host would let in: whoever waits for that, and not for the time. */
export const canAdmit = ({ state, waitingFor }: ListedPerson): boolean =>
  state === 'waiting' && (waitingFor === 'admission' || waitingFor === 'unlock')

/** Where somebody is: silhouette and word; `coloured` only where something is going on. */
export function personState(person: ListedPerson): { glyph: GlyphName; word: string; coloured: boolean } {
  const { states, waits } = t.roomPeople
  const { state, waitingFor, connected } = person
  if (state === 'removed') return { glyph: 'ended', word: states.removed, coloured: false }
  if (!connected) return { glyph: 'unknown', word: states.away, coloured: false }
  if (state === 'here') return { glyph: 'good', word: states.here, coloured: true }
  return {
    glyph: 'waiting',
    word: waits[waitingFor ?? 'admission'],
    coloured: canAdmit(person),
  }
}

/** Who stands before the door now and did not when it was last looked; nobody at the first look. */
export function whoKnocked(
  before: readonly ListedPerson[] | null,
  now: readonly ListedPerson[],
): ListedPerson[] {
  if (!before) return []
  const knew = new Set(before.filter(canAdmit).map(({ id }) => id))
  return now.filter(person => person.connected && canAdmit(person) && !knew.has(person.id))
}
