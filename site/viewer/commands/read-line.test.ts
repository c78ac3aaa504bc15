import fc from 'fast-check'
import { expect, test } from 'vitest'
import { grants } from '../../../worker/links/permissions.ts'
import type { Intent } from './intent.ts'
import { type Context, type Fault, readLine } from './read-line.ts'
import { commands, mayUse } from './table.ts'
import { asWord } from './words.ts'

const now = Date.parse('2026-11-21T14:00:00Z')
const day = 86_400_000
const anna = { id: 'aaaaaaaaaaaaaaaa', name: 'Anna' }
const annaB = { id: 'bbbbbbbbbbbbbbbb', name: 'Anna B' }
const dop = { id: 'dddddddddddddddd', name: 'DoP' }
const twins = [
  { id: 'eeeeeeeeeeeeeeee', name: 'Editor' },
  { id: 'ffffffffffffffff', name: 'Editor' },
]
const odd = { id: 'gggggggggggggggg', name: 'The "old" man' }
const you = { id: 'yyyyyyyyyyyyyyyy', name: 'Client' }
const guest = { id: 'wwwwwwwwwwwwwwww', name: 'Post producer' }
const all = new Set(commands.flatMap(({ page }) => page ?? []))
const context: Context = {
  permissions: grants,
  offered: all,
  you: you.id,
  people: [you, anna, annaB, dop, ...twins, odd],
  waiting: [guest],
  now,
}
const intent = (line: string, change: Partial<Context> = {}) => {
  const read = readLine(line, { ...context, ...change })
  return 'intent' in read ? read.intent : read.fault.is
}
const fault = (line: string, change: Partial<Context> = {}) => {
  const read = readLine(line, { ...context, ...change })
  if ('intent' in read) return read
  // Commands by name: what they are is in the table.
  const { fault } = read
  return 'command' in fault ? { ...fault, command: fault.command.name } : fault
}

test.each<[string, Intent]>([
  ['Darker', { is: 'say', text: 'Darker', me: false, to: null }],
  ['  two\nlines ', { is: 'say', text: 'two\nlines', me: false, to: null }],
  ['//help me', { is: 'say', text: '/help me', me: false, to: null }],
  [' /help', { is: 'say', text: '/help', me: false, to: null }],
  ['/help', { is: 'help', about: null }],
  ['/HELP /Kick', { is: 'help', about: 'kick' }],
  ['/me nods', { is: 'say', text: 'nods', me: true, to: null }],
  ['/me "nods"', { is: 'say', text: '"nods"', me: true, to: null }],
  ['/msg DoP a\nb', { is: 'say', text: 'a\nb', me: false, to: dop }],
  ['/msg dop a', { is: 'say', text: 'a', me: false, to: dop }],
  ['/msg "Anna" B is right', { is: 'say', text: 'B is right', me: false, to: anna }],
  ["/msg 'Anna B' hello", { is: 'say', text: 'hello', me: false, to: annaB }],
  ['/msg “Anna B” hello', { is: 'say', text: 'hello', me: false, to: annaB }],
  ['/msg Anna hello', { is: 'say', text: 'hello', me: false, to: anna }],
  ['/msg The "old" man hello', { is: 'say', text: 'hello', me: false, to: odd }],
  ['/msg "The \\"old\\" man" hello', { is: 'say', text: 'hello', me: false, to: odd }],
  [`/msg ${twins[1]!.id} hello`, { is: 'say', text: 'hello', me: false, to: twins[1]! }],
  ['/raise', { is: 'hand', raised: true }],
  ['/unraise ', { is: 'hand', raised: false }],
  ['/leave', { is: 'leave' }],
  ['/clear', { is: 'clear' }],
  ['/end', { is: 'end' }],
  ['/lock', { is: 'lock', message: null }],
  ['/lock Lunch,\nback at 2', { is: 'lock', message: 'Lunch, back at 2' }],
  ['/unlock', { is: 'unlock' }],
  ['/admit', { is: 'admit', who: null }],
  ['/admit post producer', { is: 'admit', who: guest }],
  ['/refuse Post producer', { is: 'refuse', who: guest, reason: null }],
  ['/refuse "Post producer" Not today', { is: 'refuse', who: guest, reason: 'Not today' }],
  ['/kick "Anna B"', { is: 'kick', who: annaB, reason: null }],
  ['/kick DoP That is enough', { is: 'kick', who: dop, reason: 'That is enough' }],
  ['/identify Anna B', { is: 'identify', who: annaB }],
  ['/identify Client', { is: 'identify', who: you }],
  ['/op DoP', { is: 'op', who: dop, held: true }],
  ['/unop Client', { is: 'op', who: you, held: false }],
  ['/present DoP', { is: 'permit', who: dop, permission: 'present', held: true }],
  ['/unpresent DoP', { is: 'permit', who: dop, permission: 'present', held: false }],
  ['/shutup DoP', { is: 'permit', who: dop, permission: 'message', held: false }],
  ['/unshutup DoP', { is: 'permit', who: dop, permission: 'message', held: true }],
  ['/mute DoP', { is: 'mute', who: dop }],
  ['/muteall', { is: 'mute', who: null }],
  ['/warn DoP Stay with us', { is: 'warn', who: dop, text: 'Stay with us' }],
  ['/wall Five minutes', { is: 'wall', text: 'Five minutes' }],
  ['/invite', { is: 'invite', name: null, until: null }],
  ["/invite '' 2d", { is: 'invite', name: null, until: now + 2 * day }],
  ['/invite "Post producer" 90min', { is: 'invite', name: 'Post producer', until: now + 90 * 60_000 }],
  ['/invite Agency 2026-12-01T10:00:00Z', { is: 'invite', name: 'Agency', until: Date.UTC(2026, 11, 1, 10) }],
  ['/reinvite abc 1mon', { is: 'reinvite', link: 'abc', until: now + 31 * day }],
  ['/revoke abc', { is: 'revoke', link: 'abc' }],
  ['/listtokens', { is: 'listtokens' }],
  ['/subgroups', { is: 'subgroups' }],
  ['/sendfile DoP', { is: 'sendfile', to: dop }],
  ['/relay-test', { is: 'relay-test' }],
  ['/renegotiate', { is: 'renegotiate' }],
  ['/set', { is: 'set', key: null, value: true }],
  ['/set quiet', { is: 'set', key: 'quiet', value: true }],
  ['/set quiet false', { is: 'set', key: 'quiet', value: false }],
  ['/unset quiet', { is: 'unset', key: 'quiet' }],
])('%j', (line, wanted) => expect(intent(line)).toEqual(wanted))

