import { folded } from './people.ts'
import type { Context } from './read-line.ts'
import { type Command, usable } from './table.ts'
import { asWord } from './words.ts'

/** What can be chosen for what is being typed, and what it would replace: from the beginning of the line to the caret. */
export type Completion =
  | { kind: 'commands'; options: readonly { line: string; command: Command }[] }
  | { kind: 'people'; options: readonly { line: string; name: string; id: string }[] }

/** People that are offered at once. */
const MOST = 8

/** Offers commands, then the people that a command can be about; null while there is nothing to choose. */
export function complete(typed: string, context: Context): Completion | null {
  const [, slash, name = '', space, rest = ''] = /^(\/)([a-z-]*)(\s+)?([\s\S]*)$/iu.exec(typed) ?? []
  if (slash === undefined || typed.startsWith('//')) return null
  const allowed = usable(context)
  if (space === undefined) {
    if (rest) return null
    const options = allowed
      .filter(command => !command.hidden && command.name.startsWith(name.toLowerCase()))
      .map(command => ({ command, line: `/${command.name}${command.parameters.length > 0 ? ' ' : ''}` }))
    return options.length > 0 ? { kind: 'commands', options } : null
  }
  const command = allowed.find(one => one.name === name.toLowerCase())
  return command ? completePerson(command, rest, context) : null
}

function completePerson(
  command: Command,
  rest: string,
  { you, people, waiting }: Context,
): Completion | null {
  const [first] = command.parameters
  if (!first || !['person', 'member', 'guest'].includes(first.kind)) return null
  const among = first.kind === 'guest' ? waiting : people
  const begun = folded(rest.replace(/^["'“‘]/u, ''))
  const options = among
    .filter(({ id, name }) => (first.kind !== 'person' || id !== you) && folded(name).startsWith(begun))
    .slice(0, MOST)
    .map(({ id, name }) => {
      const twin = among.some(other => other.id !== id && folded(other.name) === folded(name))
      return { id, name, line: `/${command.name} ${asWord(twin ? id : name)} ` }
    })
  // What is typed already needs no choosing.
  const done = options.length === 1 && folded(options[0]!.name) === begun && /\s$/u.test(rest)
  return options.length > 0 && !done ? { kind: 'people', options } : null
}
