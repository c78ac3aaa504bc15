import { describe, expect, it } from 'vitest'
import { room } from '../rooms/fixture.ts'
import { t } from '../text.ts'
import { deleteSays, endSays, reopenSays } from './consequences.ts'

const live = { since: '2026-11-21T14:00:00Z', protocol: 'RTMP', playable: true }
const now = Date.parse('2026-11-21T14:00:00Z')

describe('what happens, before it happens', () => {
  it('names the encoder and the seats only when there are any', () => {
    expect(endSays(room())).toEqual([t.room.endDoor, t.room.endBack])
    expect(endSays(room({ state: 'live', live, seats: 3, leaseMs: 60_000 }))).toEqual([
      t.room.endEncoder,
      t.room.endSeats(3, 60_000),
      t.room.endBack,
    ])
  })

  it('says that a passed end is left out when a room opens again', () => {
    expect(reopenSays(room({ endsAt: '2026-11-21T13:00:00Z' }), now)).toEqual([
      t.room.reopenSay,
      t.room.reopenNoEnd,
    ])
    expect(reopenSays(room({ endsAt: '2026-11-21T15:00:00Z' }), now)).toEqual([t.room.reopenSay])
    expect(reopenSays(room(), now)).toEqual([t.room.reopenSay])
  })

  it('says what is lost for good', () => {
    expect(deleteSays(room({ links: 1 }))).toEqual([t.room.deleteSay(1), t.room.deleteEnd])
    expect(deleteSays(room({ live }))).toEqual([t.room.deleteSay(0), t.room.deleteEncoder, t.room.deleteEnd])
  })
})
