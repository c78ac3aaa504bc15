import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { loadConfig } from '../../worker/config.ts'
import { variablesOf } from './variables.mjs'

/** With an origin and a provider, so that what belongs to them is asked for, too. */
const env = {
  SIGHTLINE_SECRET: 'the-secret-of-this-test-0123456789-abc',
  DATABASE_URL: 'file:/data/sightline.db',
  OME_API_URL: 'http://origin.test:8081',
  OME_API_TOKEN: 'x',
  OME_WEBHOOK_SECRET: 'x',
  OIDC_ISSUER: 'https://id.example',
  OIDC_CLIENT_ID: 'x',
}

test('finds every name that a configuration is made of', () => {
  const names = variablesOf(loadConfig, env)
  expect(names).toEqual(
    expect.arrayContaining([...Object.keys(env), 'EMBED_PARENTS', 'SESSION_IDLE_MINUTES']),
  )
  expect(new Set(names).size).toBe(names.length)
})

test('docs/configuration.md has a row for each of them', () => {
  const page = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8')
  expect(variablesOf(loadConfig, env).filter(name => !page.includes(`\n| \`${name}\` |`))).toEqual([])
})
