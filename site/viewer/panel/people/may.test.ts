import { expect, test } from 'vitest'
import type { Grant } from '../../../lib/roles.ts'
import { actsFor, type PersonAct, rolesToGive } from './may.ts'

const host: PersonAct[] = ['rights', 'mute', 'warn', 'identify', 'closeLink', 'remove']

test.each<[Grant[], PersonAct[]]>([
  [[], []],
  [['present', 'annotate', 'caption', 'token', 'record'], []],
  [['message'], ['message']],
  [['op'], host],
  [
    ['op', 'message'],
    ['message', ...host],
  ],
])('with %j one is offered %j for somebody, and nothing for oneself', (permissions, acts) => {
  expect(actsFor({ id: 'p1', permissions }, { id: 'p2' }, false)).toEqual(acts)
  for (const canSend of [false, true])
    expect(actsFor({ id: 'p1', permissions }, { id: 'p1' }, canSend)).toEqual([])
})

test('a file is offered where one can go', () => {
  const permissions: Grant[] = ['message']
  expect(actsFor({ id: 'p1', permissions }, { id: 'p2' }, true)).toEqual(['message', 'file'])
})

test.each<[Grant[], string[]]>([
  [[], ['observer']],
  [
    ['op', 'message', 'annotate'],
    ['observer', 'reviewer'],
  ],
  [
    ['op', 'message', 'annotate', 'present', 'caption', 'token', 'record'],
    ['observer', 'captioner', 'reviewer', 'presenter', 'host'],
  ],
])('with %j one gives %j', (own, roles) => expect(rolesToGive(own)).toEqual(roles))
