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
  source: 'database',
  name: 'Studio',
  issuer: 'https://id.example',
  clientId: 'sightline',
  secret: true,
  scope: 'openid email',
  groupsClaim: null,
  allow: [{ kind: 'domain', value: 'studio.example', role: 'operator' }],
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
    groupsClaim: '',
    allow: [{ kind: 'domain', value: 'studio.example', role: 'operator', row: 0 }],
  })
  const { source: _, secret: __, ...same } = settings
  expect(providerBody(draft)).toEqual(same)
})

test('a secret is sent only when one was typed, as it was typed', () => {
  expect(providerBody({ ...draft, clientSecret: ' s ' }).clientSecret).toBe(' s ')
  expect(providerBody(draft)).not.toHaveProperty('clientSecret')
})

test('nothing set up yet asks for what is usual', () => {
  const none = { ...settings, source: null, name: '', issuer: '', clientId: '', secret: false, scope: '' }
  expect(providerDraft({ ...none, allow: [] })).toEqual({
    name: '',
    issuer: '',
    clientId: '',
    clientSecret: '',
    scope: 'openid email profile',
    groupsClaim: '',
    allow: [],
  })
})

describe('providerFaults', () => {
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
    [
      'groups without their claim',
      { allow: [rule({ kind: 'group', value: 'colour' })] },
      { groupsClaim: { is: 'groups-claim' } },
    ],
    [
      'groups with their claim',
      { groupsClaim: 'groups', allow: [rule({ kind: 'group', value: 'colour team' })] },
      {},
    ],
    [
      'rules that name nobody',
      {
        groupsClaim: 'groups',
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
    expect(providerFaults({ ...draft, ...change }, true)).toEqual(faults)
  })

  test('a first secret is needed', () => {
    expect(providerFaults(draft, false)).toEqual({ clientSecret: { is: 'empty' } })
    expect(providerFaults({ ...draft, clientSecret: 's' }, false)).toEqual({})
  })
})

test('a new rule is empty, gives least, and is not taken for another', () => {
  const first = withNewRule([])
  expect(first).toEqual([{ kind: 'email', value: '', role: 'operator', row: 0 }])
  expect(withNewRule([rule({ row: 4 })])[1]?.row).toBe(5)
})
