import { describe, expect, test } from 'vitest'
import { type RefusalCode, refusalCodes } from '../../worker/people/schema.ts'
import type { PlayerReport } from '../player/state.ts'
import { roomView } from './fixture.ts'
import { chooseScreen, type Screen, wantsPlayer } from './screen.ts'
import type { Visit } from './visit.ts'

const view = roomView()
type In = Visit & { at: 'in' }
const inside: In = {
  at: 'in',
  token: 't',
  view,
  skew: 0,
  given: {},
  refusal: null,
  trouble: null,
  left: null,
}
const idle: PlayerReport = {
  picture: 'none',
  refusal: null,
  stream: 'none',
  tries: 0,
  nextTryAt: null,
  route: null,
  stoodAt: null,
}
const moving: PlayerReport = { ...idle, picture: 'moving', stream: 'playable', route: 'udp' }
const held: PlayerReport = { ...moving, picture: 'held' }
const trouble = { failures: 2, nextTryAt: 5000 }

describe('doors before the room', () => {
  test.each<[Visit, Screen]>([
    [
      { at: 'no-link', signIn: null },
      { name: 'no-link', signIn: null },
    ],
    [
      { at: 'no-link', signIn: { methods: null, busy: true, fault: { is: 'cancelled' } } },
      { name: 'no-link', signIn: { methods: null, busy: true, fault: { is: 'cancelled' } } },
    ],
    [{ at: 'returning', token: 't', trouble: null }, { name: 'joining' }],
    [
      { at: 'returning', token: 't', trouble },
      { name: 'unreachable', trouble },
    ],
    [{ at: 'joining', given: {} }, { name: 'joining' }],
    [
      { at: 'asking', needs: { name: true, pin: false }, fault: null, busy: true, given: { name: 'x' } },
      { name: 'asking', needs: { name: true, pin: false }, fault: null, busy: true, given: { name: 'x' } },
    ],
    [
      { at: 'refused', refusal: { code: 'link_ended' }, given: {}, nextTryAt: 5 },
      { name: 'refused', refusal: { code: 'link_ended' } },
    ],
    [
      { at: 'unreachable', trouble, given: {} },
      { name: 'unreachable', trouble },
    ],
  ])('%o', (visit, screen) => {
    expect(chooseScreen(visit, null)).toEqual(screen)
    expect(wantsPlayer(visit, null)).toBe(false)
  })
})

describe('in the room', () => {
  const room = { view, trouble: null }
  test.each<[string, Partial<In>, PlayerReport | null, Screen]>([
    ['no player yet', {}, null, { name: 'waiting', ...room }],
    ['no picture yet', {}, idle, { name: 'waiting', ...room }],
    ['a picture', {}, moving, { name: 'playing', ...room }],
    ['a held picture', {}, held, { name: 'held', ...room }],
    [
      'one answer missed',
      { trouble: { failures: 1, nextTryAt: 5 } },
      idle,
      {
        name: 'waiting',
        view,
        trouble: { failures: 1, nextTryAt: 5 },
      },
    ],
    ['two answers missed', { trouble }, idle, { name: 'unreachable', trouble }],
    ['two missed while it plays', { trouble }, moving, { name: 'playing', view, trouble }],
    ['two missed while it is held', { trouble }, held, { name: 'held', view, trouble }],
    [
      'full',
      {},
      { ...idle, refusal: { code: 'room_full', seats: 12 } },
      {
        name: 'full',
        seats: 12,
        person: 'Client',
        demo: false,
      },
    ],
    [
      'full, nobody says of how many',
      {},
      { ...idle, refusal: { code: 'room_full' } },
      {
        name: 'full',
        seats: null,
        person: 'Client',
        demo: false,
      },
    ],
    ['moved', {}, { ...idle, refusal: { code: 'moved' } }, { name: 'refused', refusal: { code: 'moved' } }],
  ])('%s', (_, change, player, screen) => {
    const visit = { ...inside, ...change }
    expect(chooseScreen(visit, player)).toEqual(screen)
    expect(wantsPlayer(visit, player)).toBe(true)
  })

  test('not open yet', () => {
    const waiting = roomView({ state: 'waiting', opensAt: '2026-11-21T15:00:00Z' })
    const countdown = {
      name: 'countdown',
      title: 'Reel 3 review',
      opensAt: waiting.opensAt,
      skew: 3,
      demo: false,
    }
    const visit = { ...inside, view: waiting, skew: 3 }
    expect(chooseScreen(visit, idle)).toEqual(countdown)
    expect(chooseScreen(visit, { ...idle, refusal: { code: 'not_started' } })).toEqual(countdown)
    expect(chooseScreen(visit, moving).name).toBe('playing')
  })
})

describe('before the door', () => {
  const knocking = (what: 'start' | 'admission' | 'unlock' | 'host', message: string | null = null) => ({
    ...inside,
    view: roomView({ state: 'waiting', waiting: { for: what, message } }),
  })

  test.each(['admission', 'unlock', 'host'] as const)('waiting for %s', what => {
    const knock = {
      name: 'knock',
      waiting: what,
      message: 'Later',
      title: 'Reel 3 review',
      person: 'Client',
      demo: false,
    }
    const visit = knocking(what, 'Later')
    expect(chooseScreen(visit, idle)).toEqual(knock)
    expect(chooseScreen(visit, { ...idle, refusal: { code: 'not_admitted' } })).toEqual(knock)
    // Sent before it while a picture moves, one sees it to the end of its lease.
    expect(chooseScreen(visit, moving).name).toBe('playing')
  })

  test('waiting for the start is a countdown', () => {
    expect(chooseScreen(knocking('start'), idle).name).toBe('countdown')
  })

  test('whom a host turns away there was not in', () => {
    const refusal = { code: 'removed', reason: 'Not today' } as const
    expect(chooseScreen({ ...knocking('admission'), refusal }, idle)).toEqual({
      name: 'refused',
      refusal,
      knocked: true,
    })
    expect(chooseScreen({ ...inside, refusal }, idle)).toEqual({ name: 'refused', refusal })
  })
})

test.each(['replaced', 'flooding'] as const)('%s: neither picture nor player', why => {
  const visit = { ...inside, left: why }
  expect([chooseScreen(visit, moving), wantsPlayer(visit, moving)]).toEqual([{ name: 'left', why }, false])
})

describe('refused by the room', () => {
  const codes: readonly RefusalCode[] = refusalCodes
  test.each(codes)('%s, without a picture', code => {
    const visit = { ...inside, refusal: { code } }
    const name = code === 'room_full' ? 'full' : 'refused'
    expect([idle, held, null].map(player => chooseScreen(visit, player).name)).toEqual([name, name, name])
    expect([idle, held, null].map(player => wantsPlayer(visit, player))).toEqual([false, false, false])
  })

  test.each(codes)('%s, while the picture moves', code => {
    const visit = { ...inside, refusal: { code } }
    const stays = code !== 'removed'
    expect(chooseScreen(visit, moving).name).toBe(stays ? 'playing' : 'refused')
    expect(wantsPlayer(visit, moving)).toBe(stays)
  })
})
