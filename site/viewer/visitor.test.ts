import { signal } from '@preact/signals'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Player, PlayerOptions } from '../player/player.ts'
import type { PlayerReport } from '../player/state.ts'
import type { Api, JoinOutcome, PlaybackOutcome, RoomOutcome } from './api.ts'
import { roomView } from './fixture.ts'
import { fakeWires } from './live/fixture.ts'
import type { SignInOutcome } from './sign-in-state.ts'
import { startVisit } from './visitor.ts'

beforeEach(() => {
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  vi.useFakeTimers({ now: Date.parse('2026-11-21T14:00:00Z') })
  vi.stubGlobal('document', page)
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const view = roomView({ publishing: true, playable: true })
const none: PlayerReport = {
  picture: 'none',
  refusal: null,
  stream: 'playable',
  tries: 0,
  nextTryAt: null,
  route: null,
  stoodAt: null,
}
const moving: PlayerReport = { ...none, picture: 'moving', route: 'udp' }

/** A visit against answers that the test changes as it goes, with a player that only keeps what it is told. */
function visiting(join: JoinOutcome = { joined: { ...view, token: 't1' } }, sub: string | null = null) {
  const answers = {
    join,
    room: { view } as RoomOutcome,
    playback: 'unreachable' as PlaybackOutcome,
  }
  const calls: unknown[][] = []
  const api = {
    join: async ({ slug, secret, ...given }, token) => {
      calls.push(['join', given, token])
      return answers.join
    },
    room: async token => {
      calls.push(['room', token])
      return answers.room
    },
    playback: async token => {
      calls.push(['playback', token])
      return answers.playback
    },
  } as Api
  const told: unknown[][] = []
  const places: (string | null)[] = []
  const shown: unknown[][] = []
  const wires = fakeWires()
  const report = signal(none)
  let options: PlayerOptions | undefined
  const startPlayer = (given: PlayerOptions): Player => {
    options = given
    report.value = none
    const keep = (name: string) => (value?: unknown) =>
      void told.push(value === undefined ? [name] : [name, value])
    return {
      stage: {} as HTMLElement,
      report,
      video: signal(null),
      blocked: signal(false),
      audible: signal(true),
      sound: signal({ on: false, volume: 1 }),
      setSound: keep('setSound'),
      source: () => null,
      heed: keep('heed'),
      back: keep('back'),
      retry: keep('retry'),
      resume: keep('resume'),
      touch: keep('touch'),
      stop: keep('stop'),
    }
  }
  const loading = vi.fn(async () => ({ startPlayer }))
  const visitor = startVisit({
    way: { slug: 'reel-3', sub, secret: 's', token: null },
    api,
    keep: null,
    openWire(token, at, events) {
      places.push(at)
      return wires.open(token, events)
    },
    showPlace: (at, back) => void shown.push([at, back]),
    loadPlayer: loading as never,
    loadSignIn: () => Promise.reject(new TypeError('nobody signs in')),
  })
  return { visitor, answers, calls, told, places, shown, report, loading, wires, player: () => options! }
}

const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms)

test('joins, starts a player and tells it of the stream', async () => {
  const { visitor, calls, told } = visiting()
  expect(visitor.screen.value).toEqual({ name: 'joining' })
  await pass()
  expect(calls).toEqual([['join', {}, undefined]])
  expect(visitor.screen.value).toEqual({ name: 'waiting', view: { ...view }, trouble: null })
  expect(told).toEqual([['heed', 'playable']])
})

test('a player that cannot be loaded is loaded again', async () => {
  const { told, loading } = visiting()
  loading.mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module'))
  await pass()
  expect(told).toEqual([])
  await pass(2000)
  expect([loading.mock.calls.length, told[0]]).toEqual([2, ['heed', 'playable']])
})

test('a refusal of the room does not reach the player as news, and the picture goes on', async () => {
  const { visitor, answers, told, report, wires } = visiting()
  await pass()
  report.value = moving
  answers.room = { refusal: { code: 'link_revoked' } }
  wires.welcome({ publishing: true, playable: true })
  told.splice(1)
  wires.say({ type: 'bye', code: 'link_revoked' })
  await pass()
  expect([visitor.screen.value.name, told]).toEqual(['playing', [['heed', 'playable']]])
  report.value = { ...none, refusal: { code: 'link_revoked' } }
  await pass()
  expect(visitor.screen.value).toEqual({ name: 'refused', refusal: { code: 'link_revoked' } })
  expect(told.at(-1)).toEqual(['stop'])

  answers.room = { view }
  await pass(15_000)
  expect([visitor.screen.value.name, told.at(-1)]).toEqual(['waiting', ['heed', 'playable']])
})

test('whom the host removed sees no more of it', async () => {
  const { visitor, told, report, wires } = visiting()
  await pass()
  report.value = moving
  wires.welcome()
  wires.say({ type: 'bye', code: 'removed', reason: 'Wrong room' })
  expect([visitor.screen.value, told.at(-1)]).toEqual([
    {
      name: 'refused',
      refusal: { code: 'removed', endedAt: '2026-11-21T14:00:00.000Z', reason: 'Wrong room' },
    },
    ['stop'],
  ])
})

test('a server that is back is a reason to try now', async () => {
  const { answers, told, report, wires } = visiting()
  await pass()
  report.value = { ...moving, picture: 'held' }
  answers.room = 'unreachable'
  wires.last().events.closed()
  await pass(3000)
  wires.welcome()
  expect(told.filter(([what]) => what === 'back')).toEqual([['back']])
})

test('a playback token that no longer counts leads to a new one, as the same name', async () => {
  const { answers, calls, told, player, wires } = visiting()
  await pass()
  answers.room = 'signed-out'
  answers.playback = 'signed-out'
  answers.join = { joined: { ...view, token: 't2' } }
  expect(await player().askTicket()).toBe('unreachable')
  await pass()
  answers.room = { view }
  expect(calls.slice(1)).toEqual([
    ['playback', 't1'],
    ['room', 't1'],
    ['join', { name: 'Client' }, undefined],
  ])
  expect([told.at(-1), wires.last().token]).toEqual([['heed', 'playable'], 't2'])
  answers.playback = 'unreachable'
  await player().askTicket()
  expect(calls.at(-1)).toEqual(['playback', 't2'])
})

test('the picture starts, stops and opens because the channel says so', async () => {
  const { visitor, calls, told, wires } = visiting({ joined: { ...roomView(), token: 't1' } })
  await pass()
  wires.welcome()
  const { room } = roomView()
  const type = 'room.changed' as const
  const changed = { type, now: '2026-11-21T14:00:05.000Z', room, demo: false, streams: [] as [] }
  wires.say({ ...changed, seq: 5, publishing: true, playable: false })
  wires.say({ ...changed, seq: 6, publishing: true, playable: true })
  wires.say({ ...changed, seq: 7, publishing: false, playable: false })
  expect(told.map(([, stream]) => stream)).toEqual(['none', 'none', 'coming', 'playable', 'none'])
  expect(visitor.screen.value).toEqual({
    name: 'waiting',
    view: roomView({ now: changed.now }),
    trouble: null,
  })
  expect(calls.map(([what]) => what)).toEqual(['join'])
})

test('a page whose place another took stops its picture, and comes back when it is asked to', async () => {
  const { visitor, told, report, wires } = visiting()
  await pass()
  report.value = moving
  wires.welcome()
  wires.say({ type: 'bye', code: 'replaced' })
  wires.last().events.closed()
  await pass(60_000)
  expect([visitor.screen.value, told.at(-1), wires.wires.length]).toEqual([
    { name: 'left', why: 'replaced' },
    ['stop'],
    1,
  ])
  visitor.comeBack()
  wires.welcome()
  await pass()
  expect([visitor.screen.value.name, visitor.live.connected.value]).toEqual(['waiting', true])
})

test('watching here comes back as the same person and starts the player anew', async () => {
  const { visitor, calls, told, report } = visiting()
  await pass()
  report.value = { ...none, refusal: { code: 'moved' } }
  expect(visitor.screen.value).toEqual({ name: 'refused', refusal: { code: 'moved' } })
  visitor.watchHere()
  await pass()
  expect(calls.filter(([what]) => what === 'join').at(-1)).toEqual(['join', {}, 't1'])
  expect(told).toContainEqual(['resume'])
})

test('a form that is sent twice joins once', async () => {
  const { visitor, calls } = visiting({ needs: { name: true, pin: false }, fault: null })
  await pass()
  expect(visitor.screen.value.name).toBe('asking')
  visitor.submit({ name: 'Client' })
  visitor.submit({ name: 'Client' })
  await pass()
  expect(calls).toEqual([
    ['join', {}, undefined],
    ['join', { name: 'Client' }, undefined],
  ])
})

/** A visit without a link, with a door that gives the listed answers in turn. */
function signingIn(kept: { token: string; name: string } | null, ...outcomes: SignInOutcome[]) {
  const calls: unknown[][] = []
  let stored = kept
  const visitor = startVisit({
    way: { slug: 'reel-3', sub: null, secret: null, token: null },
    api: {
      room: async (token: string) => {
        calls.push(['room', token])
        return { view }
      },
    } as unknown as Api,
    keep: {
      get: () => stored,
      set: next => {
        stored = next
      },
      forget: () => {
        stored = null
      },
    },
    openWire: (token, _, events) => fakeWires().open(token, events),
    showPlace: () => {},
    loadPlayer: () => new Promise(() => undefined),
    loadSignIn: async () => ({
      signIn: {
        methods: async () => ({ missing: null, provider: 'Studio', portal: null }),
        byPasskey: async slug => {
          calls.push(['passkey', slug])
          return outcomes.shift() ?? { fault: { is: 'unreachable' } }
        },
        byName: async (slug, way) => {
          calls.push([way.by, slug])
          return outcomes.shift() ?? { fault: { is: 'unreachable' } }
        },
        byProvider: async slug => {
          calls.push(['provider', slug])
          return outcomes.shift() ?? { fault: { is: 'unreachable' } }
        },
      },
    }),
  })
  return { visitor, calls, kept: () => stored }
}

test('without a link one signs in, and is kept', async () => {
  const { visitor, calls, kept } = signingIn(
    null,
    { fault: { is: 'not_invited' } },
    { joined: { ...view, token: 't1' } },
  )
  await pass()
  const methods = { missing: null, provider: 'Studio', portal: null }
  expect(visitor.screen.value).toEqual({ name: 'no-link', signIn: { methods, busy: false, fault: null } })
  visitor.signIn({ by: 'provider' })
  await pass()
  expect(visitor.screen.value).toEqual({
    name: 'no-link',
    signIn: { methods, busy: false, fault: { is: 'not_invited' } },
  })
  visitor.signIn({ by: 'passkey' })
  await pass()
  expect(visitor.screen.value).toEqual({ name: 'waiting', view: { ...view }, trouble: null })
  expect(kept()).toEqual({ token: 't1', name: 'Client' })
  expect(calls.slice(0, 2)).toEqual([
    ['provider', 'reel-3'],
    ['passkey', 'reel-3'],
  ])
})

test('who signed in before in this tab is not asked', async () => {
  const { visitor, calls } = signingIn({ token: 't1', name: 'Client' })
  expect(visitor.screen.value).toEqual({ name: 'joining' })
  await pass()
  expect([visitor.screen.value.name, calls[0]]).toEqual(['waiting', ['room', 't1']])
})

describe('a sub-room', () => {
  test('has a line of its own; moving keeps the person, the token and the picture', async () => {
    const { visitor, calls, places, shown, wires, loading } = visiting(undefined, 'colour')
    await pass()
    wires.welcome({ sub: { name: 'colour', title: 'Colour' } })
    visitor.goTo('sound')
    const [first, second] = wires.wires
    expect([first!.closed, second!.token === first!.token]).toEqual([true, true])
    wires.welcome()
    visitor.goTo('sound')
    visitor.goTo(null)
    expect(places).toEqual(['colour', 'sound', null])
    expect(shown).toEqual([
      ['sound', false],
      [null, false],
    ])
    expect(calls.filter(([what]) => what === 'join')).toHaveLength(1)
    expect(loading).toHaveBeenCalledTimes(1)
  })

  test('that lets nobody in leads back to the room, which does', async () => {
    const { calls, places, shown, wires } = visiting(undefined, 'colour')
    await pass()
    wires.last().events.closed()
    await pass()
    expect([places, shown]).toEqual([['colour', null], [[null, true]]])
    expect(calls.at(-1)![0]).toBe('room')
    wires.last().events.closed()
    await pass()
    expect(shown).toHaveLength(1)
  })

  test('is not left because a line broke, nor while the server is away', async () => {
    const { answers, places, wires } = visiting(undefined, 'colour')
    await pass()
    answers.room = 'unreachable'
    wires.last().events.closed()
    await pass(20_000)
    expect(new Set(places)).toEqual(new Set(['colour']))
    wires.welcome({ sub: { name: 'colour', title: 'Colour' } })
    wires.last().events.closed()
    await pass(20_000)
    expect(new Set(places)).toEqual(new Set(['colour']))
  })
})
