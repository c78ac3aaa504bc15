import type { Person, ToClient } from '../../../worker/live/protocol.ts'

/** Who is in the room after a message; the same array when nothing changed. In the order in which they came. */
export function peopleAfter(people: readonly Person[], message: ToClient): readonly Person[] {
  switch (message.type) {
    case 'welcome':
      return message.people.toSorted(bySince)
    case 'person.joined':
    case 'person.changed':
      return [...without(people, message.person.id), message.person].sort(bySince)
    case 'person.left':
      return without(people, message.id)
  }
  return people
}

const without = (people: readonly Person[], id: string): readonly Person[] =>
  people.filter(person => person.id !== id)

/** ISO 8601 in one zone sorts as text; whoever came in the same moment stays in one order everywhere. */
const bySince = (a: Person, b: Person): number => compare(a.since, b.since) || compare(a.id, b.id)
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