const usage = (command: string) => ({ is: 'usage', command })
test.each<[string, unknown]>([
  ['/', { is: 'unknown', name: '', nearest: null }],
  ['/ kick DoP', { is: 'unknown', name: '', nearest: null }],
  ['/kcik DoP', { is: 'unknown', name: 'kcik', nearest: 'kick' }],
  ['/idnetify', { is: 'unknown', name: 'idnetify', nearest: 'identify' }],
  ['/list', { is: 'unknown', name: 'list', nearest: 'listtokens' }],
  ['/x', { is: 'unknown', name: 'x', nearest: null }],
  ['/zzzzzz', { is: 'unknown', name: 'zzzzzz', nearest: null }],
  ['/constructor', { is: 'unknown', name: 'constructor', nearest: null }],
  ['/kick/DoP', { is: 'unknown', name: 'kick/DoP', nearest: null }],
  ['/me', usage('me')],
  ['/me   ', usage('me')],
  ['/msg', usage('msg')],
  ['/msg DoP', usage('msg')],
  ['/msg "DoP"', usage('msg')],
  ['/warn DoP', usage('warn')],
  ['/wall', usage('wall')],
  ['/kick', usage('kick')],
  ['/refuse', usage('refuse')],
  ['/revoke', usage('revoke')],
  ['/revoke a b', usage('revoke')],
  ['/unset', usage('unset')],
  ['/raise now', usage('raise')],
  ['/clear all', usage('clear')],
  ['/end now', usage('end')],
  ['/op "DoP" now', usage('op')],
  ['/msg "Anna hello', { is: 'open-quote' }],
  ['/msg "Anna\\" hello', { is: 'open-quote' }],
  ["/invite '", { is: 'open-quote' }],
  ['/invite a "2d', { is: 'open-quote' }],
  ['/msg Nobody hello', { is: 'nobody', called: 'Nobody', waiting: false }],
  ['/msg "" hello', { is: 'nobody', called: '', waiting: false }],
  ['/msg DoPe hello', { is: 'nobody', called: 'DoPe', waiting: false }],
  ['/op Dr Who', { is: 'nobody', called: 'Dr Who', waiting: false }],
  ['/msg Post producer hello', { is: 'nobody', called: 'Post', waiting: false }],
  ['/admit DoP', { is: 'nobody', called: 'DoP', waiting: true }],
  ['/msg Anna B hello', { is: 'several', called: 'Anna', people: [anna, annaB] }],
  ['/kick Anna B', { is: 'several', called: 'Anna', people: [anna, annaB] }],
  ['/msg Editor hello', { is: 'several', called: 'Editor', people: twins }],
  ['/op "Editor"', { is: 'several', called: 'Editor', people: twins }],
  ['/msg Client hello', { is: 'yourself', command: 'msg' }],
  ['/kick Client', { is: 'yourself', command: 'kick' }],
  ['/sendfile client', { is: 'yourself', command: 'sendfile' }],
  ['/invite Agency soon', { is: 'no-time', given: 'soon' }],
  ['/invite Agency 2026', { is: 'no-time', given: '2026' }],
  ['/invite Agency 2 d', { is: 'no-time', given: '2 d' }],
  ['/reinvite abc 2w', { is: 'no-time', given: '2w' }],
  ['/reinvite abc ""', { is: 'no-time', given: '' }],
  ['/set quiet yes', { is: 'no-value', given: 'yes' }],
  [`/lock ${'a'.repeat(201)}`, { is: 'too-long', max: 200 }],
  [`/kick DoP ${'a'.repeat(201)}`, { is: 'too-long', max: 200 }],
  [`/wall ${'a'.repeat(1001)}`, { is: 'too-long', max: 1000 }],
  [`/me ${'a'.repeat(4001)}`, { is: 'too-long', max: 4000 }],
])('%j is refused', (line, wanted) => expect(fault(line)).toEqual(wanted))

