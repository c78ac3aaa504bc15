import { describe, expect, test } from 'vitest'
import { refusalCodes } from '../../worker/people/schema.ts'
import type { Refusal } from '../lib/refusal.ts'
import { type PlayerEffect, type PlayerEvent, reduce } from './reduce.ts'
import { type PlayerState, report, startingState, type Ticket, wakeAt } from './state.ts'

const ticket: Ticket = {
  webrtc: 'ws://o/app/r?stream_token=t',
  llhls: 'http://o/r.m3u8',
  usableUntil: 90_000,
  leaseMs: 30_000,
}
const later = (now: number): Ticket => ({ ...ticket, usableUntil: now + 90_000 })
const udp = 'ws://o/app/r?transport=udp&stream_token=t'

/** Feeds events to a player and keeps the effects of each. */
function played(events: PlayerEvent[], from: PlayerState = startingState(0.5)) {
  const effects: PlayerEffect[][] = []
  let state = from
  for (const event of events) {
    const step = reduce(state, event)
    state = step.state
    effects.push(step.effects)
  }
  return { state, effects }
}

const toPlaying: PlayerEvent[] = [
  { now: 0, type: 'stream', stream: 'playable' },
  { now: 20, type: 'ticket', ticket },
  { now: 150, type: 'connected', id: 1 },
  { now: 900, type: 'frame', id: 1 },
]
const playing = played(toPlaying).state
const refusal: Refusal = { code: 'link_revoked' }

describe('starting', () => {
  test('a playable stream: address, session, picture', () => {
    expect(played(toPlaying).effects).toEqual([
      [{ do: 'ask-ticket' }],
      [{ do: 'open', id: 1, route: 'udp', url: udp }],
      [],
      [{ do: 'show', id: 1 }],
    ])
    expect(report(playing)).toEqual({
      picture: 'moving',
      refusal: null,
      stream: 'playable',
      tries: 0,
      nextTryAt: null,
      route: 'udp',
      stoodAt: null,
    })
  })

  test.each(['none', 'coming'] as const)(
    'a stream that is %s is waited for, and nothing is asked',
    stream => {
      const { state, effects } = played([
        { now: 0, type: 'stream', stream },
        { now: 5000, type: 'tick' },
        { now: 6000, type: 'online' },
        { now: 7000, type: 'retry' },
      ])
      expect(effects.flat()).toEqual([])
      expect(wakeAt(state)).toBe(Number.POSITIVE_INFINITY)
    },
  )

  test('begins the moment it becomes playable', () => {
    const { effects } = played([
      { now: 0, type: 'stream', stream: 'coming' },
      { now: 400, type: 'stream', stream: 'playable' },
    ])
    expect(effects).toEqual([[], [{ do: 'ask-ticket' }]])
  })

  test('an origin that cannot be asked is signalled to every 500 ms, with one address, without a session', () => {
    const { state, effects } = played([
      { now: 0, type: 'stream', stream: 'unknown' },
      { now: 10, type: 'ticket', ticket },
      { now: 30, type: 'probed', offered: false },
      { now: 530, type: 'tick' },
      { now: 550, type: 'probed', offered: true },
    ])
    expect(effects).toEqual([
      [{ do: 'ask-ticket' }],
      [{ do: 'probe', url: udp }],
      [],
      [{ do: 'probe', url: udp }],
      [{ do: 'open', id: 1, route: 'udp', url: udp }],
    ])
    expect(state.opening?.failBy).toBe(550 + 4000)
  })

  test('an offer that comes when the encoder is gone again opens nothing', () => {
    const { effects } = played([
      { now: 0, type: 'stream', stream: 'unknown' },
      { now: 10, type: 'ticket', ticket },
      { now: 20, type: 'stream', stream: 'none' },
      { now: 30, type: 'probed', offered: true },
    ])
    expect(effects.at(-1)).toEqual([])
  })

  test('an address in its last seconds is not used', () => {
    const { effects } = played([
      { now: 0, type: 'stream', stream: 'playable' },
      { now: 20, type: 'ticket', ticket: { ...ticket, usableUntil: 5019 } },
    ])
    expect(effects.at(-1)).toEqual([{ do: 'ask-ticket' }])
  })
})

