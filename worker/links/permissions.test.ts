import { expect, test } from 'vitest'
import { type Grant, grantSet, grants, type Role, roleNames } from './permissions.ts'

test('the presets are these and no others', () => {
  expect(Object.fromEntries(roleNames.map(role => [role, grantSet(role, undefined)]))).toEqual({
    host: ['op', 'present', 'message', 'annotate', 'caption', 'token', 'record'],
    presenter: ['present', 'message', 'annotate'],
    reviewer: ['message', 'annotate'],
    observer: [],
    captioner: ['caption'],
  })
})

test.each<[Role | undefined, Grant[] | undefined, Grant[]]>([
  [undefined, undefined, []],
  [undefined, [], []],
  [undefined, ['record', 'op'], ['op', 'record']],
  [undefined, ['message', 'message'], ['message']],
  [undefined, [...grants].reverse(), [...grants]],
  ['host', [], []],
  ['observer', ['op'], ['op']],
])('role %s with %j grants %j', (role, permissions, expected) => {
  expect(grantSet(role, permissions)).toEqual(expected)
})

test('a preset is a copy: nobody can widen it for all', () => {
  grantSet('observer', undefined).push('op')
  expect(grantSet('observer', undefined)).toEqual([])
})