test('somebody whose name is the id of another cannot take what is meant for them', () => {
  const thief = { id: 'tttttttttttttttt', name: anna.id }
  expect(fault(`/msg ${anna.id} secret`, { people: [you, anna, thief] })).toEqual({
    is: 'several',
    called: anna.id,
    people: [anna, thief],
  })
})

test('a name in the same letters goes before one in other letters', () => {
  const upper = { id: 'uuuuuuuuuuuuuuuu', name: 'ANNA' }
  expect(intent('/op ANNA', { people: [anna, upper] })).toEqual({ is: 'op', who: upper, held: true })
  expect(intent('/op aNNa', { people: [anna, upper] })).toBe('several')
})

test('without its permission a command is refused, whatever follows it', () => {
  for (const command of commands)
    for (const missing of command.needs) {
      const permissions = grants.filter(grant => grant !== missing)
      expect(fault(`/${command.name} DoP x`, { permissions })).toEqual({
        is: 'forbidden',
        command: command.name,
      })
    }
  expect(commands.filter(command => mayUse(command, { permissions: [] })).map(({ name }) => name)).toEqual([
    'help',
    'raise',
    'unraise',
    'renegotiate',
    'leave',
    'relay-test',
    'set',
    'unset',
  ])
})

test('what no part of the page offers is not there', () => {
  const offered = new Set<string>()
  const absent = commands.filter(({ page }) => page !== undefined).map(({ name }) => name)
  expect(absent.map(name => fault(`/${name} DoP`, { offered }))).toEqual(
    absent.map(command => ({ is: 'elsewhere', command })),
  )
  expect(fault('/invit', { offered })).toEqual({ is: 'unknown', name: 'invit', nearest: null })
})

test('whatever somebody is called, quoted by the page they are found', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
      fc.string({ minLength: 1 }),
      (name, text) => {
        fc.pre(name.trim() === name && text.trim() !== '')
        const who = { id: 'zzzzzzzzzzzzzzzz', name }
        expect(intent(`/msg "${name.replace(/["”\\]/gu, '\\$&')}" ${text}`, { people: [who] })).toEqual({
          is: 'say',
          text: text.trim(),
          me: false,
          to: who,
        })
        expect(intent(`/msg ${asWord(name)} ${text}`, { people: [who] })).toMatchObject({ to: who })
      },
    ),
  )
})

test('no line breaks it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...commands.map(({ name }) => name), ''),
      fc.string({ unit: 'binary' }),
      (name, rest) => {
        const read: { intent?: Intent; fault?: Fault } = readLine(`/${name} ${rest}`, context)
        expect(Object.keys(read).length).toBe(1)
      },
    ),
  )
})
