import { describe, expect, test } from 'vitest'
import { later, played, playing, ticket, toPlaying, udp } from './fixture.ts'
import { report, wakeAt } from './state.ts'

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
    expect(state.opening?.failBy).toBe(550 + 5000)
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
  const opened = played([...toPlaying.slice(0, 2), { now: 20, type: 'offered', id: 1 }]).state

  test('climbs down one way at a time, at once, on one address, and begins anew after a pause', () => {
    const { state, effects } = played(
      [
        { now: 4020, type: 'tick' },
        { now: 4020, type: 'offered', id: 2 },
        { now: 10_020, type: 'tick' },
        { now: 10_020, type: 'offered', id: 3 },
        { now: 16_020, type: 'tick' },
        { now: 31_020, type: 'tick' },
      ],
      opened,
    )
    expect(effects.filter(list => list.length > 0)).toEqual([
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
      [{ do: 'close', id: 4 }, { do: 'ask-room' }],
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

  test('nor is an origin that says nothing at all', () => {
    const { state, effects } = played(
      [
        { now: 5019, type: 'tick' },
        { now: 5020, type: 'tick' },
      ],
      played(toPlaying.slice(0, 2)).state,
    )
    expect(effects).toEqual([[], [{ do: 'close', id: 1 }, { do: 'ask-room' }]])
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
        { now: 17_010, type: 'offered', id: 3 },
        { now: 21_010, type: 'tick' },
        { now: 51_010, type: 'tick' },
        { now: 51_020, type: 'ticket', ticket: later(51_020) },
      ],
      fallen,
    )
    expect(effects).toEqual([
      [{ do: 'ask-ticket' }],
      [{ do: 'open', id: 3, route: 'udp', url: udp }],
      [],
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
