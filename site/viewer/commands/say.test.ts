import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { grants } from '../../../worker/links/permissions.ts'
import { commands as t } from '../../text/en.ts'
import { faultLines, helpLines, usageOf, whatOf } from './say.ts'
import { commands } from './table.ts'

const of = (name: string) => commands.find(command => command.name === name)!
const escaped = (text: string) => text.replace(/[[\]]/g, '\\$&')
const nobody = { permissions: [], offered: new Set<string>() }

test('every command has words, and no word is left over', () => {
  expect(Object.keys(t.what).sort()).toEqual(commands.map(({ name }) => name).sort())
  for (const command of commands) expect(whatOf(command)).toMatch(/^[A-Z]/)
})

test('the documentation names every command as it is typed', () => {
  const page = readFileSync(new URL('../../../docs/commands.md', import.meta.url), 'utf8')
  for (const command of commands) expect(page).toMatch(new RegExp(`\`${escaped(usageOf(command))}`))
})

test.each([
  ['msg', '/msg person message'],
  ['kick', '/kick person [reason]'],
  ['invite', '/invite [name] [end]'],
  ['lock', '/lock [message]'],
  ['set', '/set [setting] [value]'],
  ['raise', '/raise'],
])('%s is typed %s', (name, usage) => expect(usageOf(of(name))).toBe(usage))

test('help lists what somebody may type, and nothing else', () => {
  expect(helpLines(null, nobody)).toEqual([
    '/help [command]: What you can type',
    '/raise: Raise your hand',
    '/unraise: Lower your hand',
    'Type //text to say /text.',
  ])
  const all = helpLines(null, { permissions: grants, offered: new Set(['leave']) })
  expect(all).toContain('/kick person [reason]: Remove somebody for good')
  expect(all).toContain('/leave: Leave the room')
  expect(all.filter(line => /^\/(invite|set|unset|relay-test)/.test(line))).toEqual([])
})

test('help about one command', () => {
  expect(helpLines('raise', nobody)).toEqual(['/raise: Raise your hand'])
  expect(helpLines('set', nobody)).toEqual([
    '/set [setting] [value]: List settings of this device, or change one',
  ])
  expect(helpLines('kick', nobody)).toEqual(['You may not use /kick here.'])
  expect(helpLines('kcik', nobody)).toEqual(['There is no command /kcik. /help lists what you can type.'])
})

test('each fault is a sentence', () => {
  const people = [
    { id: 'aaaaaaaaaaaaaaaa', name: 'Anna' },
    { id: 'bbbbbbbbbbbbbbbb', name: 'Anna' },
  ]
  expect([
    ...faultLines({ is: 'unknown', name: 'kcik', nearest: 'kick' }),
    ...faultLines({ is: 'forbidden', command: of('kick') }),
    ...faultLines({ is: 'elsewhere', command: of('leave') }),
    ...faultLines({ is: 'yourself', command: of('kick') }),
    ...faultLines({ is: 'usage', command: of('msg') }),
    ...faultLines({ is: 'open-quote' }),
    ...faultLines({ is: 'nobody', called: 'Ann', waiting: false }),
    ...faultLines({ is: 'nobody', called: 'Ann', waiting: true }),
    ...faultLines({ is: 'several', called: 'Anna', people }),
    ...faultLines({ is: 'no-time', given: 'soon' }),
    ...faultLines({ is: 'no-value', given: 'yes' }),
    ...faultLines({ is: 'too-long', max: 200 }),
  ]).toEqual([
    'There is no command /kcik. Did you mean /kick?',
    'You may not use /kick here.',
    '/leave does not work here.',
    '/kick is for somebody else than yourself.',
    'Type it like this: /msg person message',
    'A quotation mark is not closed.',
    'Nobody in the room is called “Ann”.',
    'Nobody who waits is called “Ann”.',
    '“Anna” may be several people. Put the name in quotes, or use the id:',
    '“Anna” aaaaaaaaaaaaaaaa',
    '“Anna” bbbbbbbbbbbbbbbb',
    '“soon” is no time. Type a date, or 90s, 5min, 2h, 3d, 6mon or 1yr.',
    '“yes” is no value. Type true, false, a number or "text".',
    'That is too long: at most 200 characters.',
  ])
})
