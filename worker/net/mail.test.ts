import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { Invite } from '../links/invite.ts'
import { AllowEntry } from '../oidc/allow.ts'
import { NewUser } from '../users/schema.ts'
import { mailAddressOf, mailDomainOf } from './mail.ts'

describe('an address', () => {
  test.each([
    ['ada@example.com', 'ada@example.com'],
    ['Ada.Lovelace+Grade@Post.Example.COM', 'ada.lovelace+grade@post.example.com'],
    ['jörg@example.com', 'jörg@example.com'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
  ])('%j is %j', (text, address) => {
    expect(mailAddressOf(text)).toBe(address)
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
    expect(mailAddressOf(text)).toBeUndefined()
  })

  test('letters that Unicode lowers into ASCII stay what they are, so nobody gets another’s address', () => {
    expect(mailAddressOf('Kate@example.com'.replace('K', '\u212a'))).toBe('\u212aate@example.com')
    expect(mailAddressOf('ada@\u212aelvin.example')).toBeUndefined()
    expect(mailAddressOf('\u0130da@example.com')).toBe('\u0130da@example.com')
  })

  test('its domain is what stands after the @', () => {
    expect(mailDomainOf('ada@post.example.com')).toBe('post.example.com')
  })
})

describe('users, invitations and the provider’s list agree', () => {
  /** What each keeps of an address; null = refused. */
  function kept(email: string): (string | null)[] {
    const user = v.safeParse(NewUser, { name: 'Ada', role: 'guest', email })
    const invite = v.safeParse(Invite, { kind: 'email', value: email })
    const entry = v.safeParse(AllowEntry, { kind: 'email', value: email, role: 'operator' })
    return [
      user.success ? user.output.email! : null,
      invite.success ? invite.output.value : null,
      entry.success ? entry.output.value : null,
    ]
  }

  test.each([
    [' Ada@Post.Example ', 'ada@post.example'],
    ['\u212aate@Example.com', '\u212aate@example.com'],
    ['\u0130da@example.com', '\u0130da@example.com'],
    ['J\u00d6RG@example.com', 'j\u00d6rg@example.com'],
  ])('that %j is %j', (text, address) => {
    expect(kept(text)).toEqual([address, address, address])
  })

  test.each([
    `${'a'.repeat(70)}@example.com`,
    'ada@\u212aelvin.example',
    'ada@-example.com',
    'a\0b@example.com',
  ])('that %j is none', text => {
    expect(kept(text)).toEqual([null, null, null])
  })
})
