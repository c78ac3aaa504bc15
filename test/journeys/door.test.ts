import { expect } from 'vitest'
import { doors } from '../../site/text/en.ts'
import { journey } from './journey.ts'

const heading = (name: string) => ({ name, level: 1 }) as const

journey(
  'a link with a wrong secret, to a wrong room or cut off opens nothing',
  async ({ product, people }) => {
    const room = await product.room({ title: 'Closed doors' })
    people.keepPrivate(room.title)
    people.expectInConsole(/status of 404 .*\/api\/join\)$/, 'the link is not known')
    const { url } = await product.link(room)
    const strangers = [
      url.replace(/.$/, last => (last === 'a' ? 'b' : 'a')),
      url.replace(`/r/${room.slug}#`, '/r/another-room#'),
      `${product.url}/r/${room.slug}#not-a-secret-at-all`,
    ]
    for (const address of strangers) {
      const stranger = await people.open(address)
      await stranger.reaches('refused', 'not_found')
      await stranger.page.getByRole('heading', heading(doors.refused.not_found.title)).waitFor()
      expect(await stranger.page.content()).not.toContain(room.title)
    }
    // Without a secret the door asks what strangers may know of the room, which is nothing.
    people.expectInConsole(/status of 404 .*\/status\)$/, 'the room is not public')
    const cut = await people.open(url.replace(/#.*/, ''))
    await cut.reaches('no-link')
  },
)

journey('a link asks for a name and a PIN, and takes only the right one', async ({ product, people }) => {
  const room = await product.room({ title: 'Two questions' })
  people.keepPrivate(room.title, '4711')
  people.expectInConsole(/status of 40[03] .*\/api\/join\)$/, 'the link asks')
  const { url } = await product.link(room, { askName: true, pin: '4711' })
  const { page, reaches } = await people.open(url)
  await reaches('asking')
  const submit = page.getByRole('button', { name: doors.form.join })
  await submit.click()
  await page.getByText(doors.form.nameMissing, { exact: true }).waitFor()
  await page.getByLabel(doors.form.name).fill('Grace')
  await submit.click()
  await page.getByText(doors.form.pinMissing, { exact: true }).waitFor()
  await page.getByLabel(doors.form.pin).fill('4712')
  await submit.click()
  await page.getByText(doors.form.pinWrongLeft(4), { exact: true }).waitFor()
  await page.getByLabel(doors.form.pin).fill('4711')
  await submit.click()
  await reaches('waiting')
})

journey('a scheduled room opens by itself', async ({ product, people }) => {
  const startsAt = new Date(Date.now() + 6000)
  const room = await product.room({ title: 'Tomorrow morning', startsAt: startsAt.toISOString() })
  people.keepPrivate(room.title)
  await product.origin.encode(await product.key(room))
  const viewer = await people.open((await product.link(room)).url)
  await viewer.reaches('countdown')
  await viewer.page.getByRole('timer').waitFor()
  await viewer.reaches('playing')
  await viewer.sees(25)
  const { turns } = await viewer.seen()
  expect(turns.map(turn => turn.state)).toEqual(['joining', 'countdown', 'waiting', 'playing'])
  expect(turns[2]!.at).toBeGreaterThanOrEqual(startsAt.getTime())
})

journey('a full room takes the next person as soon as somebody leaves', async ({ product, people }) => {
  const room = await product.room({ title: 'One chair', maxViewers: 1 })
  people.keepPrivate(room.title)
  people.expectInConsole(/status of 409 .*\/api\/playback\)$/, 'the room is full')
  await product.origin.encode(await product.key(room))
  const { url } = await product.link(room)
  const first = await people.open(url)
  await first.sees(25)
  const next = await people.open(url)
  await next.reaches('full')
  await next.page.getByText(doors.roomFull.seats(1)).waitFor()
  await first.sees(10)

  await first.page.close()
  await next.reaches('playing')
  await next.sees(25)
  expect(await product.seats(room)).toHaveLength(1)
})

journey('a room that ends says so to who is in it and who comes later', async ({ product, people }) => {
  const room = await product.room({ title: 'Last day' })
  people.keepPrivate(room.title)
  people.expectInConsole(/status of 410 .*\/api\/(room|playback|join)\)$/, 'the room has ended')
  const { url } = await product.link(room)
  await product.origin.encode(await product.key(room))
  const watching = await people.open(url)
  await watching.sees(25)

  await product.api('PATCH', `/rooms/${room.id}`, { state: 'ended' })
  await watching.reaches('refused', 'room_ended')
  expect(await watching.page.locator('video').count()).toBe(0)
  const late = await people.open(url)
  await late.reaches('refused', 'room_ended')
})