describe('the ladder', () => {
  const opened = played(toPlaying.slice(0, 2)).state

  test('climbs down one way at a time, at once, on one address, and begins anew after a pause', () => {
    const { state, effects } = played(
      [
        { now: 4020, type: 'tick' },
        { now: 10_020, type: 'tick' },
        { now: 16_020, type: 'tick' },
        { now: 31_020, type: 'tick' },
      ],
      opened,
    )
    expect(effects).toEqual([
      [
        { do: 'close', id: 1 },
        { do: 'open', id: 2, route: 'all', url: udp.replace('udp', 'all') },
      ],
      [
        { do: 'close', id: 2 },
        { do: 'open', id: 3, route: 'relay', url: udp.replace('udp', 'relay') },
      ],
      [
        { do: 'close', id: 3 },
        { do: 'open', id: 4, route: 'llhls', url: 'http://o/r.m3u8' },
      ],
      [{ do: 'close', id: 4 }],
    ])
    expect({ route: state.route, tries: state.tries, nextTryAt: state.nextTryAt }).toEqual({
      route: 'udp',
      tries: 1,
      nextTryAt: 31_520,
    })
  })

  test('a connection that says it failed is not waited for', () => {
    const { effects } = played([{ now: 700, type: 'failed', id: 1, why: 'not-connected' }], opened)
    expect(effects[0]?.at(-1)).toMatchObject({ do: 'open', route: 'all' })
  })

  test('a codec the browser does not take goes straight to LL-HLS', () => {
    const { effects } = played([{ now: 200, type: 'failed', id: 1, why: 'unsupported' }], opened)
    expect(effects[0]?.at(-1)).toMatchObject({ do: 'open', route: 'llhls' })
  })

  test('a connection without a picture is given time for a keyframe, then tried again the same way', () => {
    const { state, effects } = played(
      [
        { now: 3000, type: 'connected', id: 1 },
        { now: 14_999, type: 'tick' },
        { now: 15_000, type: 'tick' },
        { now: 15_500, type: 'tick' },
      ],
      opened,
    )
    expect(effects).toEqual([
      [],
      [],
      [{ do: 'close', id: 1 }],
      [{ do: 'open', id: 2, route: 'udp', url: udp }],
    ])
    expect(state.tries).toBe(1)
  })

  test('a browser that wants a touch first is given all the time', () => {
    const { state } = played([{ now: 300, type: 'blocked', id: 1 }], opened)
    expect(wakeAt(state)).toBe(Number.POSITIVE_INFINITY)
    expect(played([{ now: 12_000, type: 'frame', id: 1 }], state).effects).toEqual([[{ do: 'show', id: 1 }]])
  })

  test('a missing offer is no matter of transport: ask why, pause, a new address', () => {
    const { state, effects } = played(
      [
        { now: 100, type: 'failed', id: 1, why: 'signalling' },
        { now: 599, type: 'tick' },
        { now: 600, type: 'tick' },
      ],
      opened,
    )
    expect(effects).toEqual([[{ do: 'close', id: 1 }, { do: 'ask-room' }], [], [{ do: 'ask-ticket' }]])
    expect(state.route).toBe('udp')
  })

  test('but three in a row while the room plays may mean that WebSockets are blocked', () => {
    let state = opened
    const ways: string[] = []
    for (let now = 1000; ways.length < 4; now = state.nextTryAt) {
      state = played(
        [
          { now, type: 'tick' },
          { now, type: 'ticket', ticket: later(now) },
        ],
        state,
      ).state
      ways.push(state.opening!.route)
      state = played([{ now, type: 'failed', id: state.opened, why: 'signalling' }], state).state
    }
    expect(ways).toEqual(['udp', 'udp', 'udp', 'llhls'])
    expect(state.route).toBe('udp')
  })
})

