import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decidePlay, MIN_LIFETIME } from '../admission/decide.ts'
import { isBeforeDoor } from '../rooms/door.ts'
import { mayWatch, refusal, type Standing, type Verdict } from './may-watch.ts'
import { refusalCodes } from './schema.ts'

const NOW = 1_000_000
const free: Standing = {
  blocked: 0,
  roomStartsAt: null,
  roomEndsAt: null,
  roomEndedAt: null,
  linkStartsAt: null,
  linkEndsAt: null,
  linkRevokedAt: null,
  personRemovedAt: null,
  admittedAt: NOW - 60_000,
  isHost: 0,
  hostless: 0,
  lockedAt: null,
  lockMessage: '',
}
const soon = NOW + MIN_LIFETIME
const tooSoon = soon - 1
const admitted: Verdict = { state: 'admitted' }

test.each<[Partial<Standing>, Verdict]>([
  [{}, admitted],
  [{ roomStartsAt: NOW, linkStartsAt: NOW }, admitted],
  [{ roomEndsAt: soon, linkEndsAt: soon }, admitted],
  [{ roomStartsAt: NOW + 1 }, { state: 'waiting', for: 'start', opensAt: NOW + 1 }],
  [{ linkStartsAt: NOW + 1 }, { state: 'waiting', for: 'start', opensAt: NOW + 1 }],
  [
    { roomStartsAt: NOW + 9, linkStartsAt: NOW + 2 },
    { state: 'waiting', for: 'start', opensAt: NOW + 9 },
  ],
  [
    { roomStartsAt: NOW - 9, linkStartsAt: NOW + 2 },
    { state: 'waiting', for: 'start', opensAt: NOW + 2 },
  ],
  // Before the door.
  [{ admittedAt: null }, { state: 'waiting', for: 'admission' }],
  [
    { admittedAt: null, lockedAt: NOW - 9, lockMessage: 'Back at ten.' },
    { state: 'waiting', for: 'unlock', message: 'Back at ten.' },
  ],
  [
    { admittedAt: null, lockedAt: NOW },
    { state: 'waiting', for: 'unlock', message: '' },
  ],
  [
    { admittedAt: null, hostless: 1 },
    { state: 'waiting', for: 'admission' },
  ],
  [{ hostless: 1 }, { state: 'waiting', for: 'host' }],
  [
    { admittedAt: null, roomStartsAt: NOW + 9 },
    { state: 'waiting', for: 'start', opensAt: NOW + 9 },
  ],
  // Who was let in once may come back to a locked room; a host passes every door but the start.
  [{ lockedAt: NOW - 9 }, admitted],
  [{ admittedAt: null, lockedAt: NOW - 9, hostless: 1, isHost: 1 }, admitted],
  [
    { isHost: 1, linkStartsAt: NOW + 9 },
    { state: 'waiting', for: 'start', opensAt: NOW + 9 },
  ],
  [
    { admittedAt: null, linkRevokedAt: 1 },
    { state: 'refused', code: 'link_revoked' },
  ],
  [
    { admittedAt: null, roomEndedAt: 1 },
    { state: 'refused', code: 'room_ended', endedAt: 1 },
  ],
  [
    { isHost: 1, personRemovedAt: 1 },
    { state: 'refused', code: 'removed' },
  ],
  [
    { isHost: 1, blocked: 1 },
    { state: 'refused', code: 'blocked' },
  ],
  [{ blocked: 1 }, { state: 'refused', code: 'blocked' }],
  [{ personRemovedAt: NOW }, { state: 'refused', code: 'removed' }],
  [{ personRemovedAt: NOW + 9 }, { state: 'refused', code: 'removed' }],
  [{ linkRevokedAt: NOW - 9 }, { state: 'refused', code: 'link_revoked' }],
  [{ roomEndedAt: NOW - 9 }, { state: 'refused', code: 'room_ended', endedAt: NOW - 9 }],
  [{ roomEndsAt: NOW }, { state: 'refused', code: 'room_ended', endedAt: NOW }],
  [{ roomEndsAt: tooSoon }, { state: 'refused', code: 'room_ended', endedAt: tooSoon }],
  [
    { roomEndsAt: NOW + 9_000, roomEndedAt: NOW - 1 },
    { state: 'refused', code: 'room_ended', endedAt: NOW - 1 },
  ],
  [{ linkEndsAt: NOW - 9 }, { state: 'refused', code: 'link_ended', endedAt: NOW - 9 }],
  [{ linkEndsAt: tooSoon }, { state: 'refused', code: 'link_ended', endedAt: tooSoon }],
  // Of several reasons the first that the person can do least about.
  [
    { blocked: 1, personRemovedAt: 1, linkRevokedAt: 1 },
    { state: 'refused', code: 'blocked' },
  ],
  [
    { personRemovedAt: 1, linkRevokedAt: 1, roomEndedAt: 1, linkEndsAt: 1 },
    { state: 'refused', code: 'removed' },
  ],
  [
    { linkRevokedAt: 1, roomEndedAt: 1, linkEndsAt: 1 },
    { state: 'refused', code: 'link_revoked' },
  ],
  [
    { roomEndedAt: 1, linkEndsAt: 1 },
    { state: 'refused', code: 'room_ended', endedAt: 1 },
  ],
  [
    { linkEndsAt: 1, roomStartsAt: NOW + 9 },
    { state: 'refused', code: 'link_ended', endedAt: 1 },
  ],
  [
    { linkRevokedAt: 1, linkStartsAt: NOW + 9 },
    { state: 'refused', code: 'link_revoked' },
  ],
])('%j', (standing, verdict) => {
  expect(mayWatch({ ...free, ...standing }, NOW)).toEqual(verdict)
})

