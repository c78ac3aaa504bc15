import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { streams as t } from '../../site/text/en.ts'
import type { Stream } from '../../worker/streams/schema.ts'
import { journey } from './journey.ts'

/** How many pictures on the page have moved since the last time, by their places on it. */
const moving = (page: Page) =>
  page.evaluate(async () => {
    const videos = [...document.querySelectorAll('video')]
    const before = videos.map(video => video.currentTime)
    await new Promise(done => setTimeout(done, 500))
    return videos.filter((video, i) => video.isConnected && video.currentTime > before[i]!).length
  })

journey(
  'streams of a room stand in a grid, come and go by themselves, and one is made large while the programme goes on',
  async ({ product, people }) => {
    const room = await product.room({ title: 'Two streams' })
    people.keepPrivate(room.title)
    // What is deleted may be asked for once more before the page hears of it.
    people.allowInConsole(/status of 404 .*\/api\/playback\)$/)
    await product.origin.encode(await product.key(room))
    const watching = await people.open((await product.link(room)).url)
    await watching.sees(25)
    const { page } = watching
    const gridButton = page.getByRole('button', { name: t.all })
    expect(await gridButton.count()).toBe(0)

    const stream = await product.api<Stream>('POST', `/rooms/${room.id}/streams`, {
      label: 'Alternate grade',
      kind: 'screen',
    })
    const { rtmp } = await product.api<{ rtmp: { key: string } }>(
      'GET',
      `/rooms/${room.id}/streams/${stream.id}/ingest`,
    )
    await product.origin.encode(rtmp.key)
    await gridButton.waitFor()
    await page.evaluate(() => document.querySelector('video')?.setAttribute('data-first', ''))
    await page.keyboard.press('g')
    const enlarge = page.getByRole('button', { name: t.enlarge('Alternate grade') })
    await enlarge.waitFor()
    await expect.poll(() => moving(page), { timeout: 20_000 }).toBe(2)

    await enlarge.click()
    await page.getByRole('button', { name: t.enlarge(t.programme) }).waitFor()
    expect(await moving(page)).toBe(2)
    await page.keyboard.press('1')
    const url = (await product.link(room)).url.replace('#', '?view=clean&stream=Alternate%20grade#')
    const clean = await people.open(url)
    await clean.sees(10)
    expect(await clean.page.locator('button, header, footer, aside').count()).toBe(0)
    await enlarge.waitFor()
    // The programme is the picture that it was from the beginning.
    expect(await page.locator('video[data-first]').count()).toBe(1)

    await product.api('DELETE', `/rooms/${room.id}/streams/${stream.id}`)
    await product.origin.stopEncoding(rtmp.key)
    await enlarge.waitFor({ state: 'detached' })
    await gridButton.waitFor({ state: 'detached' })
    await watching.sees(10)
    expect(await page.locator('video').count()).toBe(1)
  },
)
