import { describe, expect, test } from 'vitest'
import { ConfigError, loadConfig } from '../config.ts'
import type { Environment } from '../environment.ts'
import { isIssuer, type Provider } from './provider.ts'

const needed = { SIGHTLINE_SECRET: 'x'.repeat(32), DATABASE_URL: 'file:a.db' }
const set = { OIDC_ISSUER: 'https://id.example/realms/post', OIDC_CLIENT_ID: 'sightline' }
const load = (env: Environment) => loadConfig({ ...needed, ...env }).oidc

function problemsOf(env: Environment): string[] {
  try {
    load(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

const usual: Provider = {
  issuer: 'https://id.example/realms/post',
  clientId: 'sightline',
  clientSecret: undefined,
  name: 'id.example',
  allow: [],
  groupsClaim: 'groups',
  scope: 'openid email profile',
}

test('there is none unless the environment sets it', () => {
  expect(load({})).toBeUndefined()
})

test('an issuer and a client are enough; then nobody may sign in to the administration', () => {
  expect(load(set)).toEqual(usual)
})

test.each<[string, string, Partial<Provider>]>([
  ['OIDC_ISSUER', 'https://id.example/', { issuer: 'https://id.example/' }],
  ['OIDC_ISSUER', 'http://127.0.0.1:9000', { issuer: 'http://127.0.0.1:9000', name: '127.0.0.1:9000' }],
  ['OIDC_CLIENT_SECRET', ' s e ', { clientSecret: 's e' }],
  ['OIDC_NAME', 'Post House', { name: 'Post House' }],
  ['OIDC_ALLOW', 'admin:@a.example', { allow: [{ kind: 'domain', value: 'a.example', role: 'admin' }] }],
  ['OIDC_GROUPS_CLAIM', 'https://id.example/groups', { groupsClaim: 'https://id.example/groups' }],
  ['OIDC_SCOPE', 'openid email groups', { scope: 'openid email groups' }],
  ['OIDC_SCOPE', ' ', {}],
])('%s=%s is taken', (name, value, changed) => {
  expect(load({ ...set, [name]: value })).toEqual({ ...usual, ...changed })
})

const ISSUER =
  'OIDC_ISSUER must be an https:// address without query or login (http:// on this machine only).'

describe('without PUBLIC_URL', () => {
  test.each(['0.0.0.0', '::', '192.168.1.2', 'review.example'])('is refused on %s', HOST => {
    expect(problemsOf({ ...set, HOST })).toEqual([
      'OIDC_ISSUER needs PUBLIC_URL: it is where the provider sends people back to.',
    ])
    expect(load({ ...set, HOST, PUBLIC_URL: 'https://review.example' })).toEqual(usual)
    expect(load({ HOST })).toBeUndefined()
  })

  test.each(['127.0.0.1', 'localhost', '::1'])('is for this machine alone, on %s', HOST => {
    expect(load({ ...set, HOST })).toEqual(usual)
  })
})

test.each<[Environment, string[]]>([
  [{ ...set, OIDC_ISSUER: 'http://id.example' }, [ISSUER]],
  [{ ...set, OIDC_CLIENT_ID: '' }, ['OIDC_CLIENT_ID must be set: the provider gives it out.']],
  [{ ...set, OIDC_SCOPE: 'email' }, ['OIDC_SCOPE must have openid among its scopes.']],
  [{ ...set, OIDC_SCOPE: 'openid  email' }, ['OIDC_SCOPE must be scopes with single spaces between them.']],
  [
    { ...set, OIDC_ALLOW: 'secret' },
    ['OIDC_ALLOW: entry 1 must be admin: or operator: before an address, an @domain or group=name.'],
  ],
  [
    { OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b', OIDC_ALLOW: 'admin:@a.example' },
    ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_ALLOW'].map(
      name => `${name} needs OIDC_ISSUER: the provider it belongs to.`,
    ),
  ],
])('%j is told in a line a problem', (env, problems) => {
  expect(problemsOf(env)).toEqual(problems)
})

describe('an issuer', () => {
  test.each(['https://id.example', 'https://id.example:8443/a/b/', 'http://localhost:1', 'http://[::1]:1/x'])(
    '%s is one',
    text => {
      expect(isIssuer(text)).toBe(true)
    },
  )
  test.each([
    '',
    'id.example',
    'http://id.example',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'ftp://id.example',
    'javascript:alert(1)',
    'https://id.example?x',
    'https://id.example#x',
    'https://user@id.example',
    'https://id.example/a b',
    'https:\\\\id.example',
    `https://id.example/${'a'.repeat(500)}`,
  ])('%s is none', text => {
    expect(isIssuer(text)).toBe(false)
  })
})
