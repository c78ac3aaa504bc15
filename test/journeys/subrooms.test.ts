import { expect } from 'vitest'
import { panel, viewer as t } from '../../site/text/en.ts'
import { journey } from './journey.ts'

const { people: words } = panel

journey('into a sub-room and back, and the picture goes on all the while', async ({ product, people }) => {
  const room = await product.room({ title: 'Reel 3, with corners' })
  people.keepPrivate(room.title)
  await product.api('POST', `/rooms/${room.id}/subrooms`, { name: 'colour', title: 'Colour corner' })
  await product.origin.encode(await product.key(room))
  const host = await people.open((await product.link(room, { role: 'host', name: 'Colourist' })).url)
  const client = await people.open(
    (await product.link(room, { role: 'reviewer', name: 'Client', opens: 'subrooms' })).url,
  )
  await host.sees(25)
  await client.sees(25)

  await client.page.getByRole('button', { name: t.people.here(2) }).click()
  await client.page.getByRole('button', { name: words.subrooms.enterLabel('Colour corner') }).click()
  const both = t.inSubroom(room.title, 'Colour corner')
  await client.page.getByRole('heading', { name: both }).waitFor()
  expect(new URL(client.page.url()).pathname).toBe(`/r/${room.slug}/colour`)
  await client.page.getByText(words.subrooms.here).waitFor()
  await client.page.getByRole('button', { name: t.people.here(1) }).waitFor()

  await host.page.getByRole('button', { name: t.people.here(2) }).click()
  await host.page.getByText(words.subrooms.people(1)).waitFor()
  await host.page.getByRole('button', { name: words.subrooms.enterLabel('Colour corner') }).click()
  await client.page.getByRole('button', { name: t.people.here(2) }).waitFor()
  await host.page.getByRole('button', { name: words.subrooms.back }).click()
  await host.page.getByRole('heading', { name: room.title, exact: true }).waitFor()

  await client.page.goBack()
  await client.page.getByRole('heading', { name: room.title, exact: true }).waitFor()
  await client.sees(25)
  const { sights, turns } = await client.seen()
  expect(turns.at(-1)!.state).toBe('playing')
  expect(new Set(sights.map(({ video }) => video)).size).toBe(1)

  // An address that is no sub-room of theirs leads to the room.
  const elsewhere = (await product.link(room, { role: 'observer', name: 'Producer' })).url
  people.expectInConsole(/WebSocket connection .* failed/, 'there is no such sub-room')
  const late = await people.open(elsewhere.replace('#', '/colour#'))
  await late.sees(25)
  await late.page.waitForURL(elsewhere)
  await late.page.getByRole('button', { name: t.people.here(3) }).waitFor()
})
