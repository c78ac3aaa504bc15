import { expect } from 'vitest'
import { admin as adminText, doors, viewer as t } from '../../site/text/en.ts'
import { copyStreamKey, makeLink, makeRoom, mayCopy, openRoom, revokeLink } from './admin-pages.ts'
import { journey } from './journey.ts'
import { openAsOwner } from './passkeys.ts'

journey(
  'a room made in admin, a link copied from there, and the picture comes by itself',
  async ({ product, people, annotate }) => {
    const title = 'Quiet harbour, reel 2'
    people.keepPrivate(title)
    people.expectInConsole(/status of 400 .*\/api\/join\)$/, 'the link asks for a name')
    const admin = await openAsOwner(product, people, mayCopy)
    await makeRoom(admin.page, { title, lease: '30' })
    const link = await makeLink(admin.page, 'The client')
    const key = await copyStreamKey(admin.page)
    // With a suffix when the journey has to be tried again.
    expect(new URL(link).pathname).toMatch(/^\/r\/quiet-harbour-reel-2(-\w+)?$/)

    const viewer = await people.open(link)
    await viewer.reaches('asking')
    await viewer.page.getByLabel(doors.form.name).fill('Ada')
    await viewer.page.getByRole('button', { name: doors.form.join }).click()
    await viewer.reaches('waiting')
    await viewer.page.getByText(t.hold.title).waitFor()

    const before = await product.origin.streams()
    await product.origin.encode(key)
    let name: string | undefined
    let notYetAt = 0
    await expect
      .poll(
        async () => {
          const askedAt = Date.now()
          name ??= (await product.origin.streams()).find(one => !before.includes(one))
          const playable = name !== undefined && (await product.origin.playable(name))
          if (!playable) notYetAt = askedAt
          return playable
        },
        { interval: 20, timeout: 20_000 },
      )
      .toBe(true)
    const playableAt = Date.now()
    await viewer.reaches('playing')
    await viewer.sees(50)

    const { turns, sights } = await viewer.seen()
    // The eye opens anew with every load of the page: it saw everything, so there was one.
    expect(turns.map(turn => turn.state)).toEqual(['joining', 'asking', 'waiting', 'playing'])
    const playing = turns.at(-1)!
    const pictureAt = sights.find(({ at, frame }) => at >= playing.at && frame !== null)!.at
    await annotate(`the picture came ${Math.round(pictureAt - playableAt)} ms after the stream was playable`)
    expect(pictureAt).toBeGreaterThan(notYetAt)
    expect(pictureAt - playableAt).toBeLessThan(8000)

    await admin.page.getByText(adminText.room.playable, { exact: true }).waitFor()
    await admin.page.getByRole('row', { name: 'Ada' }).first().waitFor()
  },
)

journey(
  'a link revoked in admin ends the picture within the lease, and the page says why',
  async ({ product, people, annotate }) => {
    const leaseMs = 8000
    const room = await product.room({ title: 'Night market, reel 1' })
    people.keepPrivate(room.title)
    people.expectInConsole(/status of 410 .*\/api\/(room|playback|join)\)$/, 'refusals of a revoked link')
    await product.shortenLease(room.id, leaseMs)
    await product.origin.encode(await product.key(room))
    const [link, other] = await Promise.all(
      ['The client', 'The director'].map(label => product.link(room, { label })),
    )
    const viewer = await people.open(link!.url)
    const director = await people.open(other!.url)
    await viewer.sees(25)
    await director.sees(25)

    const admin = await openAsOwner(product, people)
    await openRoom(admin.page, room)
    await revokeLink(admin.page, 'The client')
    const revokedAt = Date.now()
    await viewer.reaches('refused', 'link_revoked')
    await viewer.page.getByRole('heading', { name: doors.refused.link_revoked.title }).waitFor()
    expect(await viewer.page.locator('video').count()).toBe(0)

    const { turns } = await viewer.seen()
    const took = turns.at(-1)!.at - revokedAt
    await annotate(`the picture went ${Math.round(took)} ms after the link was revoked`)
    expect(took).toBeLessThan(leaseMs + 2000)

    const again = await people.open(link!.url)
    await again.reaches('refused', 'link_revoked')
    await director.sees(25)
    expect((await product.seats(room)).map(seat => seat.link.label)).toEqual(['The director'])
  },
)
