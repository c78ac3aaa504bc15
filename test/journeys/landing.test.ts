import { expect } from 'vitest'
import { landing as t } from '../../site/text/en.ts'
import { journey } from './journey.ts'

journey(
  'from the bare address: a pasted link opens and is sent nowhere, public rooms are listed, private ones are not',
  async ({ product, people }) => {
    const open = await product.room({ title: 'Open grade', slug: 'open-grade', public: true })
    const closed = await product.room({ title: 'Closed grade', slug: 'closed-grade' })
    const { url } = await product.link(closed)
    people.keepPrivate(closed.title, url.split('#')[1]!)
    people.expectInConsole(/status of 404 .*\/status\)$/, 'a private room is not told of')

    const { page, reaches } = await people.open(`${product.url}/`)
    const row = page.getByRole('link', { name: open.title })
    await row.waitFor()
    expect(await row.getAttribute('href')).toBe('/r/open-grade')
    expect(await page.content()).not.toContain(closed.title)

    const entry = page.getByLabel(t.form.label)
    await entry.fill('Closed grade')
    await entry.press('Enter')
    await page.getByText(t.faults['not-there'], { exact: true }).waitFor()

    await entry.fill(url)
    await entry.press('Enter')
    await reaches('waiting')
  },
)
