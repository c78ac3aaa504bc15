import { expect, test } from 'vitest'
import type { Role } from '../../../lib/roles.ts'
import { askedFor, type DraftFault, firstRole, type InviteDraft, type Life, localInput } from './draft.ts'

const HOUR = 3_600_000
const now = Date.parse('2026-11-21T14:00:00Z')
/** As a field in this machine's zone holds it. */
const field = (ms: number) => localInput(now + ms)
const at = (ms: number) => new Date(now + ms).toISOString()

const draft = (change: Partial<InviteDraft> = {}): InviteDraft => ({
  name: '',
  role: 'reviewer',
  from: '',
  life: 'day',
  until: '',
  subrooms: false,
  ...change,
})

test.each<[Life, number]>([
  ['hour', HOUR],
  ['sixHours', 6 * HOUR],
  ['twelveHours', 12 * HOUR],
  ['day', 24 * HOUR],
  ['week', 168 * HOUR],
])('a life of a %s lasts %d ms from now, or from a later start', (life, ms) => {
  expect(askedFor(draft({ life }), now)).toEqual({ link: { role: 'reviewer', endsAt: at(ms) } })
  expect(askedFor(draft({ life, from: field(2 * HOUR) }), now)).toEqual({
    link: { role: 'reviewer', startsAt: at(2 * HOUR), endsAt: at(2 * HOUR + ms) },
  })
  // A start that has passed takes nothing away from it.
  expect(askedFor(draft({ life, from: field(-2 * HOUR) }), now)).toEqual({
    link: { role: 'reviewer', startsAt: at(-2 * HOUR), endsAt: at(ms) },
  })
})

test('everything that was filled in is asked for, and nothing else', () => {
  const filled = draft({ name: '  Cem ', role: 'host', life: 'date', until: field(HOUR), subrooms: true })
  expect(askedFor(filled, now)).toEqual({
    link: { name: 'Cem', role: 'host', endsAt: at(HOUR), opens: 'subrooms' },
  })
  // A date counts only where a date was chosen.
  expect(askedFor(draft({ until: field(-HOUR) }), now)).toEqual({
    link: { role: 'reviewer', endsAt: at(24 * HOUR) },
  })
})

test.each<[DraftFault, Partial<InviteDraft>]>([
  ['from', { from: 'soon' }],
  ['from', { from: '2026-13-01T00:00' }],
  ['until', { life: 'date' }],
  ['until', { life: 'date', until: 'later' }],
  ['past', { life: 'date', until: field(0) }],
  ['past', { life: 'date', until: field(-HOUR) }],
  ['order', { life: 'date', from: field(2 * HOUR), until: field(HOUR) }],
  ['order', { life: 'date', from: field(HOUR), until: field(HOUR) }],
])('it is a fault of %s: %j', (fault, change) => {
  expect(askedFor(draft(change), now)).toEqual({ fault })
})

test.each<[Role[], Role]>([
  [['observer', 'captioner', 'reviewer', 'presenter', 'host'], 'reviewer'],
  [['observer', 'captioner'], 'observer'],
])('of %j it is %s at first', (roles, first) => expect(firstRole(roles)).toBe(first))

test('a field’s value is the minute that it says in this zone', () => {
  expect(localInput(now + 59_999)).toBe(localInput(now))
  expect(Date.parse(localInput(now))).toBe(now)
})