describe('LL-HLS and back', () => {
  const fallen = played([
    { now: 0, type: 'stream', stream: 'playable' },
    { now: 0, type: 'ticket', ticket: { ...ticket, leaseMs: 300_000 } },
    { now: 10, type: 'failed', id: 1, why: 'unsupported' },
    { now: 2000, type: 'frame', id: 2 },
  ]).state

  test('tries WebRTC again beside the picture, later each time, each way in turn', () => {
    expect([fallen.route, wakeAt(fallen)]).toEqual(['llhls', 17_000])
    const { state, effects } = played(
      [
        { now: 17_000, type: 'tick' },
        { now: 17_010, type: 'ticket', ticket: later(17_010) },
        { now: 21_010, type: 'tick' },
        { now: 51_010, type: 'tick' },
        { now: 51_020, type: 'ticket', ticket: later(51_020) },
      ],
      fallen,
    )
    expect(effects).toEqual([
      [{ do: 'ask-ticket' }],
      [{ do: 'open', id: 3, route: 'udp', url: udp }],
      [{ do: 'close', id: 3 }],
      [{ do: 'open', id: 4, route: 'all', url: udp.replace('udp', 'all') }],
      [],
    ])
    expect(report(state)).toMatchObject({ picture: 'moving', route: 'llhls', tries: 0 })
  })

  test('swaps when it gets through', () => {
    const { state, effects } = played(
      [
        { now: 17_000, type: 'tick' },
        { now: 17_010, type: 'ticket', ticket: later(17_010) },
        { now: 18_000, type: 'frame', id: 3 },
      ],
      fallen,
    )
    expect(effects.at(-1)).toEqual([
      { do: 'show', id: 3 },
      { do: 'close', id: 2 },
    ])
    expect(state.route).toBe('udp')
  })

  test('another network is a reason to try now', () => {
    expect(played([{ now: 3000, type: 'online' }], fallen).effects).toEqual([[{ do: 'ask-ticket' }]])
  })

  test('a renewal has precedence and stays on the way that works', () => {
    const due = { ...fallen, climbAt: 250_000 }
    expect(wakeAt(due)).toBe(10 + 300_000 - 30_000 - 15_000)
    const { effects } = played(
      [
        { now: 255_010, type: 'tick' },
        { now: 255_020, type: 'ticket', ticket: later(255_020) },
      ],
      due,
    )
    expect(effects[1]).toMatchObject([{ do: 'open', route: 'llhls' }])
  })
})

describe('renewal', () => {
  const due = wakeAt(playing)

  test('is due before the lease ends', () => expect(due).toBe(20 + 30_000 - 6000 - 1500))

  test('opens the next session beside the first, swaps on its first frame, closes the first', () => {
    const { state, effects } = played(
      [
        { now: due, type: 'tick' },
        { now: due + 15, type: 'ticket', ticket: later(due) },
        { now: due + 100, type: 'connected', id: 2 },
        { now: due + 800, type: 'frame', id: 2 },
      ],
      playing,
    )
    expect(effects).toEqual([
      [{ do: 'ask-ticket' }],
      [{ do: 'open', id: 2, route: 'udp', url: udp }],
      [],
      [
        { do: 'show', id: 2 },
        { do: 'close', id: 1 },
      ],
    ])
    expect(wakeAt(state)).toBe(due + 15 + 22_500)
  })

  test.each([
    ['the API cannot be reached', { type: 'unreachable' }],
    ['there is no offer', { type: 'failed', id: 2, why: 'signalling' }],
  ] as const)('%s: again a second later, the picture goes on', (_, trouble) => {
    const asked: PlayerEvent[] = [{ now: due, type: 'tick' }]
    if (trouble.type === 'failed') asked.push({ now: due, type: 'ticket', ticket: later(due) })
    const { state } = played([...asked, { now: due + 50, ...trouble } as PlayerEvent], playing)
    expect(report(state).picture).toBe('moving')
    expect(wakeAt(state)).toBe(due + 1000)
  })

  test('refused: the picture goes on to its end, nothing more is asked, then the reason is said', () => {
    const { state, effects } = played(
      [
        { now: due, type: 'tick' },
        { now: due + 10, type: 'refused', refusal },
        { now: due + 3000, type: 'tick' },
        { now: due + 3000, type: 'retry' },
      ],
      playing,
    )
    expect(effects).toEqual([[{ do: 'ask-ticket' }], [{ do: 'ask-room' }], [], []])
    expect(report(state)).toMatchObject({ picture: 'moving', refusal: null })
    expect(wakeAt(state)).toBe(Number.POSITIVE_INFINITY)

    const end = played([{ now: 30_030, type: 'failed', id: 1, why: 'media' }], state)
    expect(end.effects).toEqual([[{ do: 'ask-room' }, { do: 'close', id: 1 }]])
    expect(report(end.state)).toMatchObject({ picture: 'none', refusal })
  })

  test('a link that is extended in time is renewed after all', () => {
    const { effects } = played(
      [
        { now: due, type: 'tick' },
        { now: due + 10, type: 'refused', refusal: { code: 'link_ended' } },
        { now: due + 900, type: 'stream', stream: 'playable' },
        { now: due + 1000, type: 'tick' },
      ],
      playing,
    )
    expect(effects).toEqual([[{ do: 'ask-ticket' }], [{ do: 'ask-room' }], [], [{ do: 'ask-ticket' }]])
  })
})

