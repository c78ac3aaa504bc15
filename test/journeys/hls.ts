import { expect } from 'vitest'
import { viewer as t } from '../../site/text/en.ts'
import type { Opening, People } from './people.ts'
import type { Product } from './product.ts'

/** Somebody for whom WebRTC is impossible opens a link, and the picture comes over LL-HLS by itself. */
export async function watchOverHls(
  { product, people }: { product: Product; people: People },
  how?: Opening,
): Promise<void> {
  const room = await product.room({ title: 'Hotel network' })
  people.keepPrivate(room.title)
  await product.origin.encode(await product.key(room))
  const viewer = await people.open((await product.link(room)).url, how)
  await viewer.reaches('playing')
  // The page says that it is some seconds behind.
  await viewer.page.getByText(t.verdict.seconds).waitFor()
  await viewer.sees(50)
  const { sights } = await viewer.seen()
  expect(sights.filter(sight => sight.frame !== null).length).toBeGreaterThan(25)
  expect((await product.seats(room)).map(seat => seat.protocols)).toEqual([['llhls']])
}
