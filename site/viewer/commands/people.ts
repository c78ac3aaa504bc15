import type { Named } from './intent.ts'
import { takeWord } from './words.ts'

/** Who was meant: somebody, with what follows them on the line; nobody; several. */
export type Meant =
  | { who: Named; rest: string }
  | { nobody: string }
  | { several: readonly Named[]; called: string }
  | 'missing'
  | 'open'

/**
 * Finds the person at the beginning of a line: an id, or a name. In quotes it is taken as it is; without them a name of
 * several words is recognised too, as long as only one person can be meant: a private message must not go astray.
 * @param last nothing follows, so all of the line is the name
 */
export function takePerson(line: string, people: readonly Named[], last: boolean): Meant {
  const word = takeWord(line)
  if (word === 'open') return 'open'
  if (!word) return 'missing'
  if (word.quoted) return chosen(called(word.text, people), word.text, word.rest)
  const trimmed = line.trim()
  if (last) {
    const found = called(trimmed, people)
    return found.length > 0 ? chosen(found, trimmed, '') : { nobody: trimmed }
  }
  const found = new Map<Named, string>()
  const longest = 2 * Math.max(0, ...people.map(({ name, id }) => Math.max(name.length, id.length)))
  for (const match of trimmed.slice(0, longest + 1).matchAll(/(?<=\S)(?=\s|$)/gu))
    for (const who of called(trimmed.slice(0, match.index), people))
      if (!found.has(who)) found.set(who, trimmed.slice(match.index).trimStart())
  const [only] = found
  if (found.size === 1 && only) return { who: only[0], rest: only[1] }
  return found.size > 1 ? { several: [...found.keys()], called: word.text } : { nobody: word.text }
}

function chosen(found: readonly Named[], text: string, rest: string): Meant {
  const [who] = found
  if (!who) return { nobody: text }
  return found.length === 1 ? { who, rest } : { several: found, called: text }
}

/** All who are called so: in exactly these letters if anybody is, else whatever the case. */
function called(text: string, people: readonly Named[]): readonly Named[] {
  const exact = people.filter(({ id, name }) => id === text || name === text)
  if (exact.length > 0) return exact
  const wanted = folded(text)
  return people.filter(({ name }) => folded(name) === wanted)
}

/** A name for comparing: case, width and the number of spaces do not matter. */
export const folded = (name: string): string =>
  name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim()
