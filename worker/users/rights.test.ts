import { describe, expect, test } from 'vitest'
import {
  keyRights,
  machineMayManage,
  mayManage,
  type Right,
  type Role,
  rights,
  rightsOf,
  roles,
} from './rights.ts'

describe('whom somebody may make, change or remove', () => {
  // Who → the role before → the roles that may be given.
  const table: Record<Role, Partial<Record<Role, Role[]>>> = {
    owner: {
      owner: ['owner', 'admin', 'operator', 'guest'],
      admin: ['owner', 'admin', 'operator', 'guest'],
      operator: ['owner', 'admin', 'operator', 'guest'],
      guest: ['owner', 'admin', 'operator', 'guest'],
    },
    admin: {
      admin: ['admin', 'operator', 'guest'],
      operator: ['admin', 'operator', 'guest'],
      guest: ['admin', 'operator', 'guest'],
    },
    operator: {},
    guest: {},
  }
  const all = roles.flatMap(own => roles.flatMap(before => roles.map(after => [own, before, after] as const)))

  test.each(all)('%s: from %s to %s', (own, before, after) => {
    expect(mayManage(own, before, after)).toBe(Boolean(table[own][before]?.includes(after)))
  })
})

describe('whom a machine may make, change or remove', () => {
  const all = roles.flatMap(before => roles.map(after => [before, after] as const))
  /** What the automation token has. */
  const admins = [...rightsOf('admin')].filter(right => right !== 'account')
  const operators = [...rightsOf('operator')].filter(right => right !== 'account')

  test.each<[string, Right[], Role[]]>([
    ['all rights that a key can have', [...keyRights], ['admin', 'operator', 'guest']],
    ['an admin’s', admins, ['admin', 'operator', 'guest']],
    ['an admin’s but one', admins.filter(right => right !== 'metrics'), ['operator', 'guest']],
    ['users:write and an operator’s', ['users:write', ...operators], ['operator', 'guest']],
    ['an operator’s but one', ['users:write', ...operators.slice(1)], ['guest']],
    ['users:write alone', ['users:write'], ['guest']],
    ['users:write and settings', ['users:write', 'settings'], ['guest']],
  ])('with %s', (_, held, may) => {
    const found = all.filter(([before, after]) => machineMayManage(new Set(held), before, after))
    expect(found).toEqual(all.filter(pair => pair.every(role => may.includes(role))))
  })
})

describe('rights', () => {
  test.each<[Role, number]>([
    ['owner', rights.length],
    ['admin', rights.length - 2],
    ['operator', 7],
    ['guest', 0],
  ])('%s has %i of them', (role, n) => {
    expect(rightsOf(role).size).toBe(n)
  })

  test('of an admin are all of an owner but how people sign in and links to every room', () => {
    expect(rights.filter(right => !rightsOf('admin').has(right))).toEqual(['links:everywhere', 'settings'])
  })

  test('no key can have a person’s own', () => {
    expect(rights.filter(right => !keyRights.includes(right as (typeof keyRights)[number]))).toEqual([
      'account',
    ])
  })
})
