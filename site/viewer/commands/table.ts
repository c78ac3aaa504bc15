import type { Grant } from '../../../worker/links/permissions.ts'
import type { Intent, Named, PageIntent } from './intent.ts'

/**
 * `person` is another one in the room, `member` may be oneself, `guest` somebody who waits; all by name or id. `until` is a
 * duration (`90s`, `2d`, `6mon`) or a date; `text` is all that follows, `json` too.
 */
export type ParameterKind = 'person' | 'member' | 'guest' | 'word' | 'until' | 'text' | 'json'

export interface Parameter {
  kind: ParameterKind
  /** What it is called in the help; a word of the catalogue. */
  label: 'command' | 'person' | 'message' | 'reason' | 'name' | 'end' | 'link' | 'setting' | 'value'
  optional?: true
  /** The longest text that the room takes, in characters. */
  max?: number
  /** Lines become one. */
  line?: true
}

/** What was given, by kind: no command takes two of one. */
export interface Arguments {
  who?: Named
  word?: string
  until?: number
  text?: string
  json?: unknown
}

export interface Command {
  name: string
  parameters: readonly Parameter[]
  /** All of these must be held at this moment. The room asks again. */
  needs: readonly Grant[]
  /** Works, but is not listed. */
  hidden?: true
  /** Done by a part of the page; offered only where that part is. */
  page?: PageIntent['is']
  /** With the arguments that its parameters ask for. */
  intent(given: Arguments): Intent
}

/** The longest chat message, in characters. */
export const MAX_TEXT = 4_000

const person: Parameter = { kind: 'person', label: 'person' }
const member: Parameter = { kind: 'member', label: 'person' }
const guest: Parameter = { kind: 'guest', label: 'person' }
const text: Parameter = { kind: 'text', label: 'message', max: MAX_TEXT }
const warning: Parameter = { kind: 'text', label: 'message', max: 1_000 }
const reason: Parameter = { kind: 'text', label: 'reason', optional: true, max: 200, line: true }
const link: Parameter = { kind: 'word', label: 'link' }
const end: Parameter = { kind: 'until', label: 'end', optional: true }
const setting: Parameter = { kind: 'word', label: 'setting' }

const op: readonly Grant[] = ['op']
const both: readonly Grant[] = ['op', 'token']
const anybody: readonly Grant[] = []

const to = (given: Arguments): Named => given.who!
const permit = (permission: 'present' | 'message', held: boolean) => (given: Arguments) =>
  ({ is: 'permit', who: to(given), permission, held }) as const

/** A command that a part of the page carries out, under the same name. */
const page = (
  name: PageIntent['is'],
  parameters: readonly Parameter[],
  needs: readonly Grant[],
  intent: (given: Arguments) => PageIntent,
): Command => ({ name, parameters, needs, page: name, intent })

