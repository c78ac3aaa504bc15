import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { measure } from '../../site/colour/measure.ts'
import { pictureOfPixels } from '../../site/colour/pixels.ts'
import { chart as t } from '../../site/text/en.ts'
import type { ChartLink } from '../../worker/chart/schema.ts'
import { journey } from './journey.ts'
import type { Product } from './product.ts'

const VIEWPORT = { width: 640, height: 360 }

const chartLink = (product: Product, roomId: string): Promise<ChartLink> =>
  product.api('POST', `/rooms/${roomId}/chart`)

/** What a viewer would read of the chart on this page, and when it was read: the clocks are of one machine. */
async function readPage(page: Page) {
  const { data, ...size } = await page.evaluate(() => {
    const canvas = document.querySelector('canvas')!
    const { width, height } = canvas
    const copy = Object.assign(document.createElement('canvas'), { width, height })
    const context = copy.getContext('2d', { willReadFrequently: true })!
    context.drawImage(canvas, 0, 0)
    const { data } = context.getImageData(0, 0, width, height)
    return { width, height, data: [...data] }
  })
  const picture = pictureOfPixels({ ...size, data: Uint8ClampedArray.from(data) as ImageData['data'] })
  const reading = measure(picture)
  if ('fault' in reading) throw new Error(`There is no chart: ${reading.fault}.`)
  return { ...size, mean: reading.mean, faults: reading.faults, strip: reading.strip }
}

journey(
  'the chart of a link: exact, with the clock of the server, and alone until a pointer moves',
  async ({ product, people }) => {
    const room = await product.room({ title: 'Nordlicht, chart' })
    const { url } = await chartLink(product, room.id)
    const { page } = await people.open(url, { viewport: VIEWPORT })
    const bar = page.locator('.chart-bar')
    await page.getByText(/^Clock of the server/).waitFor({ state: 'attached' })
    expect(await bar.isVisible()).toBe(false)

    const before = Date.now()
    const { strip, ...read } = await readPage(page)
    expect(read).toEqual({ ...VIEWPORT, mean: 0, faults: [] })
    expect(strip).toMatchObject({ kind: 'clock' })
    expect(strip!.chartId).toBeGreaterThan(0)
    // Drawn a frame before it was read; a busy machine takes longer over both.
    expect(Math.abs(strip!.time - before)).toBeLessThan(2_000)
    await expect.poll(async () => (await readPage(page)).strip!.time).toBeGreaterThan(strip!.time)

    await page.mouse.move(100, 100)
    await bar.waitFor()
    await page.getByLabel(t.size).selectOption('1280x720')
    await page.getByText(t.pixels.scaled(50)).waitFor()
    expect(await readPage(page)).toMatchObject({ width: 1280, height: 720, mean: 0 })

    await page.mouse.move(120, 100)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: t.download }).click(),
    ])
    expect(download.suggestedFilename()).toBe('sightline-chart-1280x720.png')
  },
)

journey(
  'without a link, and with one that has ended, there is a still chart that says so',
  async ({ product, people }) => {
    const { page: bare } = await people.open(`${product.url}/chart`, { viewport: VIEWPORT })
    await bare.getByText(t.clock['no-link']).waitFor({ state: 'attached' })

    const room = await product.room({ title: 'Ended, chart' })
    const { url } = await chartLink(product, room.id)
    await product.api('PATCH', `/rooms/${room.id}`, { state: 'ended' })
    people.expectInConsole(/status of 410 .*\/api\/chart\)$/, 'the room has ended')
    const { page: ended } = await people.open(url, { viewport: VIEWPORT })
    await ended.getByText(t.clock.ended).waitFor({ state: 'attached' })

    for (const page of [bare, ended])
      expect(await readPage(page)).toEqual({
        ...VIEWPORT,
        mean: 0,
        faults: [],
        strip: { kind: 'still', chartId: 0, time: 0 },
      })
  },
)
