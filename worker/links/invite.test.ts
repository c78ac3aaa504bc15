import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { addressOf, domainOf, Invite } from './invite.ts'

describe('an address', () => {
  test.each([
    ['ada@example.com', 'ada@example.com'],
    ['Ada.Lovelace+Grade@Post.Example.COM', 'ada.lovelace+grade@post.example.com'],
    ['jörg@example.com', 'jörg@example.com'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
  ])('%j is %j', (text, address) => {
    expect(addressOf(text)).toBe(address)
  })

  test.each([
    '',
    'ada',
    '@example.com',
    'ada@',
    'ada@localhost',
    'ada@example.com@evil.example',
    '"ada@example.com"@evil.example',
    'ada@exa mple.com',
    'ada@example.com ',
    'ada@example.com\n',
    'ada@example.com\0.evil.example',
    'ada@-example.com',
    'ada@example..com',
    'ada@example.com.',
    'ada@[192.0.2.1]',
    'ada,bob@example.com',
    'Ada <ada@example.com>',
    'ada\ud800@example.com',
    `${'a'.repeat(65)}@example.com`,
    `a@${'a.'.repeat(130)}example`,
  ])('%j is none', text => {
    expect(addressOf(text)).toBeUndefined()
  })

  test('letters that Unicode lowers into ASCII stay what they are, so nobody gets another’s address', () => {
    expect(addressOf('Kate@example.com'.replace('K', '\u212a'))).toBe('\u212aate@example.com')
    expect(addressOf('ada@\u212aelvin.example')).toBeUndefined()
    expect(addressOf('\u0130da@example.com')).toBe('\u0130da@example.com')
  })

  test('its domain is what stands after the @', () => {
    expect(domainOf('ada@post.example.com')).toBe('post.example.com')
  })
})

describe('an invitation', () => {
  const read = (given: unknown) => {
    const { success, output, issues } = v.safeParse(Invite, given)
    return success ? output : issues.map(i => [v.getDotPath(i), i.message])
  }

  test.each([
    [
      { kind: 'email', value: ' Ada@Example.com ' },
      { kind: 'email', value: 'ada@example.com' },
    ],
    [
      { kind: 'domain', value: '@Example.COM' },
      { kind: 'domain', value: 'example.com' },
    ],
    [
      { kind: 'domain', value: 'post.example.com' },
      { kind: 'domain', value: 'post.example.com' },
    ],
    [
      { kind: 'group', value: ' Colour, Grading ' },
      { kind: 'group', value: 'Colour, Grading' },
    ],
  ])('%j is %j', (given, invite) => {
    expect(read(given)).toEqual(invite)
  })

  test.each<[unknown, unknown]>([
    [{ kind: 'email', value: 'ada' }, [['value', 'must be an e-mail address']]],
    [{ kind: 'email', value: '@example.com' }, [['value', 'must be an e-mail address']]],
    [{ kind: 'email', value: 7 }, [['value', 'must be text']]],
    [{ kind: 'domain', value: 'ada@example.com' }, [['value', 'must be a domain such as example.com']]],
    [{ kind: 'domain', value: '@@example.com' }, [['value', 'must be a domain such as example.com']]],
    [{ kind: 'domain', value: '*.example.com' }, [['value', 'must be a domain such as example.com']]],
    [{ kind: 'domain', value: 'com' }, [['value', 'must be a domain such as example.com']]],
    [{ kind: 'group', value: ' ' }, [['value', 'must not be empty']]],
    [{ kind: 'group', value: 'a\nb' }, [['value', 'must be one line without control characters']]],
    [{ kind: 'anyone', value: 'x' }, [['kind', 'must have a kind (email, domain, group) and a value']]],
    [{ value: 'x' }, [['kind', 'must have a kind (email, domain, group) and a value']]],
    [null, [[null, 'must have a kind (email, domain, group) and a value']]],
  ])('%j is refused', (given, issues) => {
    expect(read(given)).toEqual(issues)
  })
})
