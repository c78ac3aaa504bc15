import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { chat, panel, files as t, viewer } from '../../site/text/en.ts'
import { journeyWith } from './journey.ts'
import type { Opening, People, Person } from './people.ts'
import type { Product } from './product.ts'

// Where no name server answers for them, local names of addresses lead nowhere.
const journey = journeyWith('--disable-features=WebRtcHideLocalIpsWithMdns')

/** Bytes like no others, in a file of three blocks and a bit. */
const bytes = Buffer.alloc(3_200_000, 0)
for (let i = 0; i < bytes.length; i++) bytes[i] = (i * 7 + (i >> 9)) % 256
const sha = (data: Buffer) => createHash('sha256').update(data).digest('hex')

/** Two people in one room, with the list of people open. */
async function two(product: Product, people: People, sender: Opening = {}) {
  const room = await product.room({ title: 'Salt flats, reel 4' })
  people.keepPrivate(room.title)
  const enter = async (name: string, how: Opening): Promise<Person> => {
    const { url } = await product.link(room, { label: name, name, role: 'reviewer' })
    const person = await people.open(url, how)
    await person.reaches('waiting')
    return person
  }
  const ada = await enter('Ada', sender)
  const bob = await enter('Bob', {})
  for (const { page } of [ada, bob]) await page.getByRole('button', { name: viewer.people.here(2) }).click()
  return { ada: ada.page, bob: bob.page, room }
}

/** Chooses a file for Bob from his menu, and sends the offer. */
async function offer(ada: Page, name = 'grade ../v2.mov') {
  await ada.getByRole('button', { name: panel.people.actions('Bob') }).click()
  const chooser = ada.waitForEvent('filechooser')
  await ada.getByRole('menuitem', { name: panel.people.menu.file }).click()
  await (await chooser).setFiles({ name, mimeType: 'video/quicktime', buffer: bytes })
  await ada.getByText(t.visible('Bob')).waitFor()
  await ada.getByRole('button', { name: t.buttons.send, exact: true }).click()
}

const accept = (bob: Page) => bob.getByRole('button', { name: t.buttons.accept }).click()
const card = (page: Page, phase: string) => page.locator(`.file-card[data-phase="${phase}"]`)

journey('a file is offered, accepted, sent and saved, byte for byte', async ({ product, people }) => {
  const { ada, bob } = await two(product, people)
  await offer(ada)
  await bob.getByText(t.says.asked('Ada')).waitFor()
  expect(await card(bob, 'asked').innerText()).toContain('grade .._v2.mov from Ada')
  expect(await card(bob, 'asked').innerText()).toContain('3.2 MB · video/quicktime')
  await bob.getByText(t.visible('Ada')).waitFor()
  const download = bob.waitForEvent('download')
  await accept(bob)
  const saved = await download
  expect(saved.suggestedFilename()).toBe('grade .._v2.mov')
  expect(sha(readFileSync(await saved.path()))).toBe(sha(bytes))
  await ada.getByText(t.says.sent('Bob')).waitFor()
  await bob.getByText(t.says.received).waitFor()
  await bob.getByRole('button', { name: t.buttons.dismiss }).click()
  await card(bob, 'done').waitFor({ state: 'detached' })
})

journey('an offer that is refused tells nobody an address', async ({ product, people }) => {
  const watch = (page: Page) =>
    page.addInitScript(() => {
      const { RTCPeerConnection: Real } = window
      window.RTCPeerConnection = class extends Real {
        constructor(config?: RTCConfiguration) {
          super(config)
          document.documentElement.dataset.connected = 'yes'
        }
      }
    })
  const { ada, bob } = await two(product, people, { prepare: watch })
  await offer(ada)
  await bob.getByRole('button', { name: t.buttons.refuse }).click()
  await ada.getByText(t.says.theyRefused('Bob')).waitFor()
  await bob.getByText(t.says.youRefused).waitFor()
  expect(await ada.locator('html').getAttribute('data-connected')).toBeNull()
})

journey('cancelled on its way, it is gone on both sides', async ({ product, people }) => {
  /** After a while nothing more leaves this page. */
  const stall = (page: Page) =>
    page.addInitScript(() => {
      const { send } = RTCDataChannel.prototype
      let sent = 0
      RTCDataChannel.prototype.send = function (data: never) {
        sent += 1
        if (sent < 100) send.call(this, data)
      }
    })
  const { ada, bob } = await two(product, people, { prepare: stall })
  await offer(ada)
  await accept(bob)
  await bob.getByText(/ of 3\.2 MB/).waitFor()
  await bob.getByRole('progressbar').waitFor()
  await bob.getByRole('button', { name: t.buttons.cancel }).click()
  await ada.getByText(t.says.theyCancelled('Bob')).waitFor()
  await bob.getByText(t.says.youCancelled).waitFor()
  const left = await bob.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('transfers')
    const names: string[] = []
    for await (const name of folder.keys()) names.push(name)
    return names
  })
  expect(left).toEqual([])
})

journey('a byte that changes on its way is found out, and nothing is saved', async ({ product, people }) => {
  const spoil = (page: Page) =>
    page.addInitScript(() => {
      const { send } = RTCDataChannel.prototype
      let sent = 0
      RTCDataChannel.prototype.send = function (data: never) {
        const changed: unknown = data
        if (changed instanceof Uint8Array && ++sent === 90) {
          const copy = changed.slice()
          copy[5]! ^= 1
          return send.call(this, copy as never)
        }
        send.call(this, data)
      }
    })
  const { ada, bob } = await two(product, people, { prepare: spoil })
  const downloads: string[] = []
  bob.on('download', one => downloads.push(one.suggestedFilename()))
  await offer(ada)
  await accept(bob)
  await bob.getByText(t.failed.hash.in).waitFor()
  await ada.getByText(t.failed.hash.out).waitFor()
  expect(downloads).toEqual([])
})

journey('a file is sent and the relay tried by typing, too', async ({ product, people }) => {
  const { ada } = await two(product, people)
  const type = async (line: string) => {
    await ada.getByLabel(chat.composer.everyone).fill(line)
    await ada.getByLabel(chat.composer.everyone).press('Enter')
  }
  await ada.getByRole('tab', { name: panel.tabs.chat }).click()
  await type('/relay-test')
  await ada.getByText(t.relay.none).waitFor()
  const chooser = ada.waitForEvent('filechooser')
  await type('/sendfile Bob')
  await (await chooser).setFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('a') })
  await ada.getByText(t.says.draft('Bob')).waitFor()
  await ada.getByRole('button', { name: t.buttons.cancel }).click()
  await card(ada, 'draft').waitFor({ state: 'detached' })
})

journey('who may not write is offered nothing and asked nothing', async ({ product, people }) => {
  const room = await product.room({ title: 'Salt flats, reel 5' })
  people.keepPrivate(room.title)
  const [host, guest] = await Promise.all([
    product.link(room, { label: 'Ada', name: 'Ada', role: 'host' }),
    product.link(room, { label: 'Bob', name: 'Bob', role: 'observer' }),
  ])
  const ada = await people.open(host.url)
  const bob = await people.open(guest.url)
  for (const { page } of [ada, bob]) await page.getByRole('button', { name: viewer.people.here(2) }).click()
  await ada.page.getByRole('button', { name: panel.people.actions('Bob') }).click()
  await ada.page.getByRole('menuitem', { name: panel.people.menu.message }).waitFor()
  expect(await ada.page.getByRole('menuitem', { name: panel.people.menu.file }).count()).toBe(0)
})
