import { expect, test } from 'vitest'
import { emptyKeyDraft, givable, type KeyDraft, keyFaults, newKeyBody, withRight } from './key-draft.ts'

const now = Date.parse('2026-11-21T14:00:30Z')
const zone = 'Europe/Lisbon'
const draft: KeyDraft = { name: ' Ingest script ', rights: ['rooms:read', 'ingest'], expiresAt: '' }

test('a new key ends after 90 days and may do nothing yet', () => {
  expect(emptyKeyDraft(now, zone)).toEqual({ name: '', rights: [], expiresAt: '2027-02-19T14:00' })
})

test.each<[string, Partial<KeyDraft>, object]>([
  ['all is well', {}, {}],
  ['no name', { name: '  ' }, { name: { is: 'empty' } }],
  ['no rights', { rights: [] }, { rights: { is: 'none-chosen' } }],
  ['no time', { expiresAt: 'soon' }, { expiresAt: { is: 'time' } }],
  ['a time that is over', { expiresAt: '2026-11-21T14:00' }, { expiresAt: { is: 'past' } }],
  ['a time to come', { expiresAt: '2026-11-21T14:01' }, {}],
])('%s', (_, change, faults) => {
  expect(keyFaults({ ...draft, ...change }, now, zone)).toEqual(faults)
})

test('what is sent', () => {
  expect(newKeyBody(draft, zone)).toEqual({
    name: 'Ingest script',
    rights: ['rooms:read', 'ingest'],
    expiresAt: null,
  })
  expect(newKeyBody({ ...draft, expiresAt: '2027-07-01T10:00' }, zone).expiresAt).toBe(
    '2027-07-01T09:00:00.000Z',
  )
})

test('what belongs to a person is given to no key', () => {
  expect(givable(['rooms:read', 'account', 'keys'])).toEqual(['rooms:read', 'keys'])
})

test('rights stay in their order, whichever was chosen first', () => {
  const listed = ['rooms:read', 'ingest', 'keys'] as const
  expect(withRight(listed, ['keys'], 'rooms:read', true)).toEqual(['rooms:read', 'keys'])
  expect(withRight(listed, ['rooms:read', 'keys'], 'keys', false)).toEqual(['rooms:read'])
  expect(withRight(listed, ['keys'], 'keys', true)).toEqual(['keys'])
  expect(withRight(listed, [], 'keys', false)).toEqual([])
})
