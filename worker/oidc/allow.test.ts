import { describe, expect, test } from 'vitest'
import type { Invitee } from '../links/invite.ts'
import { type AllowEntry, parseAllow, roleOf } from './allow.ts'

const ada: AllowEntry = { kind: 'email', value: 'ada@example.com', role: 'admin' }
const everybody: AllowEntry = { kind: 'domain', value: 'example.com', role: 'operator' }
const colour: AllowEntry = { kind: 'group', value: 'colour', role: 'operator' }
const leads: AllowEntry = { kind: 'group', value: 'leads', role: 'admin' }
const list = [everybody, ada, colour, leads]
const who = (email: string | undefined, ...groups: string[]): Invitee => ({ email, groups })

describe('the role by the list', () => {
  test.each<[string, Invitee, AllowEntry[], string]>([
    ['an address', who('ada@example.com'), [ada], 'admin'],
    ['a domain', who('bob@example.com'), [everybody], 'operator'],
    ['a group', who(undefined, 'x', 'colour'), [colour], 'operator'],
    ['the strongest of several, wherever it stands', who('ada@example.com', 'colour'), list, 'admin'],
    ['the strongest of several, by a group', who('bob@example.com', 'leads'), list, 'admin'],
  ])('by %s', (_, identity, entries, role) => {
    expect(roleOf(identity, entries)).toBe(role)
  })

  test.each<[string, Invitee, AllowEntry[]]>([
    ['an empty list', who('ada@example.com', 'colour', 'leads'), []],
    ['nobody in particular', who(undefined), list],
    ['another address', who('ada@example.org'), [ada]],
    ['another person of the domain', who('bob@example.com'), [ada]],
    ['a subdomain', who('bob@post.example.com'), [everybody]],
    ['a parent domain', who('bob@com.example'), [everybody]],
    ['a domain that ends alike', who('bob@notexample.com'), [everybody]],
    ['a domain inside another', who('bob@example.com.evil.example'), [everybody]],
    ['a group in other letters', who(undefined, 'Colour'), [colour]],
    ['a group that begins alike', who(undefined, 'colours', 'colo'), [colour]],
    ['an address that is named like a group', who('colour@example.org'), [colour]],
    ['a group that is named like an address', who(undefined, 'ada@example.com', 'example.com'), list],
  ])('not by %s', (_, identity, entries) => {
    expect(roleOf(identity, entries)).toBeUndefined()
  })
})

describe('the list in the environment', () => {
  const parse = (text: string) => {
    const problems: string[] = []
    return { list: parseAllow(text, problems), problems }
  }

  test('is addresses, domains and groups, each after a role', () => {
    expect(
      parse(' admin:Ada@Example.com, operator: @example.com ,operator:group=colour,admin:group=leads, '),
    ).toEqual({
      list: [ada, everybody, colour, leads],
      problems: [],
    })
  })

  test('of nothing is empty', () => {
    expect(parse('')).toEqual({ list: [], problems: [] })
    expect(parse(' , ')).toEqual({ list: [], problems: [] })
  })

  test('keeps a group’s name as it is, with spaces and other signs', () => {
    expect(parse('operator:group=cn=Colour Team:A/1').list).toEqual([
      { kind: 'group', value: 'cn=Colour Team:A/1', role: 'operator' },
    ])
  })

  test.each([
    'ada@example.com',
    'owner:ada@example.com',
    'guest:ada@example.com',
    'Admin:ada@example.com',
    ':ada@example.com',
    'admin:',
    'admin:ada',
    'admin:*',
    'admin:@',
    'admin:@*',
    'admin:@example',
    'admin:group=',
    'admin:group= ',
    'admin:ada@example.com operator:bob@example.com',
    '__proto__:ada@example.com',
  ])('%j is a problem, told without repeating it', text => {
    expect(parse(`operator:@example.com,${text}`)).toEqual({
      list: [everybody],
      problems: [
        'OIDC_ALLOW: entry 2 must be admin: or operator: before an address, an @domain or group=name.',
      ],
    })
  })

  test('has one line for each problem', () => {
    expect(parse('x,operator:@example.com,y').problems).toEqual([
      'OIDC_ALLOW: entry 1 must be admin: or operator: before an address, an @domain or group=name.',
      'OIDC_ALLOW: entry 3 must be admin: or operator: before an address, an @domain or group=name.',
    ])
  })
})