test('page and origin give the same reason', () => {
  const time = fc.constantFrom(null, NOW - 1, NOW, NOW + 1, tooSoon, soon, NOW + 60_000)
  const standing = fc.record({
    blocked: fc.constantFrom(0, 0, 0, 1),
    roomStartsAt: time,
    roomEndsAt: time,
    roomEndedAt: time,
    linkStartsAt: time,
    linkEndsAt: time,
    linkRevokedAt: time,
    personRemovedAt: time,
    admittedAt: fc.constantFrom(null, NOW - 1),
    isHost: fc.constantFrom<0 | 1>(0, 0, 1),
    hostless: fc.constantFrom<0 | 1>(0, 0, 1),
    lockedAt: fc.constantFrom(null, NOW - 1),
    lockMessage: fc.constantFrom('', 'Later.'),
  })
  const reasons: Record<string, string> = {
    blocked: 'blocked',
    removed: 'removed',
    link_revoked: 'link revoked',
    room_ended: 'room ended',
    link_ended: 'link ended',
  }
  fc.assert(
    fc.property(standing, s => {
      const verdict = mayWatch(s, NOW)
      const decision = decidePlay(
        {
          ...s,
          blocked: Boolean(s.blocked),
          beforeDoor: isBeforeDoor(s),
          slug: 'x',
          originId: 'o',
          hiddenName: 'h',
          leaseMs: 60_000,
          seated: true,
          movedAway: false,
          maxViewers: null,
          maxDevices: null,
          roomOthers: 0,
          linkOthers: 0,
        },
        { slug: 'x', originId: 'o', wantsSeat: true },
        NOW,
      )
      const said = decision.allowed ? 'admitted' : decision.reason
      const expected =
        verdict.state === 'admitted'
          ? 'admitted'
          : verdict.state === 'waiting'
            ? verdict.for === 'start'
              ? 'not started'
              : 'not admitted'
            : reasons[verdict.code]
      expect(said).toBe(expected)
    }),
    { numRuns: 500 },
  )
})

test('each refusal has its status, a sentence and the fields that belong to it', () => {
  const extra = { endedAt: NOW, opensAt: NOW, seats: 3 }
  const at = '1970-01-01T00:16:40.000Z'
  expect(
    Object.fromEntries(refusalCodes.map(code => [code, [refusal(code).status, refusal(code).detail]])),
  ).toEqual({
    room_ended: [410, 'The review has ended.'],
    link_ended: [
      410,
      'This link has ended. Ask the person who sent it to extend it; the same link will work again.',
    ],
    link_revoked: [410, 'This link was taken back. Ask the person who sent it for a new one.'],
    link_used_up: [
      410,
      'This link has been used as often as it may be. Ask the person who sent it for a new one.',
    ],
    removed: [403, 'You were removed from this review. If that is a mistake, ask the host for a new link.'],
    blocked: [
      403,
      'Requests from this address are blocked. If that is a mistake, tell the person who sent the link.',
    ],
    not_started: [409, 'The review has not started. This page opens by itself.'],
    not_admitted: [409, 'You are not in the room yet. You come in by yourself as soon as a host lets you.'],
    room_full: [409, 'The room is full. You come in by yourself when a seat is free.'],
    moved: [409, 'You are watching on another device now.'],
  })
  expect(refusal('room_full', extra).extra).toEqual({ endedAt: at, opensAt: at, seats: 3 })
  expect(refusal('room_full').extra).toEqual({})
  expect(refusal('removed', { reason: 'Not on the list' }).extra).toEqual({ reason: 'Not on the list' })
  expect(refusal('removed', { reason: null }).extra).toEqual({})
  expect(refusal('link_ended', { reason: 'Not on the list' }).extra).toEqual({})
})
