import { commands as t } from '../../text/en.ts'
import type { Fault } from './read-line.ts'
import { type Command, commands, type May, usable } from './table.ts'

/** How a command is typed: `/kick person [reason]`, with what may be left out in brackets. */
export const usageOf = ({ name, parameters }: Command): string =>
  [
    `/${name}`,
    ...parameters.map(({ label, optional }) => (optional ? `[${t.parameters[label]}]` : t.parameters[label])),
  ].join(' ')

/** What a command is for. */
export const whatOf = ({ name }: Command): string => t.what[name as keyof typeof t.what]

/** All that somebody may type here, or one command of it. */
export function helpLines(about: string | null, may: May): readonly string[] {
  const line = (command: Command) => `${usageOf(command)}: ${whatOf(command)}`
  if (about === null)
    return [
      ...usable(may)
        .filter(one => !one.hidden)
        .map(line),
      t.slash,
    ]
  const command = usable(may).find(({ name }) => name === about)
  if (command) return [line(command)]
  return [commands.some(({ name }) => name === about) ? t.fault.forbidden(about) : t.fault.unknown(about)]
}

/** Why a line is no command, in lines of its own. */
export function faultLines(fault: Fault): readonly string[] {
  switch (fault.is) {
    case 'unknown':
      return [
        fault.nearest === null ? t.fault.unknown(fault.name) : t.fault.nearest(fault.name, fault.nearest),
      ]
    case 'forbidden':
    case 'elsewhere':
    case 'yourself':
      return [t.fault[fault.is](fault.command.name)]
    case 'usage':
      return [t.fault.usage(usageOf(fault.command))]
    case 'open-quote':
      return [t.fault.openQuote]
    case 'nobody':
      return [fault.waiting ? t.fault.nobodyWaiting(fault.called) : t.fault.nobody(fault.called)]
    case 'several':
      return [t.fault.several(fault.called), ...fault.people.map(({ name, id }) => t.fault.one(name, id))]
    case 'no-time':
      return [t.fault.noTime(fault.given)]
    case 'no-value':
      return [t.fault.noValue(fault.given)]
    case 'too-long':
      return [t.fault.tooLong(fault.max)]
  }
}
