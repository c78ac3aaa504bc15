import { expect, test } from 'vitest'
import { grants } from '../../../worker/links/permissions.ts'
import { complete } from './complete.ts'
import { type Context, readLine } from './read-line.ts'
import { usable } from './table.ts'

const you = { id: 'yyyyyyyyyyyyyyyy', name: 'Client' }
const twins = [
  { id: 'eeeeeeeeeeeeeeee', name: 'Editor' },
  { id: 'ffffffffffffffff', name: 'editor' },
]
const context: Context = {
  permissions: grants,
  offered: new Set(['leave', 'invite', 'relay-test']),
  you: you.id,
  people: [
    you,
    { id: 'aaaaaaaaaaaaaaaa', name: 'Anna "B"' },
    { id: 'dddddddddddddddd', name: 'DoP' },
    ...twins,
  ],
  waiting: [{ id: 'wwwwwwwwwwwwwwww', name: 'Post producer' }],
  now: 0,
}
const lines = (typed: string, change: Partial<Context> = {}) =>
  complete(typed, { ...context, ...change })?.options.map(({ line }) => line) ?? null

test.each<[string, string[]]>([
  ['/un', ['/unraise', '/unlock', '/unop ', '/unpresent ', '/unshutup ']],
  ['/KI', ['/kick ']],
  ['/leave', ['/leave']],
  ['/msg ', ['/msg "Anna \\"B\\"" ', '/msg DoP ', '/msg eeeeeeeeeeeeeeee ', '/msg ffffffffffffffff ']],
  ['/msg d', ['/msg DoP ']],
  ['/msg DoP', ['/msg DoP ']],
  ['/msg "ann', ['/msg "Anna \\"B\\"" ']],
  ['/unop c', ['/unop Client ']],
  ['/admit ', ['/admit "Post producer" ']],
])('%j offers %j', (typed, wanted) => expect(lines(typed)).toEqual(wanted))

test.each([
  '',
  'un',
  ' /un',
  '//un',
  '/zz',
  '/kick/',
  '/set',
  '/relay',
  '/subg',
  '/msg Client',
  '/msg DoP hello',
  '/msg DoP ',
  '/zz d',
  '/wall d',
  '/raise d',
  '/sendfile d',
])('%j offers nothing', typed => expect(lines(typed)).toBeNull())

test('only what may be used is offered', () => {
  expect(lines('/', { permissions: [] })).toEqual(['/help ', '/raise', '/unraise', '/leave'])
  expect(lines('/kick d', { permissions: ['message'] })).toBeNull()
})

test('whoever is offered is found', () => {
  for (const command of usable(context))
    for (const line of lines(`/${command.name} `) ?? []) {
      const read = readLine(`${line}x`, context)
      const missed = 'fault' in read && ['nobody', 'several', 'open-quote'].includes(read.fault.is)
      // Without a text behind, the line is a name to its end.
      if (command.parameters.length > 1) expect([line, missed]).toEqual([line, false])
      else expect(readLine(line.trim(), context)).toHaveProperty('intent')
    }
})
