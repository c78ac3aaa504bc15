import { expect } from 'vitest'
import { displayCheck, panel, health as t } from '../../site/text/en.ts'
import { journey } from './journey.ts'
import { inList, openPanel } from './meeting.ts'

const { rows } = t

journey(
  'a viewer reads how the picture arrives, the host sees it, and a frozen encoder is named',
  async ({ product, people }) => {
    const room = await product.room({ title: 'Reel 3, measured' })
    people.keepPrivate(room.title)
    await product.origin.encode(await product.key(room))
    const host = await people.open((await product.link(room, { role: 'host', name: 'Colourist' })).url)
    const guest = await people.open((await product.link(room, { role: 'reviewer', name: 'Client' })).url)
    await guest.sees(25)
    await guest.page.getByRole('button', { name: /^Connection: Good, about \d+ frames? behind$/ }).click()
    const value = (label: string) =>
      guest.page.locator('.kv div').filter({ hasText: label }).locator('dd').first()
    await guest.page
      .locator('.kv dd')
      .filter({ hasText: /^2[45]\.\d of 25 per second$/ })
      .waitFor()
    const { width, height } = await guest.page
      .locator('video')
      .first()
      .evaluate((video: HTMLVideoElement) => ({ width: video.videoWidth, height: video.videoHeight }))
    expect([
      await value(rows.size).innerText(),
      await value(rows.codec).innerText(),
      await value(rows.transport).innerText(),
    ]).toEqual([
      expect.stringMatching(new RegExp(`^${width} × ${height}, shown at \\d+ %$`)),
      expect.stringMatching(/^H\.264 /),
      t.ways.udp,
    ])

    await guest.page.getByRole('button', { name: t.check }).click()
    await guest.page.getByRole('button', { name: displayCheck.check, exact: true }).click()
    await guest.page.getByText(displayCheck.checked).waitFor()

    await openPanel(host, 'people')
    await inList(host, 'Client').getByText(panel.people.displayChecked).waitFor()
    await host.page.getByRole('button', { name: t.open('Client', panel.people.health.good) }).click()
    await host.page.getByRole('heading', { name: t.of('Client') }).waitFor()
    await host.page
      .locator('.kv dd')
      .filter({ hasText: /^2[45]\.\d of 25 per second$/ })
      .waitFor()
    await host.page.getByText(t.yes, { exact: true }).waitFor()

    const [name] = await product.origin.streams()
    await product.origin.freeze(name!, false)
    await guest.page
      .getByRole('button', { name: t.label(`${t.levels.poor}, ${t.causes.frozen.what()}`) })
      .waitFor()
  },
)
