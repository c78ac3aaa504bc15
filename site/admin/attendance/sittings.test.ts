import { describe, expect, it } from 'vitest'
import type { Visit } from '../api/client.ts'
import { barOf, sittings } from './sittings.ts'

const at = (clock: string) => Date.parse(`2026-11-21T${clock}:00Z`)
const now = at('16:00')

const visit = (id: string, from: string, until: string | null, given: Partial<Visit> = {}): Visit => ({
  person: { id, name: id.toUpperCase() },
  link: null,
  from: new Date(at(from)).toISOString(),
  // Of a stay that goes on: as of when it was asked for, which is a while ago.
  until: new Date(until === null ? at(from) + 60_000 : at(until)).toISOString(),
  ms: until === null ? 60_000 : at(until) - at(from),
  present: until === null,
  addresses: ['192.0.2.1'],
  ...given,
})
const attendee = (id: string, stays: { from: number; to: number | null }[], minutes: number) => ({
  person: { id, name: id.toUpperCase() },
  link: null,
  addresses: ['192.0.2.1'],
  stays,
  ms: minutes * 60_000,
})

describe('sittings', () => {
  it('of an empty room are none', () => {
    expect(sittings([], now)).toEqual([])
  })

  it('are the latest first, and begin anew when the room was empty for an hour', () => {
    const visits = [visit('c', '15:30', null), visit('a', '10:00', '11:00'), visit('b', '11:59', '12:10')]
    expect(sittings(visits, now)).toEqual([
      { from: at('15:30'), to: now, attendees: [attendee('c', [{ from: at('15:30'), to: null }], 30)] },
      {
        from: at('10:00'),
        to: at('12:10'),
        attendees: [
          attendee('a', [{ from: at('10:00'), to: at('11:00') }], 60),
          attendee('b', [{ from: at('11:59'), to: at('12:10') }], 11),
        ],
      },
    ])
    expect(sittings([visit('a', '10:00', '11:00'), visit('a', '12:00', '12:10')], now)).toHaveLength(2)
  })

  it('go on as long as anybody is there, not only who came last', () => {
    expect(
      sittings(
        [visit('a', '10:00', '15:00'), visit('b', '10:05', '10:06'), visit('c', '14:00', '14:30')],
        now,
      ),
    ).toHaveLength(1)
  })

  it('have everybody once, with all their stays and addresses', () => {
    const visits = [
      visit('a', '10:40', '10:50', { addresses: ['192.0.2.9', '192.0.2.1'] }),
      visit('a', '10:00', '10:30'),
    ]
    expect(sittings(visits, now)[0]!.attendees).toEqual([
      {
        ...attendee(
          'a',
          [
            { from: at('10:00'), to: at('10:30') },
            { from: at('10:40'), to: at('10:50') },
          ],
          40,
        ),
        addresses: ['192.0.2.1', '192.0.2.9'],
      },
    ])
    expect(visits[0]!.addresses).toEqual(['192.0.2.9', '192.0.2.1'])
  })

  it('do not end before they began, whatever this device’s clock says', () => {
    expect(sittings([visit('a', '16:05', null)], now)[0]).toMatchObject({
      from: at('16:05'),
      to: at('16:05'),
    })
  })
})

it.each([
  [at('10:00'), at('12:00'), { start: 0, length: 1 }],
  [at('10:30'), at('11:00'), { start: 0.25, length: 0.25 }],
  [at('11:00'), null, { start: 0.5, length: 0.5 }],
  // Never beyond its sitting.
  [at('09:00'), at('13:00'), { start: 0, length: 1 }],
  [at('13:00'), at('14:00'), { start: 1, length: 0 }],
])('a stay from %d to %s is drawn as %o', (from, to, bar) => {
  expect(barOf({ from: at('10:00'), to: at('12:00') }, { from, to })).toEqual(bar)
})

it('a sitting without length has bars without length', () => {
  expect(barOf({ from: now, to: now }, { from: now, to: null })).toEqual({ start: 0, length: 0 })
})
