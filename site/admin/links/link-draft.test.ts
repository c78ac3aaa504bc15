import { describe, expect, it } from 'vitest'
import { link } from './fixture.ts'
import {
  emptyLinkDraft,
  joinGrants,
  linkChangeBody,
  linkDraft,
  linkFaults,
  newLinkBody,
  splitGrants,
} from './link-draft.ts'

const zone = 'Europe/Lisbon'
const draft = linkDraft(
  link({
    name: 'Client',
    askName: false,
    pin: true,
    startsAt: '2026-11-21T14:00:00.000Z',
    endsAt: '2026-11-21T18:00:00.000Z',
    maxUses: 10,
    maxDevices: 2,
  }),
  zone,
)

it('linkDraft shows a link as it is typed', () => {
  expect(draft).toEqual({
    label: 'Client',
    name: 'Client',
    askName: false,
    role: 'reviewer',
    grants: 'message,annotate',
    pin: 'keep',
    pinDigits: '',
    startsAt: '2026-11-21T14:00',
    endsAt: '2026-11-21T18:00',
    maxUses: '10',
    maxDevices: '2',
  })
  expect(linkDraft(link({ role: null, permissions: ['op', 'message'] }), zone)).toEqual({
    ...emptyLinkDraft,
    label: 'Client',
    role: 'custom',
    grants: 'message,op',
  })
})

it('grants are a set: order and doubles do not matter, unknown ones are dropped', () => {
  expect(joinGrants(['op', 'message', 'op'])).toBe('message,op')
  expect(splitGrants('op,nonsense,message')).toEqual(['message', 'op'])
  expect(splitGrants('')).toEqual([])
})

describe('linkFaults', () => {
  it('finds none in a full and in a minimal form', () => {
    expect(linkFaults(draft, zone)).toEqual({})
    expect(linkFaults({ ...emptyLinkDraft, label: 'x' }, zone)).toEqual({})
    expect(linkFaults({ ...draft, pin: 'set', pinDigits: '407 219' }, zone)).toEqual({})
  })

  it.each([
    [{ label: ' ' }, { label: { is: 'empty' } }],
    [{ label: 'x'.repeat(81) }, { label: { is: 'too-long', max: 80 } }],
    [{ name: 'x'.repeat(81) }, { name: { is: 'too-long', max: 80 } }],
    [{ pin: 'set', pinDigits: '' }, { pinDigits: { is: 'pin' } }],
    [{ pin: 'set', pinDigits: '123' }, { pinDigits: { is: 'pin' } }],
    [{ pin: 'set', pinDigits: '12ab' }, { pinDigits: { is: 'pin' } }],
    [{ pin: 'set', pinDigits: '1234567890123' }, { pinDigits: { is: 'pin' } }],
    [{ startsAt: '2026-03-29T01:30', endsAt: '' }, { startsAt: { is: 'skipped' } }],
    [{ endsAt: '2026-11-21T13:59' }, { endsAt: { is: 'order' } }],
    [{ maxUses: '0' }, { maxUses: { is: 'whole', min: 1, max: 1_000_000 } }],
    [{ maxDevices: 'two' }, { maxDevices: { is: 'whole', min: 1, max: 100_000 } }],
  ] as const)('%o', (wrong, faults) => {
    expect(linkFaults({ ...draft, ...wrong }, zone)).toEqual(faults)
  })
})

describe('newLinkBody', () => {
  it.each([
    [{}, { label: 'Agency', role: 'reviewer', askName: true }],
    [{ askName: false }, { label: 'Agency', role: 'reviewer', askName: false }],
    [{ name: ' Agency ' }, { label: 'Agency', role: 'reviewer', askName: false, name: 'Agency' }],
    [
      { role: 'custom', grants: 'caption,op' },
      { label: 'Agency', permissions: ['caption', 'op'], askName: true },
    ],
    [
      { role: 'custom', grants: '' },
      { label: 'Agency', permissions: [], askName: true },
    ],
    [
      { pin: 'set', pinDigits: '407 219', endsAt: '2026-07-01T18:00', maxUses: ' 5 ', maxDevices: '2' },
      {
        label: 'Agency',
        role: 'reviewer',
        askName: true,
        pin: '407219',
        endsAt: '2026-07-01T17:00:00.000Z',
        maxUses: 5,
        maxDevices: 2,
      },
    ],
  ] as const)('%o', (given, body) => {
    expect(newLinkBody({ ...emptyLinkDraft, label: 'Agency', ...given }, zone)).toEqual(body)
  })
})

describe('linkChangeBody', () => {
  it.each([
    [{}, {}],
    [{ label: ' Client ' }, {}],
    [{ label: 'Agency' }, { label: 'Agency' }],
    [
      { name: '', askName: true },
      { name: null, askName: true },
    ],
    // With a fixed name the page asks for none, whatever the box says.
    [{ askName: true }, { askName: false }],
    [{ role: 'host' }, { role: 'host' }],
    [{ role: 'custom' }, { permissions: ['message', 'annotate'] }],
    [{ grants: 'op' }, {}],
    [{ pin: 'none' }, { pin: null }],
    [{ pin: 'set', pinDigits: '4072' }, { pin: '4072' }],
    [
      { startsAt: '', endsAt: '2026-11-22T18:00' },
      { startsAt: null, endsAt: '2026-11-22T18:00:00.000Z' },
    ],
    [
      { maxUses: '', maxDevices: '3' },
      { maxUses: null, maxDevices: 3 },
    ],
  ] as const)('%o is %o', (change, body) => {
    expect(linkChangeBody(draft, { ...draft, ...change }, zone)).toEqual(body)
  })
})
