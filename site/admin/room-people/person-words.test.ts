import { describe, expect, test } from 'vitest'
import type { ListedPerson } from '../api/room-calls.ts'
import { person } from './fixture.ts'
import { canAdmit, groupPeople, personState, whoKnocked } from './person-words.ts'

const at = (minute: number) => `2026-11-21T12:0${minute}:00.000Z`
const waiting = (given: Partial<ListedPerson> = {}) =>
  person({ state: 'waiting', waitingFor: 'admission', ...given })
const ids = (people: readonly ListedPerson[]) => people.map(({ id }) => id)

test('people stand by where they are, the first at the top, the last removed at the top', () => {
  const {
    waiting: before,
    here,
    removed,
  } = groupPeople([
    person({ id: 'r1', state: 'removed', since: at(1) }),
    waiting({ id: 'w2', since: at(3) }),
    person({ id: 'h1', since: at(4) }),
    waiting({ id: 'w1', since: at(2) }),
    person({ id: 'r2', state: 'removed', since: at(5) }),
  ])
  expect([ids(before), ids(here), ids(removed)]).toEqual([['w1', 'w2'], ['h1'], ['r2', 'r1']])
})

test.each<[Partial<ListedPerson>, string, string, boolean]>([
  [{}, 'good', 'Here', true],
  [{ connected: false }, 'unknown', 'Gone for now', false],
  [{ state: 'waiting', waitingFor: 'admission' }, 'waiting', 'Knocks', true],
  [{ state: 'waiting', waitingFor: 'unlock' }, 'waiting', 'At the locked door', true],
  [{ state: 'waiting', waitingFor: 'host' }, 'waiting', 'Waits for a host', false],
  [{ state: 'waiting', waitingFor: 'start' }, 'waiting', 'Waits for the start', false],
  [{ state: 'waiting', waitingFor: 'admission', connected: false }, 'unknown', 'Gone for now', false],
  [{ state: 'removed', connected: false }, 'ended', 'Removed', false],
])('%j is shown as %s, %s', (given, glyph, word, coloured) => {
  expect(personState(person(given))).toEqual({ glyph, word, coloured })
})

test.each<[ListedPerson['state'], ListedPerson['waitingFor'], boolean]>([
  ['waiting', 'admission', true],
  ['waiting', 'unlock', true],
  ['waiting', 'host', false],
  ['waiting', 'start', false],
  ['here', null, false],
  ['removed', null, false],
])('somebody %s, for %s, can be let in: %j', (state, waitingFor, can) => {
  expect(canAdmit(person({ state, waitingFor }))).toBe(can)
})

describe('who knocked', () => {
  const anna = waiting({ id: 'anna' })
  test.each<[string, ListedPerson[] | null, ListedPerson[], string[]]>([
    ['at the first look', null, [anna], []],
    ['since', [], [anna], ['anna']],
    ['before and still', [anna], [anna], []],
    ['who was here before', [{ ...anna, state: 'here', waitingFor: null }], [anna], ['anna']],
    ['who went away again', [], [{ ...anna, connected: false }], []],
    ['who waits for the start', [], [{ ...anna, waitingFor: 'start' }], []],
  ])('%s', (_, before, now, knocked) => {
    expect(ids(whoKnocked(before, now))).toEqual(knocked)
  })
})