/** Every command, in the order in which they are listed. Names follow Galene, whose people know them. */
export const commands: readonly Command[] = [
  {
    name: 'help',
    parameters: [{ kind: 'word', label: 'command', optional: true }],
    needs: anybody,
    intent: ({ word }) => ({ is: 'help', about: word?.replace(/^\//, '').toLowerCase() ?? null }),
  },
  {
    name: 'me',
    parameters: [text],
    needs: ['message'],
    intent: given => ({ is: 'say', text: given.text!, me: true, to: null }),
  },
  {
    name: 'msg',
    parameters: [person, text],
    needs: ['message'],
    intent: given => ({ is: 'say', text: given.text!, me: false, to: to(given) }),
  },
  { name: 'raise', parameters: [], needs: anybody, intent: () => ({ is: 'hand', raised: true }) },
  { name: 'unraise', parameters: [], needs: anybody, intent: () => ({ is: 'hand', raised: false }) },
  page('sendfile', [person], ['message'], given => ({ is: 'sendfile', to: to(given) })),
  page('renegotiate', [], anybody, () => ({ is: 'renegotiate' })),
  page('leave', [], anybody, () => ({ is: 'leave' })),
  page('invite', [{ kind: 'word', label: 'name', optional: true }, end], ['token'], given => ({
    is: 'invite',
    name: given.word || null,
    until: given.until ?? null,
  })),
  page('reinvite', [link, end], both, given => ({
    is: 'reinvite',
    link: given.word!,
    until: given.until ?? null,
  })),
  page('revoke', [link], both, given => ({ is: 'revoke', link: given.word! })),
  page('listtokens', [], both, () => ({ is: 'listtokens' })),
  {
    name: 'admit',
    parameters: [{ ...guest, optional: true }],
    needs: op,
    intent: given => ({ is: 'admit', who: given.who ?? null }),
  },
  {
    name: 'refuse',
    parameters: [guest, reason],
    needs: op,
    intent: given => ({ is: 'refuse', who: to(given), reason: given.text ?? null }),
  },
  {
    name: 'lock',
    parameters: [{ ...reason, label: 'message' }],
    needs: op,
    intent: given => ({ is: 'lock', message: given.text ?? null }),
  },
  { name: 'unlock', parameters: [], needs: op, intent: () => ({ is: 'unlock' }) },
  {
    name: 'kick',
    parameters: [person, reason],
    needs: op,
    intent: given => ({ is: 'kick', who: to(given), reason: given.text ?? null }),
  },
  {
    name: 'identify',
    parameters: [member],
    needs: op,
    intent: given => ({ is: 'identify', who: to(given) }),
  },
  {
    name: 'op',
    parameters: [member],
    needs: op,
    intent: given => ({ is: 'op', who: to(given), held: true }),
  },
  {
    name: 'unop',
    parameters: [member],
    needs: op,
    intent: given => ({ is: 'op', who: to(given), held: false }),
  },
  { name: 'present', parameters: [member], needs: op, intent: permit('present', true) },
  { name: 'unpresent', parameters: [member], needs: op, intent: permit('present', false) },
  { name: 'shutup', parameters: [member], needs: op, intent: permit('message', false) },
  { name: 'unshutup', parameters: [member], needs: op, intent: permit('message', true) },
  { name: 'mute', parameters: [person], needs: op, intent: given => ({ is: 'mute', who: to(given) }) },
  { name: 'muteall', parameters: [], needs: op, intent: () => ({ is: 'mute', who: null }) },
  {
    name: 'warn',
    parameters: [person, warning],
    needs: op,
    intent: given => ({ is: 'warn', who: to(given), text: given.text! }),
  },
  { name: 'wall', parameters: [warning], needs: op, intent: given => ({ is: 'wall', text: given.text! }) },
  { name: 'clear', parameters: [], needs: op, intent: () => ({ is: 'clear' }) },
  page('subgroups', [], op, () => ({ is: 'subgroups' })),
  { name: 'end', parameters: [], needs: op, intent: () => ({ is: 'end' }) },
  { ...page('relay-test', [], anybody, () => ({ is: 'relay-test' })), hidden: true },
  {
    name: 'set',
    parameters: [
      { ...setting, optional: true },
      { kind: 'json', label: 'value', optional: true },
    ],
    needs: anybody,
    hidden: true,
    intent: ({ word, json }) => ({ is: 'set', key: word ?? null, value: json ?? true }),
  },
  {
    name: 'unset',
    parameters: [setting],
    needs: anybody,
    hidden: true,
    intent: ({ word }) => ({ is: 'unset', key: word! }),
  },
]

/** What decides which commands somebody has. */
export interface May {
  permissions: readonly Grant[]
  /** What parts of the page can do now. */
  offered: ReadonlySet<string>
}

export const mayUse = (command: Command, { permissions }: Pick<May, 'permissions'>): boolean =>
  command.needs.every(grant => permissions.includes(grant))

export const isHere = ({ page }: Command, { offered }: Pick<May, 'offered'>): boolean =>
  page === undefined || offered.has(page)

/** The commands that somebody may use here and now, those that are not listed too. */
export const usable = (may: May): readonly Command[] =>
  commands.filter(command => mayUse(command, may) && isHere(command, may))
