import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NOON } from '../../test/support/app.ts'
import { type AttendanceEvent, attendanceOf } from './attendance.ts'

const MINUTE = 60_000
const LATER = NOON + 600 * MINUTE
const common = { person: 'p1', name: 'Anna Ek', link: 'l1', address: '192.0.2.1' }
const join = (minute: number, more: Partial<AttendanceEvent> = {}): AttendanceEvent => ({
  ...common,
  kind: 'join',
  at: NOON + minute * MINUTE,
  linkLabel: 'Client',
  ...more,
})
const open = (minute: number, port: number, more: Partial<AttendanceEvent> = {}): AttendanceEvent => ({
  ...common,
  kind: 'opening',
  at: NOON + minute * MINUTE,
  protocol: 'webrtc',
  port,
  lifetimeMs: 5 * MINUTE,
  ...more,
})
const close = (minute: number, port: number, more: Partial<AttendanceEvent> = {}): AttendanceEvent => {
  const { lifetimeMs: _, ...event } = open(minute, port, more)
  return { ...event, kind: 'closing' }
}
/** Stays as [whose, from, until] in minutes after noon. */
const stays = (events: AttendanceEvent[], now = LATER) =>
  attendanceOf(events, now).map(({ person, from, until }) => [
    person,
    (from - NOON) / MINUTE,
    (until - NOON) / MINUTE,
  ])

it('tells who came through which link, when, how long and from where', () => {
  expect(attendanceOf([join(0), open(1, 1), close(4, 1)], LATER)).toEqual([
    {
      person: 'p1',
      name: 'Anna Ek',
      link: 'l1',
      linkLabel: 'Client',
      from: NOON + MINUTE,
      until: NOON + 4 * MINUTE,
      present: false,
      addresses: ['192.0.2.1'],
    },
  ])
})

it('of nothing is nobody', () => {
  expect(attendanceOf([], LATER)).toEqual([])
})

describe('stays', () => {
  it.each<[string, AttendanceEvent[], [string, number, number][]]>([
    ['a closing that was lost: until the lease ended', [open(0, 1)], [['p1', 0, 5]]],
    [
      'sessions that take over from each other are one stay',
      [open(0, 1), open(4, 2), close(4.1, 1), close(7, 2)],
      [['p1', 0, 7]],
    ],
    [
      'so are sessions at once, from two screens',
      [open(0, 1), open(1, 2), close(2, 1), close(4, 2)],
      [['p1', 0, 4]],
    ],
    [
      'one within another does not shorten it',
      [open(0, 1), open(1, 2), close(2, 2), close(4, 1)],
      [['p1', 0, 4]],
    ],
    [
      'a connection that is made again in a breath is one stay',
      [open(0, 1), close(1, 1), open(1.25, 2), close(2, 2)],
      [['p1', 0, 2]],
    ],
    [
      'later is another stay',
      [open(0, 1), close(1, 1), open(1.26, 2), close(2, 2)],
      [
        ['p1', 0, 1],
        ['p1', 1.26, 2],
      ],
    ],
    [
      'several openings of one session are closed as often',
      [open(0, 1), open(0, 1), close(1, 1), close(3, 1)],
      [['p1', 0, 3]],
    ],
    [
      'and run out with the lease when a closing is lost',
      [open(0, 1), open(1, 1), close(2, 1)],
      [['p1', 0, 6]],
    ],
    [
      'over LL-HLS one closing ends all',
      [
        open(0, 1, { protocol: 'llhls' }),
        open(0, 1, { protocol: 'llhls' }),
        close(1, 1, { protocol: 'llhls' }),
      ],
      [['p1', 0, 1]],
    ],
    ['a renewal on the same connection goes on', [open(0, 1), open(4, 1)], [['p1', 0, 9]]],
    ['a closing without an opening is nothing', [close(1, 1)], []],
    ['nor does it end another session', [open(0, 1), close(1, 2)], [['p1', 0, 5]]],
    ['a closing after the lease does not lengthen it', [open(0, 1), close(9, 1)], [['p1', 0, 5]]],
    [
      'a port that is used again is another session',
      [open(0, 1), close(1, 1), open(20, 1), close(21, 1)],
      [
        ['p1', 0, 1],
        ['p1', 20, 21],
      ],
    ],
    ['an opening and its closing in the same moment', [close(1, 1), open(1, 1)], [['p1', 1, 1]]],
    ['who came in and saw nothing', [join(3)], [['p1', 3, 3]]],
    [
      'several people, by their arrival',
      [open(2, 1), close(3, 1), open(1, 1, { person: 'p2' }), close(9, 1, { person: 'p2' })],
      [
        ['p2', 1, 6],
        ['p1', 2, 3],
      ],
    ],
  ])('%s', (_, events, expected) => {
    expect(stays(events)).toEqual(expected)
    expect(stays(events.toReversed())).toEqual(expected)
  })

  it('that go on end now, for the time being', () => {
    const [stay] = attendanceOf([open(0, 1)], NOON + 2 * MINUTE)
    expect(stay).toMatchObject({ from: NOON, until: NOON + 2 * MINUTE, present: true })
    expect(attendanceOf([open(0, 1)], NOON + 5 * MINUTE)[0]).toMatchObject({ present: false })
  })

  it('name every address once, in the order of their use', () => {
    const two = { address: '198.51.100.1' }
    expect(attendanceOf([open(0, 1), open(1, 2, two), open(2, 3)], LATER)[0]!.addresses).toEqual([
      '192.0.2.1',
      '198.51.100.1',
    ])
  })

  it('have the name that is known, whichever event tells it', () => {
    const unnamed = { name: '' }
    expect(attendanceOf([open(0, 1), close(1, 1, unnamed)], LATER)[0]!.name).toBe('Anna Ek')
    expect(attendanceOf([open(0, 1, unnamed)], LATER)[0]).toMatchObject({ name: '', linkLabel: null })
  })
})

it('does not depend on the order of events, and never overlaps', () => {
  const event = fc
    .record({
      minute: fc.integer({ min: 0, max: 30 }),
      port: fc.integer({ min: 1, max: 3 }),
      opens: fc.boolean(),
    })
    .map(({ minute, port, opens }) => (opens ? open(minute, port) : close(minute, port)))
  fc.assert(
    fc.property(fc.array(event, { maxLength: 12 }), fc.integer({ min: 0, max: 40 }), (events, at) => {
      const now = NOON + at * MINUTE
      const seen = attendanceOf(events, now)
      expect(attendanceOf(events.toReversed(), now)).toEqual(seen)
      for (const [i, stay] of seen.entries()) expect(i === 0 || stay.from > seen[i - 1]!.until).toBe(true)
    }),
  )
})
