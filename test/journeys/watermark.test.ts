import { expect } from 'vitest'
import { panel, viewer as t } from '../../site/text/en.ts'
import { journey } from './journey.ts'

const LAYER = '.picture > .watermark'

journey(
  'a picture is marked with who watches; a mark that is taken off comes back, and the host learns of it',
  async ({ product, people }) => {
    const room = await product.room({ title: 'Marked', watermark: 'corner' })
    people.keepPrivate(room.title)
    await product.origin.encode(await product.key(room))
    const host = await people.open(
      (await product.link(room, { role: 'host', name: 'Colourist', watermark: 'off' })).url,
    )
    await host.sees(5)
    const link = await product.link(room, { role: 'reviewer', name: '<b>Client</b>', label: 'Agency' })
    const viewer = await people.open(`${link.url}`)
    await viewer.sees(5)
    const mark = viewer.page.locator(LAYER)
    expect(await mark.innerText()).toMatch(/^<b>Client<\/b> · Agency · \d{1,2} \w{3} \d{4} · 127\.0\.0\.1$/)
    expect(await host.page.locator(LAYER).count()).toBe(0)

    await viewer.page.evaluate(layer => document.querySelector(layer)?.remove(), LAYER)
    await mark.waitFor()
    await host.page.getByRole('button', { name: t.people.notices(1) }).click()
    await host.page.getByText(panel.notices.unmarked('<b>Client</b>'), { exact: true }).waitFor()

    // What a style sheet hides is put back as well, as far as a page can.
    await viewer.page.evaluate(layer => {
      const node = document.querySelector<HTMLElement>(layer)
      if (node) node.style.display = 'none'
    }, LAYER)
    await mark.waitFor()
    await viewer.sees(5)
  },
)
