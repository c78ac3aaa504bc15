import { expect } from 'vitest'
import { viewer as t } from '../../site/text/en.ts'
import { journey } from './journey.ts'

journey('where WebSockets do not get through, the picture comes over LL-HLS', async ({ product, people }) => {
  const room = await product.room({ title: 'Hotel network' })
  people.keepPrivate(room.title)
  await product.origin.encode(await product.key(room))
  const viewer = await people.open((await product.link(room)).url, {
    prepare: page => page.routeWebSocket(/\/app\//, socket => socket.close()),
  })
  await viewer.reaches('playing')
  await viewer.page.getByText(t.verdict.seconds).waitFor()
  await viewer.sees(50)
  const { sights } = await viewer.seen()
  expect(sights.filter(sight => sight.frame !== null).length).toBeGreaterThan(25)
  expect((await product.seats(room)).flatMap(seat => seat.protocols)).toContain('llhls')
})
