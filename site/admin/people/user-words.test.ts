import { describe, expect, it } from 'vitest'
import { user } from './fixture.ts'
import { userSeen, userState } from './user-words.ts'

const here = { now: Date.parse('2026-11-21T13:12:00Z'), zone: 'Europe/Lisbon' }
const later = '2026-11-24T02:42:00Z'
const earlier = '2026-11-21T13:00:00Z'

describe('userState', () => {
  it.each([
    [{ sessions: 2 }, { glyph: 'good', word: 'Signed in', sub: null }],
    [{}, { glyph: 'unknown', word: 'Signed out', sub: null }],
    [{ role: 'guest' }, { glyph: 'unknown', word: 'Can sign in to rooms', sub: null }],
    [
      { state: 'invited', passkeys: 0, invitationEndsAt: later },
      { glyph: 'waiting', word: 'Invited, 2 d 13 h left', sub: null },
    ],
    [
      { state: 'invited', passkeys: 0, invitationEndsAt: earlier },
      { glyph: 'fair', word: 'Invitation ended', sub: 'Make a new one.' },
    ],
    [
      { state: 'invited', passkeys: 0 },
      { glyph: 'fair', word: 'Invitation ended', sub: 'Make a new one.' },
    ],
    [
      { sessions: 1, invitationEndsAt: later },
      { glyph: 'good', word: 'Signed in', sub: 'A link waits, 2 d 13 h left' },
    ],
    [
      { state: 'disabled', invitationEndsAt: later },
      { glyph: 'ended', word: 'Disabled', sub: null },
    ],
  ] as const)('%o', (given, state) => {
    expect(userState(user(given), here)).toEqual(state)
  })
})

it.each([
  [null, 0, 'Never'],
  ['2026-11-21T13:11:00Z', 1, 'Now'],
  ['2026-11-21T13:11:00Z', 0, 'Today 13:11'],
  ['2026-11-21T13:09:59Z', 1, 'Today 13:09'],
  ['2026-11-16T18:02:00Z', 0, 'Mon 18:02'],
] as const)('userSeen(%s, %d sessions) is %s', (lastSeenAt, sessions, words) => {
  expect(userSeen(user({ lastSeenAt, sessions }), here)).toBe(words)
})
