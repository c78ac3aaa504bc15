import { describe, expect, test } from 'vitest'
import type { ProviderSettings } from '../api/client.ts'
import {
  type ProviderDraft,
  providerBody,
  providerDraft,
  providerFaults,
  type RuleDraft,
  withNewRule,
} from './provider-draft.ts'

const settings: ProviderSettings = {
  source: 'owner',
  issuer: 'https://id.example',
  clientId: 'sightline',
  secret: true,
  name: 'Studio',
  allow: [{ kind: 'domain', value: 'studio.example', role: 'operator' }],
  groupsClaim: 'groups',
  scope: 'openid email',
  redirectUri: 'https://review.example/auth/callback',
  updatedAt: '2026-11-20T09:00:00.000Z',
}
const rule = (given: Partial<RuleDraft>): RuleDraft => ({
  kind: 'email',
  value: 'a@studio.example',
  role: 'admin',
  row: 0,
  ...given,
})
const draft: ProviderDraft = providerDraft(settings)

test('settings become a form, and the form the same settings', () => {
  expect(draft).toEqual({
    name: 'Studio',
    issuer: 'https://id.example',
    clientId: 'sightline',
    clientSecret: '',
    scope: 'openid email',
    groupsClaim: 'groups',
    allow: [{ kind: 'domain', value: 'studio.example', role: 'operator', row: 0 }],
  })
  const { issuer, clientId, name, allow, groupsClaim, scope } = settings
  expect(providerBody(draft, settings)).toEqual({ issuer, clientId, name, allow, groupsClaim, scope })
})

test.each([
  ['typed, as it was typed', ' s ', true, ' s '],
  ['the one there is', '', true, undefined],
  ['a first one', 's', false, 's'],
  ['none, for a client that has none', '', false, null],
])('the secret: %s', (_, clientSecret, secret, sent) => {
  expect(providerBody({ ...draft, clientSecret }, { ...settings, secret }).clientSecret).toBe(sent)
})

test('nothing set up yet is an empty form', () => {
  const none = { ...settings, source: 'none' as const, name: null, issuer: null, clientId: null, allow: [] }
  expect(providerDraft(none)).toEqual({
    name: '',
    issuer: '',
    clientId: '',
    clientSecret: '',
    scope: 'openid email',
    groupsClaim: 'groups',
    allow: [],
  })
})

describe('providerFaults', () => {
  const again = { clientSecret: { is: 'secret-again' } }
  test.each<[string, Partial<ProviderDraft>, object]>([
    ['all is well', {}, {}],
    ['an empty list, which admits nobody', { allow: [] }, {}],
    ['no name', { name: ' ' }, { name: { is: 'empty' } }],
    ['no issuer', { issuer: '' }, { issuer: { is: 'empty' } }],
    ['no client', { clientId: '' }, { clientId: { is: 'empty' } }],
    ['no scope', { scope: '' }, { scope: { is: 'empty' } }],
    ['an issuer without TLS', { issuer: 'http://id.example' }, { issuer: { is: 'issuer' } }],
    ['an issuer without its scheme', { issuer: 'id.example' }, { issuer: { is: 'issuer' } }],
    ['an issuer of another kind', { issuer: 'ftp://localhost' }, { issuer: { is: 'issuer' } }],
    ['an issuer on this machine', { issuer: 'http://localhost:9000' }, {}],
    ['no groups claim', { groupsClaim: ' ' }, { groupsClaim: { is: 'empty' } }],
    ['a group', { allow: [rule({ kind: 'group', value: 'colour team' })] }, {}],
    [
      'rules that name nobody',
      {
        allow: [
          rule({}),
          rule({ value: '' }),
          rule({ value: 'studio.example' }),
          rule({ value: 'a@studio' }),
          rule({ kind: 'domain', value: 'a@studio.example' }),
          rule({ kind: 'domain', value: 'studio' }),
          rule({ kind: 'group', value: ' ' }),
        ],
      },
      {
        'allow.1.value': { is: 'empty' },
        'allow.2.value': { is: 'email' },
        'allow.3.value': { is: 'email' },
        'allow.4.value': { is: 'domain' },
        'allow.5.value': { is: 'domain' },
        'allow.6.value': { is: 'empty' },
      },
    ],
  ])('%s', (_, change, faults) => {
    const typed = { ...draft, clientSecret: 's', ...change }
    expect(providerFaults(typed, settings)).toEqual(faults)
  })

  test.each<[string, Partial<ProviderDraft>, boolean, object]>([
    ['stays for the same client', {}, true, {}],
    ['is for no other issuer', { issuer: 'https://other.example' }, true, again],
    ['is for no other client', { clientId: 'other' }, true, again],
    ['is given anew', { clientId: 'other', clientSecret: 's' }, true, {}],
    ['need not be there', { clientId: 'other' }, false, {}],
  ])('a secret %s', (_, change, secret, faults) => {
    expect(providerFaults({ ...draft, ...change }, { ...settings, secret })).toEqual(faults)
  })
})

test('a new rule is empty, gives least, and is not taken for another', () => {
  const first = withNewRule([])
  expect(first).toEqual([{ kind: 'email', value: '', role: 'operator', row: 0 }])
  expect(withNewRule([rule({ row: 4 })])[1]?.row).toBe(5)
})
