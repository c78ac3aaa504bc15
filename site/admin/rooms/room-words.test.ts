import { describe, expect, it } from 'vitest'
import { room } from './fixture.ts'
import { pictureState, roomHeadline, roomState, seatWords } from './room-words.ts'

const here = { now: Date.parse('2026-11-21T14:42:00Z'), zone: 'UTC' }
const live = { since: '2026-11-21T14:00:00Z', protocol: 'RTMP', playable: true }

describe('roomState', () => {
  it.each([
    [
      { state: 'live', live, endsAt: '2026-11-21T16:00:00Z' },
      { glyph: 'live', word: 'Live', sub: '42 min, ends 16:00' },
    ],
    [
      { state: 'live', live, endsAt: '2026-11-22T16:00:00Z' },
      { glyph: 'live', word: 'Live', sub: '42 min, ends tomorrow 16:00' },
    ],
    [
      { state: 'live', live: null },
      { glyph: 'live', word: 'Live', sub: null },
    ],
    [{ state: 'open' }, { glyph: 'waiting', word: 'Open, no picture', sub: null }],
    [
      { state: 'open', startsAt: '2026-11-21T14:05:00Z' },
      { glyph: 'waiting', word: 'Open, no picture', sub: 'since 14:05' },
    ],
    [
      { state: 'scheduled', startsAt: '2026-11-21T16:30:00Z', endsAt: '2026-11-21T17:30:00Z' },
      { glyph: 'scheduled', word: 'Today 16:30', sub: '1 h' },
    ],
    [
      { state: 'scheduled', startsAt: '2026-11-25T10:00:00Z' },
      { glyph: 'scheduled', word: 'Wed 10:00', sub: null },
    ],
    [
      { state: 'ended', startsAt: '2026-11-20T14:06:00Z', endedAt: '2026-11-20T15:58:00Z' },
      { glyph: 'ended', word: 'Ended', sub: 'Yesterday 15:58, 1 h 52 min' },
    ],
    [
      { state: 'ended', endsAt: '2026-11-20T15:58:00Z' },
      { glyph: 'ended', word: 'Ended', sub: 'Yesterday 15:58' },
    ],
    // Ended before it ever started.
    [
      { state: 'ended', startsAt: '2026-11-25T10:00:00Z', endedAt: '2026-11-21T10:00:00Z' },
      { glyph: 'ended', word: 'Ended', sub: 'Today 10:00' },
    ],
  ] as const)('%o', (given, words) => {
    expect(roomState(room(given), here)).toEqual(words)
  })
})

it('says a state in one phrase at the head of its page', () => {
  const word = (given: Parameters<typeof room>[0]) => roomHeadline(room(given), here).word
  expect(word({ state: 'live', live })).toBe('Live 42 min')
  expect(word({ state: 'scheduled', startsAt: '2026-11-25T10:00:00Z' })).toBe('Opens Wed 10:00')
  expect(word({ state: 'open' })).toBe('Open, no picture')
  expect(word({ state: 'ended' })).toBe('Ended')
})

describe('pictureState', () => {
  it.each([
    [true, 'good', 'Viewers get the picture'],
    [false, 'waiting', 'Not playable yet'],
    [null, 'unknown', 'Not known if it plays'],
  ] as const)('playable %s', (playable, glyph, word) => {
    expect(pictureState(room({ state: 'live', live: { ...live, playable } }))).toMatchObject({ glyph, word })
  })

  it.each(['open', 'scheduled', 'ended'] as const)('is nothing while %s', state => {
    expect(pictureState(room({ state, live }))).toBeNull()
  })
})

it.each([
  [5, 12, '5 of 12'],
  [0, 12, '0 of 12'],
  [5, null, '5 taken'],
  [0, null, 'None taken'],
])('%d seats of %s', (seats, max, words) => {
  expect(seatWords(seats, max)).toBe(words)
})