describe('a lost picture', () => {
  test.each([
    ['its session ended', { type: 'failed', id: 1, why: 'media' }, 10_000],
    ['its frames stopped coming', { type: 'stalled', id: 1 }, 7000],
  ] as const)('is kept when %s: ask why and reconnect at once', (_, trouble, stoodAt) => {
    const { state, effects } = played([{ now: 10_000, ...trouble } as PlayerEvent], playing)
    expect(effects).toEqual([[{ do: 'ask-room' }, { do: 'ask-ticket' }]])
    expect(report(state)).toMatchObject({ picture: 'held', tries: 0, stoodAt })
  })

  test('the tries are counted and spaced', () => {
    let state = played([{ now: 10_000, type: 'failed', id: 1, why: 'media' }], playing).state
    const seen: unknown[] = []
    let now = 10_000
    for (let i = 0; i < 5; i++) {
      state = played([{ now, type: 'unreachable' }], state).state
      seen.push([report(state).tries, report(state).nextTryAt! - now])
      now = report(state).nextTryAt!
      state = played([{ now, type: 'tick' }], state).state
    }
    expect(seen).toEqual([
      [1, 500],
      [2, 1000],
      [3, 2000],
      [4, 4000],
      [5, 8000],
    ])
  })

  test('an encoder that stopped is not asked for; its return is', () => {
    const { state, effects } = played(
      [
        { now: 9000, type: 'stream', stream: 'none' },
        { now: 10_000, type: 'failed', id: 1, why: 'media' },
        { now: 20_000, type: 'tick' },
        { now: 30_000, type: 'stream', stream: 'coming' },
        { now: 31_000, type: 'stream', stream: 'playable' },
      ],
      playing,
    )
    expect(effects).toEqual([[], [{ do: 'ask-room' }], [], [], [{ do: 'ask-ticket' }]])
    expect(report(state).picture).toBe('held')
  })

  test('frames that come again after a stall are enough', () => {
    const { state } = played(
      [
        { now: 10_000, type: 'stalled', id: 1 },
        { now: 10_020, type: 'ticket', ticket: later(10_020) },
        { now: 10_500, type: 'moving', id: 1 },
      ],
      playing,
    )
    expect(report(state)).toMatchObject({ picture: 'moving', tries: 0 })
  })

  test('the network coming back is tried at once and from the best way', () => {
    const down = played(
      [
        { now: 10_000, type: 'failed', id: 1, why: 'media' },
        { now: 10_100, type: 'unreachable' },
        { now: 10_600, type: 'tick' },
        { now: 10_700, type: 'unreachable' },
      ],
      { ...playing, route: 'relay' },
    ).state
    const { state, effects } = played([{ now: 10_800, type: 'online' }], down)
    expect(effects).toEqual([[{ do: 'ask-ticket' }]])
    expect([state.route, state.tries]).toEqual(['udp', 0])
  })

  test('a renewal under way takes over', () => {
    const due = wakeAt(playing)
    const { effects } = played(
      [
        { now: due, type: 'tick' },
        { now: due, type: 'ticket', ticket: later(due) },
        { now: due + 100, type: 'failed', id: 1, why: 'media' },
        { now: due + 700, type: 'frame', id: 2 },
      ],
      playing,
    )
    expect(effects.slice(2)).toEqual([
      [{ do: 'ask-room' }],
      [
        { do: 'show', id: 2 },
        { do: 'close', id: 1 },
      ],
    ])
  })
})

