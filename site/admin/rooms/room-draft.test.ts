import { describe, expect, it } from 'vitest'
import { room } from './fixture.ts'
import { emptyRoomDraft, newRoomBody, roomChangeBody, roomDraft, roomFaults } from './room-draft.ts'

const zone = 'Europe/Berlin'
const full = room({
  description: 'With the client.',
  startsAt: '2026-11-21T13:00:30.000Z',
  endsAt: '2026-11-21T15:00:00.000Z',
  maxViewers: 12,
  leaseMs: 45_500,
})
const typed = {
  title: 'Reel 3 review',
  slug: 'reel-3',
  description: 'With the client.',
  startsAt: '2026-11-21T14:00',
  endsAt: '2026-11-21T16:00',
  maxViewers: '12',
  lease: '45.5',
}

it('roomDraft shows a room as it is typed', () => {
  expect(roomDraft(full, zone)).toEqual(typed)
  expect(roomDraft(room(), zone)).toEqual({ ...emptyRoomDraft, title: 'Reel 3 review', slug: 'reel-3' })
})

describe('roomFaults', () => {
  it('finds none in a full and in a minimal form', () => {
    expect(roomFaults(typed, zone)).toEqual({})
    expect(roomFaults({ ...emptyRoomDraft, title: 'x' }, zone)).toEqual({})
  })

  it.each([
    [{ title: '  ' }, { title: { is: 'empty' } }],
    [{ title: 'x'.repeat(201) }, { title: { is: 'too-long', max: 200 } }],
    [{ slug: 'Reel 3' }, { slug: { is: 'slug' } }],
    [{ slug: 'x'.repeat(65) }, { slug: { is: 'slug' } }],
    [{ description: 'x'.repeat(2001) }, { description: { is: 'too-long', max: 2000 } }],
    [{ startsAt: 'soon' }, { startsAt: { is: 'time' } }],
    [{ startsAt: '2026-03-29T02:30', endsAt: '' }, { startsAt: { is: 'skipped' } }],
    [{ endsAt: '2026-11-21T14:00' }, { endsAt: { is: 'order' } }],
    [{ endsAt: '2026-11-21T13:00' }, { endsAt: { is: 'order' } }],
    [{ endsAt: '2026-02-30T14:00' }, { endsAt: { is: 'time' } }],
    [{ maxViewers: '0' }, { maxViewers: { is: 'whole', min: 1, max: 100_000 } }],
    [{ maxViewers: '2.5' }, { maxViewers: { is: 'whole', min: 1, max: 100_000 } }],
    [{ maxViewers: '1e3' }, { maxViewers: { is: 'whole', min: 1, max: 100_000 } }],
    [{ maxViewers: '100001' }, { maxViewers: { is: 'whole', min: 1, max: 100_000 } }],
  ])('%o', (wrong, faults) => {
    expect(roomFaults({ ...typed, ...wrong }, zone)).toEqual(faults)
  })
})

describe('newRoomBody', () => {
  it('sends only what was typed', () => {
    expect(newRoomBody({ ...emptyRoomDraft, title: ' Reel 3 ' }, zone)).toEqual({ title: 'Reel 3' })
  })

  it('sends times with their zone and the lease in ms', () => {
    expect(newRoomBody(typed, zone)).toEqual({
      title: 'Reel 3 review',
      slug: 'reel-3',
      description: 'With the client.',
      startsAt: '2026-11-21T13:00:00.000Z',
      endsAt: '2026-11-21T15:00:00.000Z',
      maxViewers: 12,
      leaseMs: 45_500,
    })
  })
})

describe('roomChangeBody', () => {
  it.each([
    [{}, {}],
    [{ title: 'Reel 4' }, { title: 'Reel 4' }],
    [{ title: ' Reel 3 review ' }, {}],
    [{ slug: '' }, {}],
    [{ description: '' }, { description: '' }],
    // The seconds that the form cannot show are kept unless the time is touched.
    [{ endsAt: '2026-11-21T17:00' }, { endsAt: '2026-11-21T16:00:00.000Z' }],
    [
      { startsAt: '', endsAt: '' },
      { startsAt: null, endsAt: null },
    ],
    [{ maxViewers: '' }, { maxViewers: null }],
    [{ maxViewers: '8' }, { maxViewers: 8 }],
    [{ lease: '' }, { leaseMs: null }],
    [{ lease: '60' }, { leaseMs: 60_000 }],
  ])('%o is %o', (change, body) => {
    expect(roomChangeBody(typed, { ...typed, ...change }, zone)).toEqual(body)
  })
})
