import { expect, test } from 'vitest'
import { ConfigError, loadConfig } from '../config.ts'
import type { IceConfig } from './config.ts'

const BAD = 'do-not-show-me-anywhere'
const SECRET = 's'.repeat(24)
const needed = { SIGHTLINE_SECRET: 'x'.repeat(32), DATABASE_URL: 'file:a.db' }
const relay = { TURN_URLS: 'turn:relay.example', TURN_SECRET: SECRET }
const none: IceConfig = { stunUrls: [], turn: undefined, relayOnly: false }

function problemsOf(env: Record<string, string>): string[] {
  try {
    loadConfig({ ...needed, ...env })
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

test.each<[env: Record<string, string>, ice: IceConfig]>([
  [{}, none],
  [{ STUN_URLS: '', TURN_URLS: ' ', TURN_SECRET: '', TURN_TTL: '', ICE_RELAY_ONLY: '' }, none],
  [{ STUN_URLS: 'stun:a.example' }, { ...none, stunUrls: ['stun:a.example'] }],
  [
    { STUN_URLS: 'stun:192.0.2.1:3478, stuns:[2001:db8::1]:5349' },
    { ...none, stunUrls: ['stun:192.0.2.1:3478', 'stuns:[2001:db8::1]:5349'] },
  ],
  [relay, { ...none, turn: { urls: ['turn:relay.example'], secret: SECRET, ttl: 3600 } }],
  [
    {
      TURN_URLS: 'turn:r.example:3479?transport=udp,turns:r.example:443?transport=tcp',
      TURN_SECRET: SECRET,
      TURN_TTL: '300',
      ICE_RELAY_ONLY: 'true',
    },
    {
      stunUrls: [],
      turn: {
        urls: ['turn:r.example:3479?transport=udp', 'turns:r.example:443?transport=tcp'],
        secret: SECRET,
        ttl: 300,
      },
      relayOnly: true,
    },
  ],
  // Compose makes the secret before anybody asks for the relay.
  [{ TURN_SECRET: SECRET }, none],
])('%o is taken', (env, ice) => {
  expect(loadConfig({ ...needed, ...env }).ice).toEqual(ice)
})

const stun = 'STUN_URLS must list addresses such as stun:turn.example.com:3478, separated by commas.'
const turn =
  'TURN_URLS must list addresses such as turn:turn.example.com:3478?transport=udp, separated by commas.'
const ttl = 'TURN_TTL must be a whole number from 300 to 86400.'

test.each<[env: Record<string, string>, problem: string]>([
  [{ STUN_URLS: BAD }, stun],
  [{ STUN_URLS: `stun://${BAD}` }, stun],
  [{ STUN_URLS: `stun:me@${BAD}` }, stun],
  [{ STUN_URLS: `stun:${BAD}:70000x` }, stun],
  [{ STUN_URLS: `stun:${BAD}?transport=udp` }, stun],
  [{ STUN_URLS: `turn:${BAD}` }, stun],
  [{ STUN_URLS: `stun:a.example stun:${BAD}` }, stun],
  [{ ...relay, TURN_URLS: BAD }, turn],
  [{ ...relay, TURN_URLS: `https://${BAD}` }, turn],
  [{ ...relay, TURN_URLS: `stun:${BAD}` }, turn],
  [{ ...relay, TURN_URLS: `turn:${BAD}?transport=sctp` }, turn],
  [{ ...relay, TURN_URLS: `turn:user:${BAD}@a.example` }, turn],
  [{ ...relay, TURN_SECRET: BAD }, 'TURN_SECRET must have at least 24 characters.'],
  [{ TURN_SECRET: BAD }, 'TURN_SECRET must have at least 24 characters.'],
  [
    { TURN_URLS: relay.TURN_URLS },
    'TURN_SECRET must be set with TURN_URLS: it is the static-auth-secret of coturn.',
  ],
  [{ ...relay, TURN_TTL: '299' }, ttl],
  [{ ...relay, TURN_TTL: '86401' }, ttl],
  [{ ...relay, TURN_TTL: '1h' }, ttl],
  [{ ...relay, TURN_TTL: '600.5' }, ttl],
  [{ ICE_RELAY_ONLY: 'yes' }, 'ICE_RELAY_ONLY must be one of true, false.'],
  [{ ICE_RELAY_ONLY: 'true' }, 'ICE_RELAY_ONLY needs TURN_URLS: the relay that is used.'],
  [
    { STUN_URLS: 'stun:a.example', ICE_RELAY_ONLY: 'true' },
    'ICE_RELAY_ONLY needs TURN_URLS: the relay that is used.',
  ],
])('%o is refused in one line, which shows no value', (env, problem) => {
  const problems = problemsOf(env)
  expect(problems).toEqual([problem])
  expect(problems[0]).not.toContain(BAD)
})
