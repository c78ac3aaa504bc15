import { expect } from 'vitest'
import { notes as t } from '../../site/text/en.ts'
import { journey } from './journey.ts'
import type { Person } from './people.ts'

const card = ({ page }: Person, text: string) =>
  page.getByRole('list', { name: t.list }).getByRole('listitem').filter({ hasText: text })

async function write({ page }: Person, text: string) {
  await page.keyboard.press('n')
  const composer = page.getByRole('form', { name: t.composer.label })
  await composer.getByLabel(t.composer.text, { exact: true }).fill(text)
  await composer.getByRole('button', { name: t.composer.post, exact: true }).click()
  await composer.waitFor({ state: 'detached' })
}

journey(
  'a note is everybody’s at once, is answered and resolved, outlives a broken line, and is there after coming back',
  async ({ product, people }) => {
    const room = await product.room({ title: 'With notes' })
    people.keepPrivate(room.title)
    people.allowInConsole(/ERR_INTERNET_DISCONNECTED/)
    await product.origin.encode(await product.key(room))
    await product.api('PUT', `/rooms/${room.id}/timecode`, { rate: '25', timecode: '01:00:00:00' })
    const host = await people.open((await product.link(room, { role: 'host', name: 'Colourist' })).url)
    const { url } = await product.link(room, { role: 'reviewer', name: 'Client' })
    const guest = await people.open(url)
    await host.sees(10)
    await guest.sees(10)
    await guest.page.getByRole('button', { name: t.button, exact: true }).waitFor()

    await write(guest, 'Sky <b>too</b> blue')
    await host.page.getByRole('button', { name: t.button, exact: true }).waitFor()
    await host.page.keyboard.press('c')
    await host.page.getByRole('tab', { name: /^Notes/ }).click()
    const told = card(host, 'Sky <b>too</b> blue')
    await told.waitFor()
    const moment = await told.locator('.timecode').innerText()
    expect(moment).toMatch(/^01:00:\d\d:\d\d$/)
    expect(await card(guest, 'Sky <b>too</b> blue').locator('.timecode').innerText()).toBe(moment)

    await told.getByRole('button', { name: t.card.resolve }).click()
    await card(guest, 'Sky').getByRole('button', { name: t.card.reopen }).waitFor()
    await told.getByRole('button', { name: t.card.actions('Client') }).click()
    await host.page.getByRole('menuitem', { name: t.card.answer }).click()
    await host.page.getByLabel(t.card.answerLabel).fill('Taken down')
    await host.page.keyboard.press('Control+Enter')
    await card(guest, 'Taken down').waitFor()

    await guest.context.setOffline(true)
    await guest.page.evaluate(() => window.dispatchEvent(new Event('offline')))
    await expect
      .poll(() => guest.page.getByText(/cannot be reached/).count(), { timeout: 30_000 })
      .toBeGreaterThan(0)
    await write(guest, 'Written in the dark')
    await guest.page.getByText(t.unsent.offline).waitFor()
    await guest.context.setOffline(false)
    await card(host, 'Written in the dark').waitFor()
    expect(await card(host, 'Written in the dark').innerText()).toContain(t.card.late)

    await guest.page.reload()
    await guest.sees(5)
    await guest.page.getByRole('button', { name: t.button, exact: true }).waitFor()
    await guest.page.keyboard.press('c')
    await guest.page.getByRole('tab', { name: /^Notes/ }).click()
    await card(guest, 'Written in the dark').waitFor()
    expect(await card(guest, '').count()).toBe(2)
  },
)
