import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Decision,
  decidePlay,
  decidePublish,
  MIN_LIFETIME,
  type PlayAsk,
  type PlayFacts,
  type PublishFacts,
  type Refusal,
} from './decide.ts'

const NOW = Date.UTC(2026, 10, 21, 12)

describe('playing', () => {
  const facts: PlayFacts = {
    slug: 'grade',
    originId: 'default',
    hiddenName: 'hidden',
    roomStartsAt: null,
    roomEndsAt: null,
    roomEndedAt: null,
    linkStartsAt: null,
    linkEndsAt: null,
    linkRevokedAt: null,
    blocked: false,
    personRemovedAt: null,
    beforeDoor: false,
    leaseMs: 300_000,
    seated: true,
    movedAway: false,
    maxViewers: null,
    maxDevices: null,
    roomOthers: 0,
    linkOthers: 0,
  }
  const ask: PlayAsk = { slug: 'grade', originId: 'default', wantsSeat: true }
  const decide = (given: Partial<PlayFacts>, asked: Partial<PlayAsk> = {}) =>
    decidePlay({ ...facts, ...given }, { ...ask, ...asked }, NOW)
  const granted = (lifetime: number): Decision => ({ allowed: true, hiddenName: 'hidden', lifetime })

  it.each<[string, Partial<PlayFacts>, number]>([
    ['nothing ends earlier', {}, 300_000],
    ['all ends later', { roomEndsAt: NOW + 400_000, linkEndsAt: NOW + 500_000 }, 300_000],
    ['the room ends earlier', { roomEndsAt: NOW + 60_000, linkEndsAt: NOW + 70_000 }, 60_000],
    ['the link ends earlier', { roomEndsAt: NOW + 70_000, linkEndsAt: NOW + 60_000 }, 60_000],
    ['the room ends in a second', { roomEndsAt: NOW + 1_000 }, 1_000],
    ['the link ends in a second', { linkEndsAt: NOW + 1_000 }, 1_000],
    ['everything has just begun', { roomStartsAt: NOW, linkStartsAt: NOW }, 300_000],
    ['the last seat was taken', { maxViewers: 5, roomOthers: 4, maxDevices: 2, linkOthers: 1 }, 300_000],
    ['the lease is not a whole number', { leaseMs: 30_000.9 }, 30_000],
  ])('lasts the shortest of all when %s', (_, given, lifetime) => {
    expect(decide(given)).toEqual(granted(lifetime))
  })

  it.each<[Refusal, string, Partial<PlayFacts>, Partial<PlayAsk>]>([
    ['wrong room', 'the token is for another room', {}, { slug: 'other' }],
    ['wrong room', 'the slug differs in case', {}, { slug: 'Grade' }],
    ['wrong room', 'the hidden name is asked for', {}, { slug: 'hidden' }],
    ['wrong origin', 'the room is elsewhere', { originId: 'second' }, {}],
    ['blocked', 'the address is blocked', { blocked: true }, {}],
    ['blocked', 'a thumbnail is asked for from a blocked address', { blocked: true }, { wantsSeat: false }],
    ['removed', 'the person was removed', { personRemovedAt: NOW - 1 }, {}],
    ['link revoked', 'the link was revoked', { linkRevokedAt: NOW - 1 }, {}],
    ['room ended', 'the room was ended', { roomEndedAt: NOW }, {}],
    ['room ended', 'the room was ended before its time', { roomEndedAt: NOW - 1, roomEndsAt: NOW + 1e6 }, {}],
    ['room ended', 'the room ended long ago', { roomEndsAt: NOW - 1e9 }, {}],
    ['room ended', 'the room ends now', { roomEndsAt: NOW }, {}],
    ['room ended', 'the room ends in less than a second', { roomEndsAt: NOW + 999 }, {}],
    ['link ended', 'the link ended', { linkEndsAt: NOW - 1 }, {}],
    ['link ended', 'the link ends in less than a second', { linkEndsAt: NOW + 999 }, {}],
    ['not started', 'the room starts in a millisecond', { roomStartsAt: NOW + 1 }, {}],
    ['not started', 'the link starts in a millisecond', { linkStartsAt: NOW + 1 }, {}],
    ['not admitted', 'nobody has let them in', { beforeDoor: true }, {}],
    ['not admitted', 'they wait and a seat was taken all the same', { beforeDoor: true, seated: true }, {}],
    ['not admitted', 'they moved, too', { beforeDoor: true, movedAway: true, seated: false }, {}],
    ['not started', 'it has not begun, whatever the door', { roomStartsAt: NOW + 1, beforeDoor: true }, {}],
    [
      'not admitted',
      'a thumbnail is asked for from before the door',
      { beforeDoor: true },
      { wantsSeat: false },
    ],
    ['moved', 'the seat moved to another address', { movedAway: true }, {}],
    ['moved', 'it moved, and a seat was taken all the same', { movedAway: true, seated: true }, {}],
    [
      'room full',
      'no seat was taken and the room is full',
      { seated: false, maxViewers: 2, roomOthers: 2 },
      {},
    ],
    ['room full', 'there are more than may be', { seated: false, maxViewers: 2, roomOthers: 9 }, {}],
    [
      'link full',
      'no seat was taken and the link is full',
      { seated: false, maxDevices: 1, linkOthers: 1 },
      {},
    ],
    ['no seat', 'no seat was taken and nobody knows why', { seated: false }, {}],
    ['no seat', 'the lease is shorter than a second', { leaseMs: 999 }, {}],
    ['no seat', 'the lease is 0, which would mean unlimited', { leaseMs: 0 }, {}],
    ['room ended', 'a thumbnail of an ended room is asked for', { roomEndedAt: NOW }, { wantsSeat: false }],
    ['link revoked', 'a thumbnail with a revoked link', { linkRevokedAt: NOW }, { wantsSeat: false }],
    ['not started', 'a thumbnail before the start', { roomStartsAt: NOW + 1 }, { wantsSeat: false }],
  ])('is refused as %s when %s', (reason, _, given, asked) => {
    expect(decide(given, asked)).toEqual({ allowed: false, reason })
  })

  it('is refused when the database knows no such person, link, room or stream', () => {
    expect(decidePlay(undefined, ask, NOW)).toEqual({ allowed: false, reason: 'unknown' })
  })

  it('of a thumbnail needs no seat, and is not refused for the lack of one', () => {
    const full = {
      seated: false,
      maxViewers: 1,
      roomOthers: 1,
      maxDevices: 1,
      linkOthers: 1,
      movedAway: true,
    }
    expect(decide(full, { wantsSeat: false })).toEqual(granted(300_000))
  })

  it('tells a wrong place before anything about the room', () => {
    const allWrong: Partial<PlayFacts> = {
      blocked: true,
      personRemovedAt: 1,
      linkRevokedAt: 1,
      roomEndedAt: 1,
      linkEndsAt: 1,
      roomStartsAt: NOW + 1,
      beforeDoor: true,
      seated: false,
    }
    const reasons: Refusal[] = []
    const mend: [Partial<PlayFacts>, Partial<PlayAsk>][] = [
      [{}, { slug: 'grade' }],
      [{ originId: 'default' }, {}],
      [{ blocked: false }, {}],
      [{ personRemovedAt: null }, {}],
      [{ linkRevokedAt: null }, {}],
      [{ roomEndedAt: null }, {}],
      [{ linkEndsAt: null }, {}],
      [{ roomStartsAt: null }, {}],
      [{ beforeDoor: false }, {}],
      [{ seated: true }, {}],
    ]
    let given: Partial<PlayFacts> = { ...allWrong, originId: 'second' }
    let asked: Partial<PlayAsk> = { slug: 'other' }
    for (const [facts, asks] of mend) {
      const decision = decide(given, asked)
      if (!decision.allowed) reasons.push(decision.reason)
      given = { ...given, ...facts }
      asked = { ...asked, ...asks }
    }
    expect(reasons).toEqual([
      'wrong room',
      'wrong origin',
      'blocked',
      'removed',
      'link revoked',
      'room ended',
      'link ended',
      'not started',
      'not admitted',
      'no seat',
    ])
    expect(decide(given, asked)).toEqual(granted(300_000))
  })

  it('never lasts 0, nor less than a second, nor a part of a millisecond, nor past anything that ends', () => {
    const instant = fc.option(fc.integer({ min: NOW - 5_000, max: NOW + 5_000 }))
    const given = fc.record({
      roomStartsAt: instant,
      roomEndsAt: instant,
      roomEndedAt: fc.option(fc.constant(NOW)),
      linkStartsAt: instant,
      linkEndsAt: instant,
      linkRevokedAt: fc.option(fc.constant(NOW)),
      leaseMs: fc.oneof(fc.integer({ min: 0, max: 6_000 }), fc.double({ min: 0, max: 6_000, noNaN: true })),
      seated: fc.boolean(),
    })
    fc.assert(
      fc.property(given, fc.boolean(), (some, wantsSeat) => {
        const decision = decide(some, { wantsSeat })
        if (!decision.allowed) return
        const { lifetime = 0 } = decision
        expect(Number.isInteger(lifetime)).toBe(true)
        expect(lifetime).toBeGreaterThanOrEqual(MIN_LIFETIME)
        expect(lifetime).toBeLessThanOrEqual(some.leaseMs)
        for (const end of [some.roomEndsAt, some.linkEndsAt])
          if (end !== null) expect(NOW + lifetime).toBeLessThanOrEqual(end)
        expect([some.roomEndedAt, some.linkRevokedAt]).toEqual([null, null])
        expect(Math.max(some.roomStartsAt ?? 0, some.linkStartsAt ?? 0)).toBeLessThanOrEqual(NOW)
        expect(some.seated || !wantsSeat).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('publishing', () => {
  const facts: PublishFacts = {
    originId: 'default',
    hiddenName: 'hidden',
    ingestVersion: 3,
    blocked: false,
    roomEndsAt: null,
    roomEndedAt: null,
    recorded: true,
  }
  const decide = (
    given: Partial<PublishFacts>,
    ask: Partial<{ originId: string; keyVersion: number }> = {},
  ) => decidePublish({ ...facts, ...given }, { originId: 'default', keyVersion: 3, ...ask }, NOW)

  it.each<[string, Partial<PublishFacts>, number | undefined]>([
    ['without end when the room has none', {}, undefined],
    ['as long as the room', { roomEndsAt: NOW + 86_400_000 }, 86_400_000],
    ['for one last second', { roomEndsAt: NOW + 1_000 }, 1_000],
  ])('is granted %s', (_, given, lifetime) => {
    expect(decide(given)).toEqual({ allowed: true, hiddenName: 'hidden', lifetime })
  })

  it.each<[Refusal, string, Partial<PublishFacts>, Partial<{ originId: string; keyVersion: number }>]>([
    ['wrong origin', 'the room is elsewhere', {}, { originId: 'second' }],
    ['key replaced', 'the key is older', {}, { keyVersion: 2 }],
    ['key replaced', 'the key is newer than any', {}, { keyVersion: 4 }],
    ['blocked', 'the address is blocked', { blocked: true }, {}],
    ['blocked', 'it is blocked and the room has ended', { blocked: true, roomEndedAt: NOW }, {}],
    ['room ended', 'the room was ended', { roomEndedAt: NOW - 1 }, {}],
    ['room ended', 'the room ends now', { roomEndsAt: NOW }, {}],
    ['room ended', 'the room ends in less than a second', { roomEndsAt: NOW + 999 }, {}],
    ['unknown', 'nothing was written down', { recorded: false }, {}],
  ])('is refused as %s when %s', (reason, _, given, ask) => {
    expect(decide(given, ask)).toEqual({ allowed: false, reason })
  })

  it('is refused when the database knows no such room', () => {
    expect(decidePublish(undefined, { originId: 'default', keyVersion: 1 }, NOW)).toEqual({
      allowed: false,
      reason: 'unknown',
    })
  })
})
