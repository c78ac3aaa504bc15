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
    waitingRoom: true,
    opens: 'subrooms',
  }),
  zone,
)

it('linkDraft shows a link as it is typed', () => {
  expect(draft).toEqual({
    label: 'Client',
    way: 'link',
    inviteKind: 'email',
    inviteValue: '',
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
    waitingRoom: true,
    watermark: '',
    opens: 'subrooms',
  })
  expect(linkDraft(link({ role: null, permissions: ['op', 'message'] }), zone)).toEqual({
    ...emptyLinkDraft,
    label: 'Client',
    role: 'custom',
    grants: 'message,op',
  })
  expect(linkDraft(link({ url: null, invite: { kind: 'domain', value: 'example.com' } }), zone)).toEqual({
    ...linkDraft(link(), zone),
    way: 'sign-in',
    inviteKind: 'domain',
    inviteValue: 'example.com',
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
    ['email', ' ada@example.com '],
    ['domain', 'example.com'],
    ['domain', '@review.example.com'],
    ['group', 'Colour, night shift'],
  ] as const)('takes the %s %j as who signs in, without a label', (inviteKind, inviteValue) => {
    expect(linkFaults({ ...emptyLinkDraft, way: 'sign-in', inviteKind, inviteValue }, zone)).toEqual({})
  })

  it.each([
    ['email', '', 'empty'],
    ['email', 'ada', 'email'],
    ['email', '@example.com', 'email'],
    ['domain', ' @ ', 'empty'],
    ['domain', 'example', 'domain'],
    ['domain', 'ada@example.com', 'domain'],
    ['group', ' ', 'empty'],
  ] as const)('the %s %j is %s', (inviteKind, inviteValue, is) => {
    expect(linkFaults({ ...emptyLinkDraft, way: 'sign-in', inviteKind, inviteValue }, zone)).toEqual({
      inviteValue: { is },
    })
  })

  it('looks only at what its way in has', () => {
    const signIn = { ...draft, way: 'sign-in', inviteValue: 'ada@example.com' } as const
    expect(linkFaults({ ...signIn, pin: 'set', pinDigits: '1' }, zone)).toEqual({})
    expect(linkFaults({ ...draft, inviteValue: 'ada' }, zone)).toEqual({})
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
    [
      { waitingRoom: true, opens: 'everything' },
      { label: 'Agency', role: 'reviewer', askName: true, waitingRoom: true, opens: 'everything' },
    ],
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

describe('newLinkBody of an invitation', () => {
  it.each([
    [
      { inviteValue: ' ada@example.com ' },
      {
        label: 'ada@example.com',
        role: 'reviewer',
        askName: false,
        invite: { kind: 'email', value: 'ada@example.com' },
      },
    ],
    // What belongs to links stays behind when the way in was changed while typing.
    [
      {
        label: 'Agency',
        inviteKind: 'domain',
        inviteValue: '@example.com',
        name: 'Agency',
        pin: 'set',
        pinDigits: '4072',
        maxDevices: '2',
      },
      {
        label: 'Agency',
        role: 'reviewer',
        askName: false,
        invite: { kind: 'domain', value: 'example.com' },
        maxDevices: 2,
      },
    ],
    [
      { inviteKind: 'group', inviteValue: 'x'.repeat(100) },
      {
        label: 'x'.repeat(80),
        role: 'reviewer',
        askName: false,
        invite: { kind: 'group', value: 'x'.repeat(100) },
      },
    ],
  ] as const)('%o', (given, body) => {
    expect(newLinkBody({ ...emptyLinkDraft, way: 'sign-in', ...given }, zone)).toEqual(body)
  })

  it('is none for a link, whatever was typed before', () => {
    expect(newLinkBody({ ...emptyLinkDraft, label: 'Agency', inviteValue: 'ada@example.com' }, zone)).toEqual(
      {
        label: 'Agency',
        role: 'reviewer',
        askName: true,
      },
    )
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
    [{ way: 'sign-in', inviteKind: 'group', inviteValue: 'colour' }, {}],
    [{ pin: 'set', pinDigits: '4072' }, { pin: '4072' }],
    [
      { startsAt: '', endsAt: '2026-11-22T18:00' },
      { startsAt: null, endsAt: '2026-11-22T18:00:00.000Z' },
    ],
    [{ waitingRoom: false }, { waitingRoom: false }],
    [{ opens: 'room' }, { opens: 'room' }],
    [
      { maxUses: '', maxDevices: '3' },
      { maxUses: null, maxDevices: 3 },
    ],
  ] as const)('%o is %o', (change, body) => {
    expect(linkChangeBody(draft, { ...draft, ...change }, zone)).toEqual(body)
  })
})
