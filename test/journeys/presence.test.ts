import { expect } from 'vitest'
import { journey } from './journey.ts'
import { counts, inList, openPanel } from './meeting.ts'
import type { People } from './people.ts'
import type { Product } from './product.ts'

/** A room lets who is silent go after 10 s; the rest, in ms, is this machine's. */
const RIGHT_WITHIN = 14_000

/** A host and a guest, with the list of people open on the host's page. */
async function two(product: Product, people: People, title: string) {
  const room = await product.room({ title })
  people.keepPrivate(title)
  const host = await people.open((await product.link(room, { role: 'host', name: 'Colourist' })).url)
  const guest = await people.open((await product.link(room, { role: 'reviewer', name: 'Client' })).url)
  for (const one of [host, guest]) await counts(one, 2)
  await openPanel(host, 'people')
  await inList(host, 'Client').waitFor()
  return { host, guest }
}

journey('a page that crashes is gone from the list', async ({ product, people, annotate }) => {
  people.expectInConsole(/^crash$/, 'it is the journey')
  const { host, guest } = await two(product, people, 'Reel 10, a crash')
  const devtools = await guest.context.newCDPSession(guest.page)
  const crashed = guest.page.waitForEvent('crash')
  // Never answered: there is nobody left to.
  devtools.send('Page.crash').catch(() => {})
  await crashed
  const at = Date.now()
  await inList(host, 'Client').waitFor({ state: 'detached' })
  const took = Date.now() - at
  await annotate(`gone from the list ${took} ms after the crash`)
  expect(took).toBeLessThan(RIGHT_WITHIN)
  await counts(host, 1)
  await guest.page.close()
})

journey(
  'a page without a network for longer than 10 s is gone, and comes back by itself',
  async ({ product, people, annotate }) => {
    const { host, guest } = await two(product, people, 'Reel 10, a tunnel')
    people.allowInConsole(/ERR_INTERNET_DISCONNECTED/)
    await guest.context.setOffline(true)
    const at = Date.now()
    await inList(host, 'Client').waitFor({ state: 'detached' })
    const took = Date.now() - at
    await annotate(`gone from the list ${took} ms after the network`)
    expect(took).toBeLessThan(RIGHT_WITHIN)
    await guest.reaches('unreachable')

    await guest.context.setOffline(false)
    const backAt = Date.now()
    await inList(host, 'Client').waitFor()
    await annotate(`back in the list ${Date.now() - backAt} ms after the network`)
    for (const one of [host, guest]) await counts(one, 2)
    expect(await inList(host, 'Client').count()).toBe(1)
  },
)
