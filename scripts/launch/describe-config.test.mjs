import { expect, test } from 'vitest'
import { loadConfig } from '../../worker/config.ts'
import { describeConfig } from './describe-config.mjs'

const SECRET = 'the-secret-of-this-test-0123456789-abc'
const describe = (env, start = {}) =>
  describeConfig(loadConfig({ SIGHTLINE_SECRET: SECRET, DATABASE_URL: 'file:/data/sightline.db', ...env }), {
    secretFrom: 'SIGHTLINE_SECRET',
    adminTokenFrom: 'none',
    wantsDemo: true,
    ...start,
  })

test('says what a local start would do', () => {
  expect(describe({})).toEqual([
    'listens on        127.0.0.1 port 8787',
    'public address    not set; links are made for the address they are asked under',
    'other host names  are answered',
    'database          file:/data/sightline.db',
    'secret            SIGHTLINE_SECRET',
    'automation token  none',
    'browser sessions  720 min at most, 120 min without use',
    'origin            none; a local start runs the demonstration origin',
    'lease             300 s',
    'ended rooms       kept',
    'audit             kept 365 days',
    'trusted proxies   none',
    'other web origins none may call',
    'rooms in frames   nowhere',
    'security.txt      none; set SECURITY_CONTACT',
    'log level         info',
  ])
})

test('shows no secret, whatever is set', () => {
  const text = describe({
    SIGHTLINE_SECRET_PREVIOUS: `${SECRET}-previous`,
    SIGHTLINE_ADMIN_TOKEN: 'hidden-admin-token-of-this-test',
    DATABASE_URL: 'libsql://user:hidden@db.example?authToken=hidden',
    DATABASE_AUTH_TOKEN: 'hidden',
    PUBLIC_URL: 'https://review.example',
    OME_API_URL: 'https://ome.example',
    OME_API_TOKEN: 'hidden',
    OME_WEBHOOK_SECRET: 'hidden',
    OME_PUBLIC_URL: 'wss://media.example:3334',
  }).join('\n')
  expect(text).not.toMatch(/hidden|the-secret/)
  expect(text).toMatch(/libsql:\/\/db\.example, with a token/)
  expect(text).toMatch(/wss:\/\/media\.example:3334/)
})

test('warns of an origin that pages under https cannot reach', () => {
  const origin = { OME_API_URL: 'https://ome.example', OME_API_TOKEN: 'x', OME_WEBHOOK_SECRET: 'x' }
  const dials = (publicUrl, omePublicUrl) =>
    describe({ ...origin, PUBLIC_URL: publicUrl, OME_PUBLIC_URL: omePublicUrl }).find(line =>
      line.startsWith('browsers dial'),
    )
  expect(dials('https://review.example', 'ws://media.example:3333')).toMatch(/WRONG: .* set OME_PUBLIC_URL/)
  expect(dials('https://review.example', 'wss://media.example:3334')).not.toMatch(/WRONG/)
  expect(dials('http://localhost:8787', 'ws://127.0.0.1:3333')).not.toMatch(/WRONG/)
})
