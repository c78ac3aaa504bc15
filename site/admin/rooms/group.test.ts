import { describe, expect, it } from 'vitest'
import { room } from './fixture.ts'
import { groupRooms, statesOf } from './group.ts'

const ids = (rooms: Parameters<typeof groupRooms>[0]) =>
  groupRooms(rooms).map(g => [g.name, g.rooms.map(r => r.id)])

describe('groupRooms', () => {
  it('has no empty groups', () => {
    expect(groupRooms([])).toEqual([])
  })

  it('puts live first, then open before scheduled, then ended', () => {
    expect(
      ids([
        room({ id: 'ended', state: 'ended' }),
        room({ id: 'scheduled', state: 'scheduled', startsAt: '2026-11-21T09:00:00Z' }),
        room({ id: 'open', state: 'open', startsAt: '2026-11-21T12:00:00Z' }),
        room({ id: 'live', state: 'live' }),
      ]),
    ).toEqual([
      ['live', ['live']],
      ['next', ['open', 'scheduled']],
      ['ended', ['ended']],
    ])
  })

  it('orders by what matters in each group', () => {
    const live = (since: string) => ({ since, protocol: 'RTMP', playable: true })
    expect(
      ids([
        room({ id: 'l1', state: 'live', live: live('2026-11-21T09:00:00Z') }),
        room({ id: 'l2', state: 'live', live: live('2026-11-21T10:00:00Z') }),
        room({ id: 's2', state: 'scheduled', startsAt: '2026-11-23T09:00:00Z' }),
        room({ id: 's1', state: 'scheduled', startsAt: '2026-11-22T09:00:00Z' }),
        room({ id: 'e1', state: 'ended', endedAt: '2026-11-01T09:00:00Z' }),
        room({ id: 'e2', state: 'ended', endsAt: '2026-11-02T09:00:00Z' }),
      ]),
    ).toEqual([
      ['live', ['l2', 'l1']],
      ['next', ['s1', 's2']],
      ['ended', ['e2', 'e1']],
    ])
  })

  it('lists a room once, as it was last', () => {
    const before = room({ state: 'open', updatedAt: '2026-11-21T09:00:00Z' })
    const after = room({ state: 'ended', updatedAt: '2026-11-21T10:00:00Z' })
    expect(ids([before, after])).toEqual([['ended', ['r1']]])
    expect(ids([after, before])).toEqual([['ended', ['r1']]])
  })
})

it.each([
  ['current', ['live', 'open', 'scheduled']],
  ['ended', ['ended']],
  ['all', ['live', 'open', 'scheduled', 'ended']],
] as const)('%s needs %j', (show, states) => {
  expect(statesOf(show)).toEqual(states)
})
