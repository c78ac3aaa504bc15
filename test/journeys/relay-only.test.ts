import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { panel, files as t, viewer } from '../../site/text/en.ts'
import { journeyWith } from './journey.ts'
import { type Product, startProduct } from './product.ts'

/** Nothing answers there: what is looked at is what the pages do and do not say. */
const NO_RELAY = 'turn:127.0.0.1:9?transport=udp'

const journey = journeyWith('--disable-features=WebRtcHideLocalIpsWithMdns').extend<{ product: Product }>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it which fixtures are needed
    async ({}, use) => {
      const product = await startProduct({
        TURN_URLS: NO_RELAY,
        TURN_SECRET: 'the relay’s secret of the journeys',
        ICE_RELAY_ONLY: 'true',
      })
      await use(product)
      await product.close()
    },
    { scope: 'file' },
  ],
})

/** Keeps what a page says to the room. */
const listen = (page: Page) =>
  page.addInitScript(() => {
    const { send } = WebSocket.prototype
    const said: unknown[] = []
    Object.assign(window, { said })
    WebSocket.prototype.send = function (data) {
      said.push(data)
      send.call(this, data)
    }
  })

journey(
  'relay-only without its relay, no page tells an address, and both say why',
  async ({ product, people }) => {
    const room = await product.room({ title: 'Salt flats, reel 6' })
    people.keepPrivate(room.title)
    const enter = async (name: string) => {
      const { url } = await product.link(room, { label: name, name, role: 'reviewer' })
      const { page } = await people.open(url, { prepare: listen })
      return page
    }
    const [ada, bob] = [await enter('Ada'), await enter('Bob')]
    await ada.getByRole('button', { name: viewer.people.here(2) }).click()
    await ada.getByRole('button', { name: panel.people.actions('Bob') }).click()
    const chooser = ada.waitForEvent('filechooser')
    await ada.getByRole('menuitem', { name: panel.people.menu.file }).click()
    await (await chooser).setFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('a') })
    await ada.getByText(t.relayed).waitFor()
    await ada.getByRole('button', { name: t.buttons.send, exact: true }).click()

    // The panel is closed over there: a mark says that something waits in it.
    await bob.getByRole('button', { name: viewer.files.offered(1) }).click()
    await bob.getByText(t.relayed).waitFor()
    await bob.getByRole('button', { name: t.buttons.accept }).click()
    await ada.getByText(t.failed.no_relay).waitFor()
    await bob.getByText(t.failed.connection('Ada')).waitFor()

    const said = await Promise.all(
      [ada, bob].map(page => page.evaluate(() => (window as never as { said: string[] }).said)),
    )
    expect(said.flat().filter(text => text.includes('"signal"')).length).toBeGreaterThan(1)
    expect(said.flat().filter(text => /candidate|192\.|127\.0\.0\.1|a=/.test(text))).toEqual([])
  },
)
