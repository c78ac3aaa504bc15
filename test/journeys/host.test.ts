import { expect } from 'vitest'
import { doors, panel, viewer as t } from '../../site/text/en.ts'
import { journey } from './journey.ts'

const { people: words, forms } = panel

journey(
  'a host lets somebody in, hears of their hand, warns and removes them',
  async ({ product, people }) => {
    const room = await product.room({ title: 'Reel 3, with a host', waitingRoom: true })
    people.keepPrivate(room.title)
    people.expectInConsole(/status of 403 .*\/api\/join\)$/, 'who was removed stays outside')
    await product.origin.encode(await product.key(room))
    const host = await people.open((await product.link(room, { role: 'host', name: 'Colourist' })).url)
    await host.sees(25)
    const guest = await people.open((await product.link(room, { role: 'reviewer', name: 'Client' })).url)
    await guest.reaches('knock')
    await guest.page.getByRole('heading', { name: doors.knock.admission.title }).waitFor()

    await host.page.getByRole('button', { name: /1 waiting/ }).click()
    await host.page.getByRole('button', { name: words.waiting.admitLabel('Client') }).waitFor()
    await host.page.keyboard.press('y')
    await guest.sees(25)

    await guest.page.keyboard.press('h')
    await host.page.getByRole('listitem').filter({ hasText: 'Client' }).getByText(words.hand).waitFor()

    const menu = host.page.getByRole('button', { name: words.actions('Client') })
    await menu.focus()
    await host.page.keyboard.press('Enter')
    await host.page.getByRole('menuitem', { name: words.menu.warn }).press('Enter')
    await host.page.locator('textarea:focus').waitFor()
    await host.page.keyboard.type('Keep the link to yourself.')
    await host.page.getByRole('button', { name: forms.warn.send, exact: true }).click()
    await guest.page.getByRole('button', { name: t.people.notices(1) }).click()
    await guest.page.getByText('Keep the link to yourself.', { exact: true }).last().waitFor()

    await menu.click()
    await host.page.getByRole('menuitem', { name: words.menu.rights }).click()
    await host.page.getByRole('radio', { name: words.roles.presenter }).click()
    await guest.page
      .getByRole('listitem')
      .filter({ hasText: 'Client' })
      .getByText(words.roles.presenter)
      .waitFor()
    await host.page.getByRole('button', { name: forms.back, exact: true }).click()

    await menu.click()
    await host.page.getByRole('menuitem', { name: words.menu.remove }).click()
    await host.page.getByLabel(forms.reason).fill('Not on the list')
    await host.page.getByRole('button', { name: forms.remove.send, exact: true }).click()
    await guest.reaches('refused', 'removed')
    await guest.page.getByText('Not on the list', { exact: true }).waitFor()
    expect(await guest.page.locator('video').count()).toBe(0)
    await host.page.getByText(words.done.remove('Client')).waitFor()
    await host.sees(10)

    await guest.page.reload()
    await guest.reaches('refused', 'removed')
  },
)

journey(
  'a locked room says why, and opens for all who wait when it is unlocked',
  async ({ product, people }) => {
    const room = await product.room({ title: 'Behind a locked door' })
    people.keepPrivate(room.title)
    const host = await people.open((await product.link(room, { role: 'host', name: 'Colourist' })).url)
    await host.reaches('waiting')
    await host.page.getByRole('button', { name: t.people.here(1) }).click()
    await host.page.getByRole('button', { name: words.foot.lock }).click()
    await host.page.getByLabel(forms.lock.message).fill('Back at three')
    await host.page.getByRole('button', { name: forms.lock.send, exact: true }).click()
    await host.page.getByText(words.lockedWith('Back at three')).waitFor()

    const late = await people.open((await product.link(room, { role: 'observer', name: 'Producer' })).url)
    await late.reaches('knock')
    await late.page.getByText('Back at three', { exact: true }).waitFor()
    await host.page.getByRole('button', { name: words.foot.unlock }).click()
    await late.reaches('waiting')
  },
)
