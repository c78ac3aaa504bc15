import { expect } from 'vitest'
import { viewer as t } from '../../site/text/en.ts'
import { journey } from './journey.ts'
import type { People, Person } from './people.ts'
import type { Product } from './product.ts'

/** Short, so that a lease runs out while something is away; long enough to look at the picture before it does. */
const LEASE_MS = 10_000

const states = async (person: Person) => (await person.seen()).turns.map(turn => turn.state)

/** A room with a picture and somebody who watches it. */
async function watching({ product, people }: { product: Product; people: People }, title: string) {
  const room = await product.room({ title })
  people.keepPrivate(title)
  await product.shortenLease(room.id, LEASE_MS)
  const key = await product.key(room)
  await product.origin.encode(key)
  const viewer = await people.open((await product.link(room)).url)
  await viewer.reaches('playing')
  await viewer.sees(25)
  return { room, key, viewer }
}

journey('the origin is restarted', async ({ product, people }) => {
  const { key, viewer } = await watching({ product, people }, 'Stone bridge, reel 3')
  // The origin is away.
  people.allowInConsole(/^error: WebSocket connection to .* failed: .*REFUSED/)

  await product.origin.stop()
  await viewer.reaches('held')
  await product.origin.start()
  // As an encoder does by itself.
  await product.origin.encode(key)
  await viewer.reaches('playing')
  await viewer.sees(50)
  expect(await states(viewer)).toEqual(['joining', 'waiting', 'playing', 'held', 'playing'])
})

journey('the server is away for longer than a lease', async ({ product, people }) => {
  const { viewer } = await watching({ product, people }, 'Open field, reel 1')
  const empty = await product.room({ title: 'Nothing yet' })
  people.keepPrivate(empty.title)
  const waiting = await people.open((await product.link(empty)).url)
  await waiting.reaches('waiting')
  people.expectInConsole(/^error: Failed to load resource: net::ERR_CONNECTION_REFUSED/, 'the server is away')
  people.expectInConsole(
    /^error: WebSocket connection to '[^']*\/api\/live' failed: .*REFUSED/,
    'the live channel is away with it',
  )

  await product.stopServer()
  // The picture does not pass through the server: it goes on to the end of its lease.
  await viewer.sees(10)
  await waiting.reaches('unreachable')
  await viewer.reaches('held')
  await product.startServer()
  await waiting.reaches('waiting')
  await viewer.reaches('playing')
  await viewer.sees(50)
  expect(await states(waiting)).toEqual(['joining', 'waiting', 'unreachable', 'waiting'])
})

journey('the encoder freezes and takes over from itself', async ({ product, people }) => {
  const before = await product.origin.streams()
  const { viewer } = await watching({ product, people }, 'Harbour lights, reel 5')
  const [name] = (await product.origin.streams()).filter(one => !before.includes(one))

  await product.origin.freeze(name!)
  await viewer.reaches('held')
  await viewer.reaches('playing')
  await viewer.sees(50)
  expect(await product.origin.streams()).toContain(name)
})

journey('the viewer loses the network for longer than a lease', async ({ product, people }) => {
  const { viewer } = await watching({ product, people }, 'Winter road, reel 2')
  people.expectInConsole(/ERR_INTERNET_DISCONNECTED/, 'the network is away')

  await viewer.context.setOffline(true)
  await viewer.reaches('held')
  await viewer.page.getByText(t.held, { exact: true }).waitFor()
  await viewer.context.setOffline(false)
  await viewer.reaches('playing')
  await viewer.sees(50)
})
