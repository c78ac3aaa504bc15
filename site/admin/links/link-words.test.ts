import { describe, expect, it } from 'vitest'
import { link } from './fixture.ts'
import { linkDevices, linkName, linkNotes, linkRole, linkState, linkUntil, linkUses } from './link-words.ts'

const here = { now: Date.parse('2026-11-21T14:00:00Z'), zone: 'UTC' }

describe('linkState', () => {
  it.each([
    [{}, { glyph: 'unknown', word: 'Not opened yet', coloured: false }],
    [{ uses: 2 }, { glyph: 'unknown', word: 'Not in the room', coloured: false }],
    [
      { uses: 2, seats: 1 },
      { glyph: 'good', word: 'In the room', coloured: true },
    ],
    [
      { state: 'scheduled', startsAt: '2026-11-21T16:00:00Z' },
      { glyph: 'scheduled', word: 'Opens today 16:00', coloured: false },
    ],
    [{ state: 'scheduled' }, { glyph: 'scheduled', word: 'Waits for the room', coloured: false }],
    [{ state: 'ended' }, { glyph: 'ended', word: 'Ended', coloured: false }],
    [{ state: 'used-up' }, { glyph: 'ended', word: 'Used up', coloured: false }],
    // A revoked link may still hold a seat until its lease ends: it is revoked all the same.
    [
      { state: 'revoked', seats: 1 },
      { glyph: 'ended', word: 'Revoked', coloured: false },
    ],
  ] as const)('%o', (given, words) => {
    expect(linkState(link(given), here)).toEqual(words)
  })
})

it.each([
  [{}, []],
  [{ waitingRoom: true }, ['Waits to be let in']],
  [{ opens: 'subrooms' }, ['Sub-rooms too']],
  [
    { waitingRoom: true, opens: 'everything', madeBy: { id: 'p', name: 'Anna' } },
    ['Waits to be let in', 'Opens every room', 'Made by Anna in the room'],
  ],
] as const)('linkNotes of %o', (given, notes) => {
  expect(linkNotes(link(given))).toEqual(notes)
})

it('says the other facts of a row', () => {
  expect(linkName(link({ name: 'Client' }))).toBe('Named Client')
  expect(linkName(link())).toBe('Asks for a name')
  expect(linkName(link({ askName: false }))).toBe('No name asked')
  expect(linkName(link({ invite: { kind: 'email', value: 'ada@example.com' } }))).toBe(
    'Sign-in: ada@example.com',
  )
  expect(linkName(link({ invite: { kind: 'domain', value: 'example.com' } }))).toBe(
    'Sign-in: anyone @example.com',
  )
  expect(linkName(link({ invite: { kind: 'group', value: 'colour' } }))).toBe('Sign-in: group colour')
  expect(linkRole(link())).toBe('Reviewer')
  expect(linkRole(link({ role: null, permissions: ['op', 'message'] }))).toBe('Chat, Host the room')
  expect(linkRole(link({ role: null, permissions: [] }))).toBe('Observer')
  expect(linkDevices(link({ seats: 1, maxDevices: 2 }))).toBe('1 of 2')
  expect(linkDevices(link({ seats: 1 }))).toBe('1')
  expect(linkUses(link({ uses: 3, maxUses: 10 }))).toBe('3 of 10 uses')
  expect(linkUses(link({ uses: 3 }))).toBeNull()
  expect(linkUntil(link({ endsAt: '2026-11-21T18:00:00Z' }), here)).toBe('Today 18:00')
  expect(linkUntil(link(), here)).toBe('No end')
})
