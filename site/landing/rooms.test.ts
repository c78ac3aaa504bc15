import { expect, test } from 'vitest'
import type { PublicRoom } from './api.ts'
import { EVERY, watchRooms } from './rooms.ts'

const room = (name: string): PublicRoom => ({
  name,
  displayName: name,
  description: '',
  locked: false,
  clientCount: 0,
  startsAt: null,
})

/** A page whose time passes when told, and a server that answers what it is given, and else not. */
function setUp(...answers: PublicRoom[][]) {
  const timers: { ms: number; then: () => void }[] = []
  let asked = 0
  let hidden = false
  let shown = () => {}
  const watch = watchRooms(
    {
      rooms: async () => {
        asked += 1
        return answers.shift() ?? null
      },
    },
    {
      hidden: () => hidden,
      onShown: wake => {
        shown = wake
      },
      after: (ms, then) => timers.push({ ms, then }),
    },
  )
  return {
    ...watch,
    answers,
    timers,
    asked: () => asked,
    async pass() {
      timers.shift()?.then()
      await watch.refresh()
    },
    hide: () => {
      hidden = true
    },
    show: () => {
      hidden = false
      shown()
    },
  }
}

test('rooms come by themselves, and come anew', async () => {
  const page = setUp([room('a')])
  expect(page.rooms.value).toEqual({ is: 'loading' })
  await page.refresh()
  expect(page.rooms.value).toEqual({ is: 'shown', items: [room('a')], stale: false })
  expect(page.timers.map(timer => timer.ms)).toEqual([EVERY])
  page.answers.push([])
  await page.pass()
  expect(page.rooms.value).toEqual({ is: 'shown', items: [], stale: false })
})

test('a failure at the beginning is one; later it makes the list old, until it is read again', async () => {
  const page = setUp()
  await page.refresh()
  expect(page.rooms.value).toEqual({ is: 'failed' })
  page.answers.push([room('a')])
  await page.refresh()
  await page.refresh()
  expect(page.rooms.value).toEqual({ is: 'shown', items: [room('a')], stale: true })
  page.answers.push([room('b')])
  await page.refresh()
  expect(page.rooms.value).toEqual({ is: 'shown', items: [room('b')], stale: false })
})

test('reading at once asks once, and waits once', async () => {
  const page = setUp([room('a')])
  await Promise.all([page.refresh(), page.refresh()])
  expect([page.asked(), page.timers.length]).toEqual([1, 1])
  await page.refresh()
  expect([page.asked(), page.timers.length]).toEqual([2, 1])
})

test('a page that nobody looks at does not ask, and asks when it is looked at again', async () => {
  const page = setUp()
  await page.refresh()
  page.hide()
  page.timers.shift()!.then()
  expect([page.asked(), page.timers.length]).toEqual([1, 0])
  page.show()
  await page.refresh()
  expect([page.asked(), page.timers.length]).toEqual([2, 1])
})

test('one that was hidden for a moment does not ask sooner', async () => {
  const page = setUp()
  await page.refresh()
  page.hide()
  page.show()
  expect(page.asked()).toBe(1)
})
