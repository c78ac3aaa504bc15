import { describe, expect, test } from 'vitest'
import type { Refusal } from '../lib/refusal.ts'
import { later, played, playing, udp } from './fixture.ts'
import type { PlayerEvent } from './reduce.ts'
import { report, wakeAt } from './state.ts'

const refusal: Refusal = { code: 'link_revoked' }

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
