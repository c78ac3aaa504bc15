import { expect } from 'vitest'
import { scopes, stills as words } from '../../site/text/en.ts'
import { journey } from './journey.ts'
import type { Person } from './people.ts'

/** High enough that what opens under the picture leaves it as it is. */
const viewport = { width: 1280, height: 1300 }

/** The picture as the screen has it, byte for byte. */
const shot = ({ page }: Person): Promise<Buffer> => page.locator('.picture').screenshot()

const stillsOf = ({ page }: Person) => page.getByRole('region', { name: words.title })

journey('a still is kept, seen by others, shown to all and compared', async ({ product, people }) => {
  const room = await product.room({ title: 'Stills of a reel' })
  people.keepPrivate(room.title)
  await product.origin.encode(await product.key(room))
  const open = async (role: string, name: string) =>
    people.open((await product.link(room, { role, name })).url, { viewport })
  const host = await open('host', 'Colourist')
  await host.sees(25)
  const client = await open('reviewer', 'Client')
  await client.sees(25)

  await host.page.keyboard.press('s')
  await stillsOf(host).getByRole('listitem').getByText(words.mine).waitFor()
  const menuOf = (person: Person) => stillsOf(person).getByRole('button', { name: /^Actions for / })
  await menuOf(host).click()
  await host.page.getByRole('menuitem', { name: words.menu.keep }).click()
  await stillsOf(host).getByRole('listitem').getByText('Colourist').waitFor()

  await client.page.keyboard.press('s')
  await stillsOf(client).getByRole('listitem').getByText('Colourist').waitFor()

  await menuOf(host).click()
  await host.page.getByRole('menuitem', { name: words.menu.show }).click()
  await client.page.getByText(words.shown.by('Colourist')).waitFor()
  await client.page.getByRole('button', { name: words.shown.away, exact: true }).click()
  expect(await client.page.getByText(words.shown.by('Colourist')).count()).toBe(0)
  await host.page.getByText(words.shown.byYou).waitFor()
  await host.page.getByRole('button', { name: words.shown.stop, exact: true }).click()
  await host.page.getByText(words.shown.byYou).waitFor({ state: 'detached' })

  await stillsOf(host)
    .getByRole('button', { name: /^Compare / })
    .click()
  const edge = host.page.getByRole('slider', { name: words.wipe.handle })
  await edge.press('ArrowRight')
  expect(await edge.getAttribute('aria-valuenow')).toBe('51')
  await host.page.keyboard.press('Escape')
  await edge.waitFor({ state: 'detached' })
  await host.sees(10)
})

journey('no instrument changes a pixel of the picture', async ({ product, people }) => {
  const room = await product.room({ title: 'Every pixel' })
  people.keepPrivate(room.title)
  await product.origin.encode(await product.key(room))
  const { url } = await product.link(room, { role: 'host', name: 'Colourist' })
  const host = await people.open(url, { viewport })
  await host.sees(25)
  const { page } = host
  await page.getByRole('button', { name: words.tool, exact: true }).waitFor()
  // One frame for all that follows.
  await page.evaluate(() => {
    for (const video of document.querySelectorAll('video')) {
      video.play = async () => {}
      video.pause()
    }
  })
  const bare = await shot(host)
  const same = async () => Buffer.compare(await shot(host), bare) === 0
  expect(await same()).toBe(true)

  await page.keyboard.press('w')
  await page.getByRole('region', { name: scopes.label }).waitFor()
  const scoped = await same()

  await page.keyboard.press('s')
  const stills = stillsOf(host)
  await stills.getByRole('listitem').getByText(words.mine).waitFor()
  const grabbed = await same()

  await stills.getByRole('button', { name: /^Compare / }).click()
  const edge = page.getByRole('slider', { name: words.wipe.handle })
  await edge.press('Home')
  await edge.blur()
  const wiped = await same()
  await page.keyboard.press('Escape')
  await edge.waitFor({ state: 'detached' })
  expect({ scoped, grabbed, wiped, left: await same() }).toEqual({
    scoped: true,
    grabbed: true,
    wiped: true,
    left: true,
  })
})
