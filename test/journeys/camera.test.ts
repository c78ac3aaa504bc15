import { expect } from 'vitest'
import { viewer as t } from '../../site/text/en.ts'
import type { Ingest } from '../../worker/rooms/schema.ts'
import { servePage, startCamera, stopCamera } from './camera.ts'
import { journey } from './journey.ts'

journey('a browser publishes its camera by WHIP, stops, and publishes again', async ({ product, people }) => {
  const room = await product.room({ title: 'Camera test, stage B' })
  people.keepPrivate(room.title)
  const { whip } = await product.api<Ingest>('GET', `/rooms/${room.id}/ingest`)
  const { url } = await product.link(room)
  const elsewhere = await servePage()
  const publisher = await people.open(elsewhere.url)
  const first = await people.open(url)
  await first.reaches('waiting')

  await startCamera(publisher.page, whip.url)
  await first.reaches('playing')
  await first.sees(50)
  const second = await people.open(url)
  await second.sees(50)
  expect((await product.seats(room)).length).toBe(2)

  await stopCamera(publisher.page)
  await first.reaches('held')
  await second.reaches('held')
  await first.page.getByText(t.heldSay.encoder).waitFor()
  const third = await people.open(url)
  await third.reaches('waiting')

  await startCamera(publisher.page, whip.url)
  for (const viewer of [first, second, third]) {
    await viewer.reaches('playing')
    await viewer.sees(25)
  }
  expect((await first.seen()).turns.map(turn => turn.state)).toEqual([
    'joining',
    'waiting',
    'playing',
    'held',
    'playing',
  ])
  await stopCamera(publisher.page)
  elsewhere.close()
})
