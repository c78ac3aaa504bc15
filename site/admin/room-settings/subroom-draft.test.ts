import { expect, test } from 'vitest'
import {
  emptySubroomDraft,
  newSubroomBody,
  type SubroomDraft,
  subroomBody,
  subroomDraft,
  subroomFaults,
} from './subroom-draft.ts'

const sound: SubroomDraft = { name: 'sound', title: 'Sound', locked: false, lockMessage: '' }
const SINCE = '2026-11-21T12:00:00.000Z'

test('a sub-room as its form shows it', () => {
  const subroom = { name: 'sound', title: 'Sound', createdAt: SINCE }
  expect(subroomDraft({ ...subroom, lock: null })).toEqual(sound)
  expect(subroomDraft({ ...subroom, lock: { message: 'Mixing', since: SINCE } })).toEqual({
    ...sound,
    locked: true,
    lockMessage: 'Mixing',
  })
})

test.each<[Partial<SubroomDraft>, object]>([
  [{ name: 'sound' }, { name: 'sound' }],
  [
    { name: 'sound', title: ' Sound ' },
    { name: 'sound', title: 'Sound' },
  ],
  [
    { name: 'sound', locked: true, lockMessage: ' Mixing ' },
    { name: 'sound', lock: { message: 'Mixing' } },
  ],
  [{ name: 'sound', lockMessage: 'left' }, { name: 'sound' }],
])('%j is made by %j', (typed, body) => {
  expect(newSubroomBody({ ...emptySubroomDraft, ...typed })).toEqual(body)
})

test.each<[Partial<SubroomDraft>, Partial<SubroomDraft>, object]>([
  [{}, {}, {}],
  [{}, { title: 'Mix' }, { title: 'Mix' }],
  [{}, { title: '' }, { title: 'sound' }],
  [{}, { locked: true }, { lock: { message: '' } }],
  [{}, { lockMessage: 'left' }, {}],
  [{ locked: true, lockMessage: 'a' }, { lockMessage: 'b' }, { lock: { message: 'b' } }],
  [{ locked: true, lockMessage: 'a' }, { locked: false }, { lock: null }],
])('%j with %j is changed by %j', (before, after, body) => {
  const base = { ...sound, ...before }
  expect(subroomBody(base, { ...base, ...after })).toEqual(body)
})

test.each<[Partial<SubroomDraft>, object]>([
  [{}, {}],
  [{ name: '' }, { name: { is: 'empty' } }],
  [{ name: 'Sound' }, { name: { is: 'slug' } }],
  [{ name: 'a/b' }, { name: { is: 'slug' } }],
  [{ title: 'x'.repeat(201) }, { title: { is: 'too-long', max: 200 } }],
  [{ locked: true, lockMessage: 'x'.repeat(501) }, { lockMessage: { is: 'too-long', max: 500 } }],
  [{ lockMessage: 'x'.repeat(501) }, {}],
])('%j has the faults %j', (typed, faults) => {
  expect(subroomFaults({ ...sound, ...typed })).toEqual(faults)
})
