import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { drawing as t } from '../../site/text/en.ts'
import { journey } from './journey.ts'

/** Drawing and pointing: at the same place of the picture on every screen. */

/** By the picture's width and height. */
type Part = readonly [x: number, y: number]

/** A hundredth of it is how far apart two screens may be: half a per cent either way. */
const NEAR = 0.005

/** Where the picture is on the page, in CSS pixels. */
const picture = async (page: Page) => (await page.locator('.session video').last().boundingBox())!

async function at(page: Page, [x, y]: Part): Promise<[number, number]> {
  const box = await picture(page)
  return [box.x + x * box.width, box.y + y * box.height]
}

async function drag(page: Page, from: Part, to: Part): Promise<void> {
  await page.mouse.move(...(await at(page, from)))
  await page.mouse.down()
  await page.mouse.move(...(await at(page, to)), { steps: 12 })
  await page.mouse.up()
}

/** The box of the one thing of that kind over the picture, in parts of it: left, top, right, bottom. */
async function boxOver(page: Page, selector: string): Promise<number[]> {
  const [around, box] = [await picture(page), (await page.locator(selector).boundingBox())!]
  const x = (value: number) => (value - around.x) / around.width
  const y = (value: number) => (value - around.y) / around.height
  return [x(box.x), y(box.y), x(box.x + box.width), y(box.y + box.height)]
}

/** Resolves when it is there, all of it. */
const isNear = (page: Page, selector: string, wanted: readonly number[]) =>
  expect
    .poll(async () => {
      if (!(await page.locator(selector).count())) return 'nothing'
      const found = await boxOver(page, selector)
      return found.every((value, i) => Math.abs(value - wanted[i]!) <= NEAR) ? 'there' : found
    })
    .toBe('there')

const marks = (page: Page, count: number) =>
  expect.poll(() => page.locator('.draw-layer .ink').count()).toBe(count)

journey(
  'a drawing and a pointer are at the same place on a desk and on a phone',
  async ({ product, people }) => {
    const room = await product.room({ title: 'Marks on the ridge' })
    people.keepPrivate(room.title)
    await product.origin.encode(await product.key(room))
    const host = await people.open((await product.link(room, { role: 'host', name: 'Colourist' })).url)
    const name = '<b>Client</b> & <img src=x>'
    const phone = await people.open((await product.link(room, { role: 'reviewer', name })).url, {
      viewport: { width: 390, height: 844 },
      deviceScaleFactor: 3,
      hasTouch: true,
    })
    await Promise.all([host.sees(10), phone.sees(10)])

    await host.page.getByRole('button', { name: t.draw }).waitFor()
    await host.page.keyboard.press('d')
    await host.page.getByRole('toolbar', { name: t.bar }).waitFor()
    await host.page.keyboard.press('e')
    await host.page.keyboard.press('1')
    await drag(host.page, [0.25, 0.3], [0.6, 0.7])
    for (const { page } of [host, phone]) await isNear(page, '.draw-layer .ink', [0.25, 0.3, 0.6, 0.7])

    // On a phone it is the button and a finger; here the button and whatever points.
    await phone.page.getByRole('button', { name: 'Point' }).click()
    await phone.page.mouse.move(...(await at(phone.page, [0.1, 0.1])))
    await phone.page.mouse.move(...(await at(phone.page, [0.9, 0.2])), { steps: 10 })
    const dot = host.page.locator('.pointer-dot')
    await dot.waitFor()
    expect(await dot.locator('.name').innerText()).toBe(name)
    expect(await dot.locator('b, img').count()).toBe(0)
    const centre = async () => {
      const [left, top, right, bottom] = await boxOver(host.page, '.pointer-dot')
      return [(left! + right!) / 2, (top! + bottom!) / 2]
    }
    await expect
      .poll(async () => (await centre()).every((value, i) => Math.abs(value - [0.9, 0.2][i]!) <= NEAR))
      .toBe(true)
    await phone.page.getByRole('button', { name: 'Point' }).click()
    await dot.waitFor({ state: 'detached' })

    await phone.page.getByRole('button', { name: t.draw }).click()
    await drag(phone.page, [0.7, 0.8], [0.95, 0.85])
    for (const { page } of [host, phone]) await marks(page, 2)
    const late = await people.open((await product.link(room, { role: 'observer', name: 'Producer' })).url)
    await late.sees(10)
    await marks(late.page, 2)
    expect(await late.page.getByRole('button', { name: t.draw }).count()).toBe(0)
    await late.page.getByRole('img', { name: t.by(['Colourist', name]) }).waitFor()

    await phone.page.getByRole('button', { name: t.undo }).click()
    for (const { page } of [host, phone, late]) await marks(page, 1)
    await drag(phone.page, [0.2, 0.2], [0.3, 0.8])
    for (const { page } of [host, phone, late]) await marks(page, 2)
    await host.page.getByRole('button', { name: t.clearAll }).click()
    for (const { page } of [host, phone, late]) await marks(page, 0)
    await host.page.keyboard.press('Escape')
    await host.page.getByRole('toolbar', { name: t.bar }).waitFor({ state: 'detached' })
  },
)
