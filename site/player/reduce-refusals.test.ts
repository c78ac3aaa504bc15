import { describe, expect, test } from 'vitest'
import { refusalCodes } from '../../worker/people/schema.ts'
import type { Refusal } from '../lib/refusal.ts'
import { later, played, playing, udp } from './fixture.ts'
import { type PlayerEvent, reduce } from './reduce.ts'
import { report, startingState, wakeAt } from './state.ts'

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
    { type: 'offered', id: 9 },
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
        {
          now,
          type: pick(['offered', 'connected', 'frame', 'frame', 'stalled', 'moving', 'blocked'] as const),
          id,
        },
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
