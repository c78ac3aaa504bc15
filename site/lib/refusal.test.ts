import { expect, test } from 'vitest'
import { refusalCodes } from '../../worker/people/schema.ts'
import { readRefusal } from './refusal.ts'

test('every refusal of the API is read', () => {
  for (const code of [...refusalCodes, 'not_found', 'too_many'])
    expect(readRefusal({ code })).toEqual({ code })
})

test('what it says is taken along', () => {
  expect(
    readRefusal({ status: 410, code: 'link_ended', detail: 'x', endedAt: '2026-11-21T18:00:00Z' }),
  ).toEqual({
    code: 'link_ended',
    endedAt: '2026-11-21T18:00:00Z',
  })
  expect(readRefusal({ code: 'room_full', seats: 12 })).toEqual({ code: 'room_full', seats: 12 })
  expect(readRefusal({ code: 'not_started', opensAt: 'soon' })).toEqual({
    code: 'not_started',
    opensAt: 'soon',
  })
})

test.each([
  {},
  { code: 5 },
  { code: 'toString' },
  { code: 'unauthenticated' },
  { code: 'invalid' },
  { code: 'ROOM_FULL' },
])('%o is no refusal', problem => expect(readRefusal(problem)).toBeUndefined())

test('facts of the wrong kind are left out', () => {
  expect(readRefusal({ code: 'room_full', seats: '12', endedAt: 5, opensAt: null })).toEqual({
    code: 'room_full',
  })
})