describe('refusals before a picture', () => {
  const refused = (code: Refusal['code']) =>
    played([
      { now: 0, type: 'stream', stream: 'playable' },
      { now: 10, type: 'refused', refusal: { code } },
    ]).state

  test.each([...refusalCodes])('%s is said at once', code => {
    expect(report(refused(code))).toMatchObject({ picture: 'none', refusal: { code } })
  })

  test.each(refusalCodes.filter(code => code !== 'room_full'))('%s: nothing is asked again', code => {
    const { effects } = played(
      [
        { now: 60_000, type: 'tick' },
        { now: 60_000, type: 'retry' },
        { now: 60_000, type: 'online' },
      ],
      refused(code),
    )
    expect(effects.flat()).toEqual([])
  })

  test.each(refusalCodes.filter(code => code !== 'room_full' && code !== 'moved'))(
    '%s is over when the room answers again',
    code => {
      const { state } = played([{ now: 60_000, type: 'stream', stream: 'playable' }], refused(code))
      expect(report(state).refusal).toBeNull()
    },
  )

  test.each(['room_full', 'moved'] as const)('%s is not the room’s to take back', code => {
    const { state } = played([{ now: 1000, type: 'stream', stream: 'playable' }], refused(code))
    expect(report(state).refusal).toEqual({ code })
  })

  test('a full room is asked again every 3 s, and plays when a seat is free', () => {
    const full = refused('room_full')
    expect(wakeAt(full)).toBe(3010)
    const { effects } = played(
      [
        { now: 3010, type: 'tick' },
        { now: 3020, type: 'refused', refusal: { code: 'room_full', seats: 12 } },
        { now: 6020, type: 'tick' },
        { now: 6030, type: 'ticket', ticket: later(6030) },
      ],
      full,
    )
    expect(effects).toEqual([
      [{ do: 'ask-ticket' }],
      [{ do: 'ask-room' }],
      [{ do: 'ask-ticket' }],
      [{ do: 'open', id: 1, route: 'udp', url: udp }],
    ])
  })

  test('room and playback that disagree are not asked in turns without end', () => {
    let state = playing
    let now = wakeAt(playing)
    const asked: number[] = []
    while (asked.length < 4) {
      const step = reduce(state, { now, type: 'tick' })
      if (step.effects.some(effect => effect.do === 'ask-ticket')) asked.push(now - wakeAt(playing))
      state = played(
        [
          { now, type: 'refused', refusal: { code: 'link_ended' } },
          { now, type: 'stream', stream: 'playable' },
        ],
        step.state,
      ).state
      now = wakeAt(state)
    }
    expect(asked).toEqual([0, 1000, 3000, 7000])
  })

  test('watching here again starts anew', () => {
    expect(played([{ now: 9000, type: 'resume' }], refused('moved')).effects).toEqual([
      [{ do: 'ask-ticket' }],
    ])
  })
})

test('what is said of a session that is gone changes nothing', () => {
  for (const event of [
    { type: 'frame', id: 9 },
    { type: 'connected', id: 9 },
    { type: 'blocked', id: 9 },
    { type: 'moving', id: 9 },
    { type: 'stalled', id: 9 },
    { type: 'failed', id: 9, why: 'media' },
  ] as const)
    expect(played([{ now: 5000, ...event }], playing)).toEqual({ state: playing, effects: [[]] })
})

test('no order of events opens two sessions at once or leaves one open unseen', () => {
  // A small generator of its own (mulberry32), so that a failure can be repeated.
  let seed = 7
  const random = () => {
    seed = (seed + 0x6d2b79f5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  for (let run = 0; run < 300; run++) {
    let state = startingState(random())
    const open = new Set<number>()
    let now = 0
    for (let i = 0; i < 80; i++) {
      now += Math.floor(random() * 4000)
      const id = pick([state.opened, state.opened - 1, state.shown?.id ?? 0])
      const event = pick<PlayerEvent>([
        { now, type: 'tick' },
        { now, type: 'stream', stream: pick(['none', 'coming', 'playable', 'playable', 'unknown']) },
        ...(state.awaiting === 'ticket'
          ? ([
              { now, type: 'ticket', ticket: later(now) },
              { now, type: 'refused', refusal: { code: pick(refusalCodes) } },
              { now, type: 'unreachable' },
            ] as const)
          : []),
        ...(state.awaiting === 'probe' ? ([{ now, type: 'probed', offered: random() < 0.5 }] as const) : []),
        { now, type: pick(['connected', 'frame', 'frame', 'stalled', 'moving', 'blocked'] as const), id },
        {
          now,
          type: 'failed',
          id,
          why: pick(['signalling', 'not-connected', 'unsupported', 'media'] as const),
        },
        { now, type: pick(['online', 'retry', 'resume'] as const) },
      ])
      const step = reduce(state, event)
      for (const effect of step.effects) {
        if (effect.do === 'open') open.add(effect.id)
        if (effect.do === 'close') open.delete(effect.id)
      }
      state = step.state
      const known = [state.shown?.id, state.opening?.id].filter(known => known !== undefined)
      expect([...open].sort()).toEqual(known.sort())
      if (state.moving) expect(state.shown).not.toBeNull()
    }
  }
})
