import type { Intent, Named } from './intent.ts'
import { nearest } from './nearest.ts'
import { takePerson } from './people.ts'
import {
  type Arguments,
  type Command,
  commands,
  isHere,
  MAX_TEXT,
  type May,
  mayUse,
  type Parameter,
  usable,
} from './table.ts'
import { readUntil } from './until.ts'
import { takeWord } from './words.ts'

/** What a typed line is read by. */
export interface Context extends May {
  you: string
  /** Everybody in the room. */
  people: readonly Named[]
  /** Who waits before the door. */
  waiting: readonly Named[]
  /** In ms since 1970. */
  now: number
}

/** Why a line is no command. */
export type Fault =
  | { is: 'unknown'; name: string; nearest: string | null }
  | { is: 'forbidden' | 'elsewhere'; command: Command }
  /** Something is missing, or there is too much. */
  | { is: 'usage'; command: Command }
  | { is: 'open-quote' }
  | { is: 'nobody'; called: string; waiting: boolean }
  | { is: 'yourself'; command: Command }
  | { is: 'several'; called: string; people: readonly Named[] }
  | { is: 'no-time' | 'no-value'; given: string }
  /** In characters. */
  | { is: 'too-long'; max: number }

export type Reading = { intent: Intent } | { fault: Fault }

/** What somebody who typed this wants. `//text` says `/text`. */
export function readLine(line: string, context: Context): Reading {
  if (!line.startsWith('/') || line.startsWith('//')) {
    const text = line.replace(/^\/\//, '/').trim()
    return { intent: { is: 'say', text, me: false, to: null } }
  }
  const [, typed = '', rest = ''] = /^\/(\S*)\s*([\s\S]*)$/u.exec(line) ?? []
  const name = typed.toLowerCase()
  const command = commands.find(one => one.name === name)
  if (!command)
    return {
      fault: {
        is: 'unknown',
        name: typed,
        nearest: nearest(
          name,
          usable(context).map(one => one.name),
        ),
      },
    }
  if (!mayUse(command, context)) return { fault: { is: 'forbidden', command } }
  if (!isHere(command, context)) return { fault: { is: 'elsewhere', command } }
  const given = readArguments(command, rest, context)
  return 'fault' in given ? given : { intent: command.intent(given) }
}

function readArguments(command: Command, line: string, context: Context): Arguments | { fault: Fault } {
  const given: Arguments = {}
  let rest = line
  for (const [i, parameter] of command.parameters.entries()) {
    if (!rest.trim()) {
      if (parameter.optional) break
      return { fault: { is: 'usage', command } }
    }
    const taken = take(parameter, rest, i === command.parameters.length - 1, command, context)
    if ('fault' in taken) return taken
    Object.assign(given, taken.given)
    rest = taken.rest
  }
  return rest.trim() ? { fault: { is: 'usage', command } } : given
}

type Taken = { given: Arguments; rest: string } | { fault: Fault }

function take(parameter: Parameter, line: string, last: boolean, command: Command, context: Context): Taken {
  const { kind, max = MAX_TEXT } = parameter
  const { you, now } = context
  switch (kind) {
    case 'text': {
      const text = parameter.line ? line.trim().replace(/\s+/gu, ' ') : line.trim()
      return text.length > max ? { fault: { is: 'too-long', max } } : { given: { text }, rest: '' }
    }
    case 'json':
      try {
        return { given: { json: JSON.parse(line) as unknown }, rest: '' }
      } catch {
        return { fault: { is: 'no-value', given: line.trim() } }
      }
    case 'until': {
      const word = takeWord(line)
      if (word === 'open') return { fault: { is: 'open-quote' } }
      const text = word?.quoted ? word.text : line.trim()
      const until = readUntil(text, now)
      if (until === null) return { fault: { is: 'no-time', given: text } }
      return { given: { until }, rest: word?.quoted ? word.rest : '' }
    }
    case 'word': {
      const word = takeWord(line)
      if (word === 'open' || !word) return { fault: { is: 'open-quote' } }
      return { given: { word: word.text }, rest: word.rest }
    }
    default: {
      const waiting = kind === 'guest'
      const meant = takePerson(line, waiting ? context.waiting : context.people, last)
      if (meant === 'open') return { fault: { is: 'open-quote' } }
      if (meant === 'missing') return { fault: { is: 'usage', command } }
      if ('nobody' in meant) return { fault: { is: 'nobody', called: meant.nobody, waiting } }
      if ('several' in meant) return { fault: { is: 'several', called: meant.called, people: meant.several } }
      if (kind === 'person' && meant.who.id === you) return { fault: { is: 'yourself', command } }
      return { given: { who: meant.who }, rest: meant.rest }
    }
  }
}
