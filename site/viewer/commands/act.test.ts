import { afterEach, describe, expect, test } from 'vitest'
import { person, welcome } from '../live/fixture.ts'
import { createRoomStore } from '../live/room-store.ts'
import { act, type Effects } from './act.ts'
import type { Intent } from './intent.ts'
import { offerCommands } from './registry.ts'

const who = { id: 'p2', name: 'DoP' }
const host = { ...welcome().you, permissions: ['op' as const, 'message' as const] }

/** A host's page, what it says to the room, and what a command leads to here. */
function page() {
  const store = createRoomStore('page')
  const sent: unknown[] = []
  const done: unknown[] = []
  store.connect(text => void sent.push(JSON.parse(text)))
  store.take(welcome({ you: host, people: [person('p1'), person('p2')] }))
  const effects: Effects = {
    write: (...said) => void done.push(['write', ...said]),
    ask: what => void done.push(['ask', what]),
  }
  return { ...store, sent, done, act: (intent: Intent) => act(intent, store.live, effects) }
}

let back: (() => void) | undefined
afterEach(() => {
  back?.()
  back = undefined
})

test.each<[Intent, unknown[]]>([
  [{ is: 'say', text: 'Yes', me: true, to: who }, ['write', 'Yes', true, who]],
  [{ is: 'clear' }, ['ask', 'clear']],
  [{ is: 'end' }, ['ask', 'end']],
])('%o says nothing to the room by itself', async (intent, wanted) => {
  const { act, sent, done } = page()
  expect([await act(intent), sent, done]).toEqual([null, [], [wanted]])
})

describe('what is said to the room', () => {
  const mute: Intent = { is: 'mute', who }

  test('is told as done only when the room says so', async () => {
    const { act, take, sent } = page()
    const told = act(mute)
    expect(sent).toEqual([{ type: 'person.mute', who: { id: 'p2' }, ref: 'page-1' }])
    take({ type: 'done', about: 'person.mute', ref: 'page-1' })
    expect(await told).toEqual({ is: 'answer', lines: ['Asked to mute.'] })
  })

  test.each([
    ['forbidden', 'You may not do this any more.'],
    ['not_here', 'This person is not in the room.'],
    ['not_held', 'You cannot give what you do not hold.'],
    ['not_saved', 'This did not work. Try again.'],
  ] as const)('%s: says why', async (code, line) => {
    const { act, take } = page()
    const told = act(mute)
    take({ type: 'refused', about: 'person.mute', ref: 'page-1', code, detail: '' })
    expect(await told).toEqual({ is: 'fault', lines: [line] })
  })

  test('lost: says that it is not known', async () => {
    const { act, connect } = page()
    const told = act(mute)
    connect(null)
    expect(await told).toEqual({
      is: 'fault',
      lines: ['The room cannot be reached, so it is not known whether this was done. Look, then try again.'],
    })
  })

  test('what shows by itself is not told', async () => {
    expect(await page().act({ is: 'hand', raised: true })).toBeNull()
  })

  test('who somebody is', async () => {
    const { act, take } = page()
    const told = act({ is: 'identify', who })
    const link = { id: 'l', label: 'Agency' }
    const joinedAt = '2026-11-21T14:00:00.000Z'
    take({ type: 'identity', ref: 'page-1', person: who, address: null, userAgent: null, link, joinedAt })
    const { is, lines } = (await told)!
    expect([is, lines.slice(0, 3)]).toEqual([
      'answer',
      ['DoP, id p2', 'Address not known', 'Came through the link “Agency”'],
    ])
  })

  test('nobody is let in where nobody waits', async () => {
    const { act, sent } = page()
    expect([await act({ is: 'admit', who: null }), sent]).toEqual([
      { is: 'fault', lines: ['Nobody waits.'] },
      [],
    ])
  })
})

describe('what a part of the page does', () => {
  test('its answer is told, and nothing where there is none', async () => {
    back = offerCommands({ revoke: ({ link }) => [`Gone: ${link}`], leave: () => undefined })
    expect(await page().act({ is: 'revoke', link: 'abc' })).toEqual({ is: 'answer', lines: ['Gone: abc'] })
    expect(await page().act({ is: 'leave' })).toBeNull()
  })

  test.each([
    [
      'throws',
      () => {
        throw new Error('secret')
      },
    ],
    ['rejects', () => Promise.reject(new Error('secret'))],
  ])('that %s: says that it failed, and no more', async (_, subgroups) => {
    back = offerCommands({ subgroups })
    expect(await page().act({ is: 'subgroups' })).toEqual({
      is: 'fault',
      lines: ['This did not work. Try again.'],
    })
  })
})

test('settings and help are told to whoever asks, and to nobody else', async () => {
  const { act, sent } = page()
  expect(await act({ is: 'set', key: 'nothing', value: true })).toMatchObject({ is: 'fault' })
  expect(await act({ is: 'unset', key: 'nothing' })).toMatchObject({ is: 'fault' })
  expect(await act({ is: 'set', key: null, value: true })).toBeNull()
  expect(await act({ is: 'help', about: 'raise' })).toEqual({
    is: 'answer',
    lines: ['/raise: Raise your hand'],
  })
  expect(sent).toEqual([])
})
